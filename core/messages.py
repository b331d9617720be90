"""Where a short message waits for the next page: in a cookie that production names as it names the others."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class NamedCookie(CookieStorage):
    """Django's own, under the name of `MESSAGE_COOKIE_NAME`: a `__Host-` cookie comes from no other host (threats B11)."""

    def __init__(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.cookie_name = settings.MESSAGE_COOKIE_NAME


class NamedMessages(FallbackStorage):
    """The cookie, and the session for what does not fit into it."""

    storage_classes = (NamedCookie, SessionStorage)
