"""What `care` offers at the doors of the page: help in every footer, and ways to keep away from somebody or to report."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from care.leaving import leaving
from core import doors
from core.fragments import foot_line


def help_line(*, request: HttpRequest, **_given: Any) -> str:
    """The footer's line to help."""
    return foot_line("care:help_show", _("Help now"))


def beside_a_person(*, request: HttpRequest, member: Any, **_given: Any) -> str | None:
    """A quiet link beside somebody else: stop contact, or report."""
    if not request.user.is_authenticated or member.pk == request.user.pk:
        return None
    url = reverse("care:contact_stop", args=[member.pk])
    return render_to_string("care/door_stop.html", {"url": url, "name": member.get_full_name()})


def beside_people(*, request: HttpRequest, **_given: Any) -> str | None:
    """One quiet line under a list of people."""
    if not request.user.is_authenticated:
        return None
    return render_to_string("care/door_people.html", {"url": reverse("care:care_show")})


def under_a_reply(*, request: HttpRequest, reply: Any, **_given: Any) -> str | None:
    """The way to report a reply in a talk; its author is named from the start and can be taken out again."""
    if not request.user.is_authenticated or reply.author_id == request.user.pk:
        return None
    if reply.author_id is None:
        url = reverse("care:report_write")
    else:
        url = reverse("care:report_about", args=[reply.author_id])
    return render_to_string("care/door_report.html", {"url": url, "reply": reply})


def register() -> None:
    """Make the offers."""
    doors.offer("leaving", leaving, order=15)
    doors.offer("footer", help_line, order=5)
    doors.offer("stop_contact", beside_a_person)
    doors.offer("people_beside", beside_people)
    doors.offer("report", under_a_reply)
