"""What the journal offers at the doors of the page."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accountability.journal import lock, statement
from core import doors
from core.fragments import address, nav_line


def journal_line(*, request: HttpRequest, **_given: Any) -> str | None:
    """The line of the navigation to the journal, the same for every member, whether or not they write."""
    if not request.user.is_authenticated:
        return None
    return nav_line(request, address("journal:entry_list"), _("Journal"))


def reflect(*, request: HttpRequest, lesson: Any, block: str, **_given: Any) -> str | None:
    """Under a question of a lesson: the way to write about it, for members. It names lesson and question, and asks no database."""
    if not request.user.is_authenticated or not block:
        return None
    named = urlencode({"lesson": lesson.translation_key, "block": block})
    url = f"{reverse('journal:entry_write')}?{named}"
    return render_to_string("journal/door_reflect.html", {"url": url})


def privacy(**_given: Any) -> str:
    """What the page about privacy says of the journal: every sentence that stands above its editor."""
    claims = [*statement.short(), *statement.rest()]
    return render_to_string("journal/privacy.html", {"claims": claims})


def proof_since(*, request: HttpRequest, **_given: Any) -> float | None:
    """When the journal was locked in this session: what was proved before opens nothing that holds it."""
    return lock.locked_at(request)


def register() -> None:
    """Make the offers."""
    doors.offer("proof_since", proof_since)
    doors.offer("reflect", reflect)
    doors.offer("privacy", privacy)
    doors.offer("navigation", journal_line, order=35)
