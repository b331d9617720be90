"""What the journal offers at the doors of the page."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import doors


def journal_line(*, request: HttpRequest, **_given: Any) -> str | None:
    """The line of the navigation to the journal, the same for every member, whether or not they write."""
    if not request.user.is_authenticated:
        return None
    url = reverse("journal:entry_list")
    line = {"url": url, "label": _("Journal"), "current": request.path.startswith(url)}
    return render_to_string("components/nav_line.html", line)


def register() -> None:
    """Make the offers."""
    doors.offer("navigation", journal_line, order=35)
