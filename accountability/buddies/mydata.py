"""Pairs and requests in a member's own copy: what the pair may read, and the words with which one asked or was asked.

What a pair shares is addressed to both, so each may have it in their copy, as long as they may read it (door `pair_export`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from accountability.buddies.choices import AgreementState, RequestState, Rhythm, Way
from accountability.buddies.exporting import about, sections_of
from accountability.buddies.models import Place, Request
from accountability.buddies.permissions import (
    can_read_words,
    pairs_visible_to,
    requests_visible_to,
)
from accountability.buddies.reading import opened
from core.register import Part, Words, values_of

LABELS: Mapping[str, Words] = {
    "open_to_being_asked": _("Open to being asked"),
    "pairs": _("Pairs"),
    "since": _("Since"),
    "left_at": _("Until"),
    "requests": _("Requests that you made"),
    "asked_at": _("Asked"),
    "way": _("How you asked"),
    **values_of("way", Way),
    "state": _("State"),
    **values_of("state", RequestState),
    **values_of("state", AgreementState),
    "ended_at": _("Ended"),
    "begun_at": _("Begun"),
    "people": _("People"),
    "my_contact": _("How you said that you can be reached"),
    "by_me": _("You asked"),
    "from": _("From"),
    "to": _("To"),
    "words": _("Words"),
    "agreements": _("Agreements"),
    "number": _("Number"),
    "written_by": _("Written by"),
    "written_at": _("Written"),
    "in_force_at": _("In force since"),
    "rhythm": _("How often"),
    **values_of("rhythm", Rhythm),
    "weekday": _("Day of the week (0 is Monday)"),
    "at": _("At"),
    "time_zone": _("Time zone"),
    "first_on": _("The first time"),
    "why": _("Why we do this"),
    "channel": _("How and where we meet"),
    "boundaries": _("Our boundaries"),
    "feedback": _("How we give feedback"),
    "quiet": _("What we do if one of us goes quiet"),
    "check_ins": _("Check-ins"),
    "date": _("Date"),
    "parts": _("What each of you wrote"),
    "by": _("By"),
    "changed": _("Changed"),
    "did": _("What I did"),
    "avoided": _("What I avoided"),
    "need": _("What I need"),
    "ahead": _("What is next"),
    "older_wordings": _("Older wordings"),
    "written": _("Written"),
    "notes": _("Notes of the pair"),
    "text": _("Text"),
    "commitments": _("Your commitments that your buddy may read"),
    "kind": _("Kind"),
    "seen_by": _("Seen by"),
    "look_again": _("To look at again"),
    "will": _("What is promised"),
    "first_step": _("The first step"),
    "know": _("How one will know"),
    "levels": _("Levels"),
    "how_it_goes": _("How it goes"),
    "sentence": _("Words"),
    "reason": _("Why it changed"),
}


def own_copy(member: Any) -> Iterable[Part]:
    """What the member's pairs share, as far as they may read it now, and requests with their words."""
    yield Part("pairs", _("What you and your buddy wrote"), partial(_pairs, member))
    yield Part("requests", _("Requests, with their words"), partial(_requests, member))


def _pairs(member: Any) -> Iterator[Mapping[str, Any]]:
    """Whoever is suspended does not read on what others of the pair write since, who are not told of it."""
    closed = member.suspensions.in_force().order_by("confirmed_at").first()
    until = closed.confirmed_at if closed else None
    for pair in pairs_visible_to(member).order_by("begun_at", "pk"):
        place = Place.objects.filter(pair=pair, member=member).first()
        yield {
            **about(pair),
            "my_contact": opened(place, "contact") if place else None,
            **{name: list(rows) for name, rows in sections_of(pair, member, until=until)},
        }


def _requests(member: Any) -> Iterator[Mapping[str, Any]]:
    for row in requests_visible_to(member).select_related("by").order_by("asked_at", "pk"):
        yield _mine(row) if row.by_id == member.pk else _come(row, member)


def _mine(row: Request) -> Mapping[str, Any]:
    whom, words = opened(row, "whom"), opened(row, "words")
    shut = {"cannot_be_opened": True} if None in (whom, words) else {}
    return {"by_me": True, "asked_at": row.asked_at, "to": whom, "words": words, **shut}


def _come(row: Request, member: Any) -> Mapping[str, Any]:
    """One that came to the member, with its words while they may read them."""
    words = opened(row, "words") if can_read_words(member, row) else None
    return {
        "by_me": False,
        "asked_at": row.asked_at,
        "from": row.by.get_full_name(),
        "words": words,
    }
