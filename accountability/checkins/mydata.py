"""Check-ins in a member's own copy: what they are writing, and what they keep for themselves. What was shared is in that of the pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from accountability.checkins.choices import Answer, SignKind
from accountability.checkins.keys import SHUT
from accountability.checkins.models import Asking, CalendarLink, Sign
from accountability.checkins.permissions import drafts_visible_to
from accountability.checkins.texts import words_of
from core.crypto.alerts import could_not_open
from core.register import Part, Words, values_of

LABELS: Mapping[str, Words] = {
    "check_in": _("Check-in of"),
    "saved_at": _("Saved"),
    "handed_in_at": _("Handed in"),
    "kept_since": _("Kept for you alone since"),
    "did": _("What I did"),
    "avoided": _("What I avoided"),
    "need": _("What I need"),
    "ahead": _("What is next"),
    "asked_at": _("Asked"),
    "answered_at": _("Answered"),
    "answer": _("Answer"),
    **values_of("answer", Answer),
    "made_at": _("Made"),
    "title": _("What your calendar shows"),
    "kind": _("What it is"),
    **values_of("kind", SignKind),
    "at": _("When"),
}


def own_copy(member: Any) -> Iterable[Part]:
    """Drafts, answers to the question how it is going, the calendar's words, and what was skipped or moved."""
    yield Part("drafts", _("What you are writing for a check-in"), partial(_drafts, member))
    yield Part("askings", _("The question how it is going"), partial(_askings, member))
    yield Part("calendar", _("Link for your calendar"), partial(_links, member))
    yield Part("signs", _("Check-ins that you skipped or moved"), partial(_signs, member))


def _drafts(member: Any) -> Iterator[Mapping[str, Any]]:
    rows = drafts_visible_to(member).select_related("check_in").order_by("saved_at", "pk")
    for row in rows.iterator(100):
        about = {
            "check_in": row.check_in.due_at,
            "saved_at": row.saved_at,
            "handed_in_at": row.handed_in_at,
            "kept_since": row.kept_since,
        }
        try:
            yield {**about, **words_of(row).values}
        except SHUT:
            could_not_open(row)
            yield {**about, "cannot_be_opened": True}


def _askings(member: Any) -> Iterator[Mapping[str, Any]]:
    for row in Asking.objects.filter(member=member).order_by("asked_at", "pk"):
        about = {"asked_at": row.asked_at, "answered_at": row.answered_at}
        yield {**about, **_opened(row, "answer")}


def _links(member: Any) -> Iterator[Mapping[str, Any]]:
    for row in CalendarLink.objects.filter(member=member).order_by("made_at", "pk"):
        yield {"made_at": row.made_at, **_opened(row, "title")}


def _signs(member: Any) -> Iterator[Mapping[str, Any]]:
    rows = Sign.objects.filter(member=member).select_related("check_in").order_by("at", "pk")
    for row in rows:
        yield {"check_in": row.check_in.due_at, "kind": row.kind, "at": row.at}


def _opened(row: Any, name: str) -> Mapping[str, Any]:
    try:
        return {name: str(getattr(row, name))}
    except SHUT:
        could_not_open(row)
        return {"cannot_be_opened": True}
