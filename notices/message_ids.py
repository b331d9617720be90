"""Message-IDs: random, and fixed for each row of the outbox before its first attempt."""

from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings


def new_message_id() -> str:
    """A fresh Message-ID at this site's host. It says nothing about the mail, its reader or any other mail."""
    return f"<{uuid4().hex}@{urlsplit(settings.SITE_URL).hostname}>"
