"""What stands on a PDF, as HTML, made by the worker from the wishes of who asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import Initiative
from core.clock import zone_named
from curriculum.models import Printout
from curriculum.outline import ModuleLine, Outline, outline_for
from curriculum.paper.planning import plan_of
from curriculum.paper.printing import print_module
from curriculum.paper.record import finished_by, record_of
from curriculum.permissions import can_read_facilitator_notes


class NotForThem(Exception):
    """What was asked for is not open (any more) to who asked."""


def html_of(printout: Printout) -> str:
    """The whole document. Raises NotForThem when it may not be made any more."""
    with _as_its_reader(printout):
        context = CONTENTS[Printout.Kind(printout.kind)](printout)
        given = {
            "initiative": Initiative.load(),
            "large": bool(printout.wishes.get("large")),
            "language": translation.get_language(),
            **context,
        }
        return render_to_string("curriculum/paper/pdf.html", given)


@contextmanager
def _as_its_reader(printout: Printout) -> Iterator[None]:
    zone = printout.owner.time_zone if printout.owner else "UTC"
    with translation.override(printout.wishes["language"]), timezone.override(zone_named(zone)):
        yield


def _module(printout: Printout) -> dict[str, Any]:
    """The lessons that the asker could open, and no other, in the state of now."""
    wishes = printout.wishes
    reader = _SomeMember() if wishes["signed_in"] else AnonymousUser()
    line = _line(outline_for(reader), wishes["module"])
    if [lesson.page_id for lesson in line.lessons] != wishes["lessons"]:
        raise NotForThem
    module = print_module(line)
    return {"title": module.title, "body": "curriculum/paper/module_body.html", "module": module}


def _plan(printout: Printout) -> dict[str, Any]:
    if not can_read_facilitator_notes(printout.owner):
        raise NotForThem
    plan = plan_of(_line(outline_for(printout.owner), printout.wishes["module"]))
    title = _("Session plan: %(title)s") % {"title": plan.module.title}
    return {"title": title, "body": "curriculum/paper/plan_body.html", "plan": plan}


def _record(printout: Printout) -> dict[str, Any]:
    wishes = printout.wishes
    finished = finished_by(printout.owner, outline_for(printout.owner))
    record = record_of(finished, name=wishes["name"], chosen=wishes["modules"])
    title = _("Record of completed lessons")
    return {"title": title, "body": "curriculum/paper/record_body.html", "record": record}


def _line(outline: Outline, page_id: int) -> ModuleLine:
    line = outline.module(page_id)
    if line is None:
        raise NotForThem
    return line


class _SomeMember:
    """A reader who is signed in, and of whom nothing else is known: all members may open the same lessons."""

    is_authenticated = True


CONTENTS: dict[Printout.Kind, Callable[[Printout], dict[str, Any]]] = {
    Printout.Kind.MODULE: _module,
    Printout.Kind.PLAN: _plan,
    Printout.Kind.RECORD: _record,
}
