"""Plants of checkins: what Dev writes for himself, and what he and Elu share."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.utils import timezone

from accountability.buddies.models import Place
from accountability.checkins.actions import (
    change_part,
    hand_in,
    make_link,
    plan_check_ins,
    save_draft,
    save_notes,
)
from accountability.checkins.models import (
    Asking,
    CalendarLink,
    CheckIn,
    PairNotes,
    Part,
    PartDraft,
    PartVersion,
)
from accountability.checkins.texts import QUESTIONS, Words
from scripts.traces import Words as Planted
from tests.sweep.planting.kinds import Page, Plant, pair_of


def _words(model: str, planted: Planted) -> Words:
    return Words(
        **{name: f"I say {planted.word(f'checkins.{model}.{name}')}." for name in QUESTIONS}
    )


def _partner() -> Any:
    from accounts.models import User  # the cast is there when a plant is made, not when it is read

    return User.objects.get(email="elu@riverton.example")


def _coming(member: Any) -> CheckIn:
    pair = pair_of(member, _partner())
    if not CheckIn.objects.coming().filter(pair=pair).exists():
        plan_check_ins(
            pair=pair,
            rhythm="weekly",
            weekday=1,
            at=time(18),
            time_zone="UTC",
            now=timezone.now(),
        )
    return CheckIn.objects.coming().get(pair=pair)


def _shared(member: Any, words: Words) -> Part:
    check_in = _coming(member)
    for by, said in ((member, words), (_partner(), Words(did="I sent it."))):
        hand_in(check_in=check_in, by=by, words=said, seen=0)
    return Part.objects.get(check_in=check_in, member=member)


def _part(member: Any, planted: Planted) -> Part:
    return _shared(member, _words("Part", planted))


def _version(member: Any, planted: Planted) -> PartVersion:
    part = _shared(member, _words("PartVersion", planted))
    changed = change_part(part=part, by=member, words=Words(did="I mean it."), seen=1)
    return changed.versions.get()


def _draft(member: Any, planted: Planted) -> PartDraft:
    """Of the check-in that comes, and so the last that is planted."""
    check_in = _coming(member)
    save_draft(check_in=check_in, by=member, words=_words("PartDraft", planted), seen=0)
    return PartDraft.objects.get(check_in=check_in, member=member)


def _notes(member: Any, planted: Planted) -> PairNotes:
    body = f"{planted.word('checkins.PairNotes.body')} and **{planted.word('checkins.PairNotes.html')}**"
    return save_notes(pair=pair_of(member, _partner()), by=member, body=body, seen=0)


def _link(member: Any, planted: Planted) -> CalendarLink:
    place = Place.objects.open().get(pair=pair_of(member, _partner()), member=member)
    make_link(place=place, by=member, title=planted.word("checkins.CalendarLink.title"))
    return CalendarLink.objects.get(place=place)


def _asking(member: Any, planted: Planted) -> Asking:
    """The answer is one of four, so a row with a word of its own is made by hand."""
    place = Place.objects.open().get(pair=pair_of(member, _partner()), member=member)
    asking = Asking(place=place, member=member, asked_at=timezone.now(), settled_at=None)
    asking.answer = planted.word("checkins.Asking.answer")
    asking.save()
    return asking


def _past(member: Any, _planted: Planted) -> CheckIn:
    """No words of its own: the check-in at which the planted part was shared, which its page is about."""
    return CheckIn.objects.revealed().filter(pair=pair_of(member, _partner())).earliest("number")


def _next(member: Any, _planted: Planted) -> CheckIn:
    """The check-in for which the planted draft is written."""
    return _coming(member)


PLANTS: dict[str, Plant] = {
    "checkins.Part": _part,
    "checkins.CheckIn": _past,
    "checkins.PartVersion": _version,
    "checkins.PartDraft": _draft,
    "checkins.CheckIn.coming": _next,
    "checkins.PairNotes": _notes,
    "checkins.CalendarLink": _link,
    "checkins.Asking": _asking,
}


def _fields(model: str, *names: str) -> frozenset[str]:
    return frozenset(f"checkins.{model}.{name}" for name in names or QUESTIONS)


#: Dev's own pages, and the words that stand on each. An answer of none of the four stands on no page.
#: Older wordings stand on a page with two ids in its address, and in the pair's own export, which the stories read.
PAGES: tuple[Page, ...] = (
    Page("checkins:check_in_show", _fields("Part"), "checkins.CheckIn"),
    Page("checkins:check_in_show", _fields("PartDraft"), "checkins.CheckIn.coming"),
    Page("checkins:calendar_edit", _fields("CalendarLink", "title")),
)
#: Label of a model -> who of the cast, besides Dev, may find its words.
READERS: dict[str, frozenset[str]] = {
    label: frozenset({"elu"})
    for label in ("checkins.Part", "checkins.PartVersion", "checkins.PairNotes")
}
