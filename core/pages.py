"""The base of all CMS pages."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction


class BasePage(Page):
    """What every page type of ours shares: nobody may type a shared password for it."""

    class Meta:
        abstract = True

    def get_default_privacy_setting(self, request: HttpRequest) -> dict[str, Any]:
        """New pages are public unless an editor says otherwise."""
        return {"type": PageViewRestriction.NONE}
