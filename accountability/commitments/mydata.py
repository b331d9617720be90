"""Commitments in their owner's own copy, with what prompted them and how they were worded before.

What others promise is theirs, also where one is their witness: the copy says only that one is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from accountability.commitments.choices import Circle, Kind, Level, WitnessState
from accountability.commitments.models import Commitment
from accountability.commitments.permissions import commitments_kept_by
from accountability.commitments.reading import read
from accountability.commitments.taking import as_taken
from accountability.commitments.texts import about_of
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.register import Part, Words, values_of

AT_ONCE = 100  # rows

LABELS: Mapping[str, Words] = {
    "commitments": _("Commitments"),
    "published": _("Published"),
    "roles": _("Your roles in organizations"),
    "witness_of": _("Where you are a witness"),
    "kind": _("Kind"),
    **values_of("kind", Kind),
    "circle": _("Seen by"),
    **values_of("circle", Circle),
    "seen_by": _("Seen by"),
    **values_of("seen_by", Circle),
    "cohort__name": _("Cohort"),
    "written_at": _("Written"),
    "changed_at": _("Changed"),
    "review_on": _("To look at again"),
    "name": _("The name beside it"),
    "will": _("What is promised"),
    "by": _("By when"),
    "first_step": _("The first step"),
    "know": _("How one will know"),
    "levels": _("Levels"),
    **values_of("levels", Level),
    "later": _("How it goes, as published"),
    "at": _("When"),
    "state": _("State"),
    **values_of("state", WitnessState),
    "sentence": _("Words"),
    "organization__name": _("Organization"),
    "title": _("Name of the role"),
    "accepted_at": _("Accepted"),
    "invited_at": _("Asked"),
    "written": _("Written"),
    "changed": _("Changed"),
    "look_again": _("To look at again"),
    "how_it_goes": _("How it goes"),
    "reason": _("Why it changed"),
    "about": _("The lesson that prompted it"),
    "earlier_wordings": _("Earlier wordings"),
    "until": _("Until"),
}


def own_copy(member: Any) -> Iterable[Part]:
    """The member's own."""
    yield Part("words", _("What you promised"), partial(_own, member))


def _own(member: Any) -> Iterator[Mapping[str, Any]]:
    mine = commitments_kept_by(member).filter(owner=member)
    ids = list(mine.order_by("written_at", "pk").values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        found = mine.filter(pk__in=ids[start : start + AT_ONCE]).order_by("written_at", "pk")
        rows = list(found.for_page().prefetch_related("progress", "wordings"))
        for row, taken in zip(rows, as_taken(rows), strict=True):
            yield {**taken, "about": _about(row), "earlier_wordings": _earlier(row)}


def _about(row: Commitment) -> str:
    try:
        about = about_of(str(row.about))
    except (CannotOpen, ValueError):
        could_not_open(row)
        return ""
    return about.words if about else ""


def _earlier(row: Commitment) -> list[Mapping[str, Any]]:
    earlier: list[Mapping[str, Any]] = []
    for one in sorted(row.wordings.all(), key=lambda wording: wording.version):
        one.commitment = row
        text = read(one)
        words: Mapping[str, Any] = (
            {"cannot_be_opened": True}
            if text is None
            else {
                "will": text.will,
                "by": text.by,
                "first_step": text.first_step,
                "know": text.know,
                "levels": list(text.levels),
            }
        )
        earlier.append({"until": one.until.isoformat(), **words})
    return earlier
