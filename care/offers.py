"""What `care` offers at the doors of the page: help, from every footer and every care note."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import doors


def help_line(*, request: HttpRequest, **_given: Any) -> str:
    """The footer's line to help."""
    line = {"url": reverse("care:help_show"), "label": _("Help now")}
    return render_to_string("components/foot_line.html", line)


def register() -> None:
    """Make the offers."""
    doors.offer("footer", help_line, order=5)
