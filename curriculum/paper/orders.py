"""Which PDF a reader may ask for and be given: its key names what they may read, so that nobody reaches another's."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.content import version_for
from curriculum.models import Printout
from curriculum.outline import ModuleLine

Kind = Printout.Kind


@dataclass(frozen=True)
class Order:
    """A PDF by what it shows, and the pages around it."""

    kind: Printout.Kind
    key: str
    wishes: dict[str, Any]
    title: str
    back: str
    here: str
    file: str
    file_name: str

    def printout(self) -> Printout | None:
        """The PDF that was asked for, however far it is."""
        return Printout.objects.filter(key=self.key).first()


def module_order(request: HttpRequest, line: ModuleLine, slug: str, *, large: bool) -> Order:
    """The print page of a module with the lessons that this reader may open, as it is published now."""
    lessons = [lesson.page_id for lesson in line.lessons]
    wishes = {
        "module": line.page_id,
        "lessons": lessons,
        "large": large,
        "signed_in": request.user.is_authenticated,
        "language": get_language(),
    }
    size = "?size=large" if large else ""
    return Order(
        Kind.MODULE,
        f"module:{_digest(version_for(request), wishes)}",
        wishes,
        _("%(title)s, to print") % {"title": line.title},
        reverse("learn:module_print", args=[slug]) + size,
        reverse("learn:module_pdf", args=[slug]) + size,
        reverse("learn:module_file", args=[slug]) + size,
        f"{slug}-large.pdf" if large else f"{slug}.pdf",
    )


def plan_order(request: HttpRequest, line: ModuleLine, slug: str) -> Order:
    """The session plan of a module, for this facilitator alone."""
    wishes = {"module": line.page_id, "language": get_language()}
    return Order(
        Kind.PLAN,
        f"plan:{request.user.pk}:{_digest(version_for(request), wishes)}",
        wishes,
        _("Session plan: %(title)s") % {"title": line.title},
        reverse("learn:session_plan", args=[slug]),
        reverse("learn:plan_pdf", args=[slug]),
        reverse("learn:plan_file", args=[slug]),
        f"session-plan-{slug}.pdf",
    )


def record_order(request: HttpRequest, *, name: str = "", modules: list[int] | None = None) -> Order:  # fmt: skip
    """The member's own record. There is one at a time, whatever was chosen for it."""
    return Order(
        Kind.RECORD,
        f"record:{request.user.pk}",
        {"name": name, "modules": modules or [], "language": get_language()},
        _("Record of completed lessons"),
        reverse("learn:record_show"),
        reverse("learn:record_pdf"),
        reverse("learn:record_file"),
        "record.pdf",
    )


def _digest(version: str, wishes: dict[str, Any]) -> str:
    return sha256(repr((version, sorted(wishes.items()))).encode()).hexdigest()
