"""Matching in a member's own copy: what they answered, whom they named, and with whom they were matched.

What a preview found is the backbone team's work and names others: it is in no copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from accountability.buddies.choices import Rhythm
from accountability.matching.choices import UNDER_WAY, Outside, SeatState, Spoken, Topic
from accountability.matching.permissions import answers_visible_to, seats_visible_to
from accountability.matching.reading import limits_of, others_of
from accountability.matching.said import said_from
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing
from core.register import Part, Words, values_of

LABELS: Mapping[str, Words] = {
    "in_the_next_round": _("The next round"),
    "wanted": _("In the next round"),
    "changed_at": _("Changed"),
    "times": _("Times (day of the week, 0 is Monday, and part of the day)"),
    "languages": _("Languages"),
    **values_of("languages", Spoken),
    "rhythm": _("How often"),
    **values_of("rhythm", Rhythm),
    "topics": _("What it is about"),
    **values_of("topics", Topic),
    "own_words": _("In your own words"),
    "outside": _("Somebody from outside of your organization"),
    **values_of("outside", Outside),
    "note": _("A note for yourself"),
    "name": _("Name"),
    "since": _("Since"),
    "made_at": _("Matched"),
    "over_at": _("Until"),
    "state": _("State"),
    **values_of("state", SeatState),
    "with": _("With"),
    "people": _("People"),
    "in_common": _("What you have in common"),
}


def own_copy(member: Any) -> Iterable[Part]:
    """Answers, limits and matches."""
    yield Part("answers", _("Your answers"), partial(_answers, member))
    yield Part("limits", _("Whom you do not want to be matched with"), partial(_limits, member))
    yield Part("matches", _("Your matches"), partial(_matches, member))


def _answers(member: Any) -> Iterator[Mapping[str, Any]]:
    for row in answers_visible_to(member):
        about = {"wanted": row.wanted, "changed_at": row.changed_at}
        try:
            yield {**about, **asdict(said_from(str(row.said))), "note": str(row.note)}
        except (CannotOpen, KeyMissing):
            could_not_open(row)
            yield {**about, "cannot_be_opened": True}


def _limits(member: Any) -> Iterator[Mapping[str, Any]]:
    for line in limits_of(member):
        shut = {"cannot_be_opened": True} if line.is_shut else {}
        yield {"name": line.name, "since": line.limit.at, **shut}


def _matches(member: Any) -> Iterator[Mapping[str, Any]]:
    """With whom, while it is under way: of one that is over nobody keeps that."""
    for row in seats_visible_to(member).order_by("made_at", "pk"):
        about = {"made_at": row.made_at, "over_at": row.over_at, "state": row.state}
        if row.state not in UNDER_WAY:
            yield about
            continue
        try:
            others = [
                {"with": one.member.get_full_name(), "in_common": one.common}
                for one in others_of(row)
            ]
            yield {**about, "people": others}
        except (CannotOpen, KeyMissing):
            could_not_open(row)
            yield {**about, "cannot_be_opened": True}
