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
from tests.sweep.planting.kinds import Page, Plant, Use, pair_of, person


def _words(model: str, planted: Planted) -> Words:
    return Words(
        **{name: f"I say {planted.word(f'checkins.{model}.{name}')}." for name in QUESTIONS}
    )


def _coming(member: Any) -> CheckIn:
    pair = pair_of(member, person("elu"))
    if not CheckIn.objects.coming().filter(pair=pair).exists():
        plan_check_ins(
            pair=pair,
            rhythm="weekly",
            weekday=(timezone.now().weekday() + 3) % 7,  # not while the sweep runs
            at=time(18),
            time_zone="UTC",
            now=timezone.now(),
        )
    return CheckIn.objects.coming().get(pair=pair)


def _shared(member: Any, words: Words) -> Part:
    check_in = _coming(member)
    for by, said in ((member, words), (person("elu"), Words(did="I sent it."))):
        hand_in(check_in=check_in, by=by, words=said, seen=0)
    return Part.objects.get(check_in=check_in, member=member)


def _part(member: Any, planted: Planted) -> Part:
    """A part that was worded otherwise before."""
    part = _shared(member, _words("PartVersion", planted))
    return change_part(part=part, by=member, words=_words("Part", planted), seen=1)


def _version(member: Any, _planted: Planted) -> PartVersion:
    return PartVersion.objects.get(part__member=member)


def _draft(member: Any, planted: Planted) -> PartDraft:
    """Of the check-in that comes, and so the last that is planted."""
    check_in = _coming(member)
    save_draft(check_in=check_in, by=member, words=_words("PartDraft", planted), seen=0)
    return PartDraft.objects.get(check_in=check_in, member=member)


def _kept(member: Any, planted: Planted) -> PartDraft:
    """No words of its own: what was written too late for the check-in at which the planted part was shared."""
    kept = PartDraft(check_in=_past(member, planted), member=member, kept_since=timezone.now())
    kept.did = "I was about to say this."
    kept.save()
    return kept


def _notes(member: Any, planted: Planted) -> PairNotes:
    body = f"{planted.word('checkins.PairNotes.body')} and **{planted.word('checkins.PairNotes.html')}**"
    return save_notes(pair=pair_of(member, person("elu")), by=member, body=body, seen=0)


def _link(member: Any, planted: Planted) -> CalendarLink:
    place = Place.objects.open().get(pair=pair_of(member, person("elu")), member=member)
    make_link(place=place, by=member, title=planted.word("checkins.CalendarLink.title"))
    return CalendarLink.objects.get(place=place)


def _asking(member: Any, planted: Planted) -> Asking:
    """The answer is one of four, so a row with a word of its own is made by hand."""
    place = Place.objects.open().get(pair=pair_of(member, person("elu")), member=member)
    asking = Asking(place=place, member=member, asked_at=timezone.now(), settled_at=None)
    asking.answer = planted.word("checkins.Asking.answer")
    asking.save()
    return asking


def _past(member: Any, _planted: Planted) -> CheckIn:
    """No words of its own: the check-in at which the planted part was shared, which its page is about."""
    return CheckIn.objects.revealed().filter(pair=pair_of(member, person("elu"))).earliest("number")


def _next(member: Any, _planted: Planted) -> CheckIn:
    """The check-in for which the planted draft is written."""
    return _coming(member)


PLANTS: dict[str, Plant] = {
    "checkins.Part": _part,
    "checkins.CheckIn": _past,
    "checkins.PartVersion": _version,
    "checkins.PartDraft": _draft,
    "checkins.CheckIn.coming": _next,
    "checkins.PartDraft.kept": _kept,
    "checkins.PairNotes": _notes,
    "checkins.CalendarLink": _link,
    "checkins.Asking": _asking,
}
_PAST, _COMING, _PAIR = "checkins.CheckIn", "checkins.CheckIn.coming", "buddies.Pair"
_THE_PART = (_PAST, "checkins.Part")
NAMES = {
    "check_in_pair": _PAIR,
    "check_in": _COMING,
    "past_check_in": _PAST,
    "part": "checkins.Part",
    "kept": "checkins.PartDraft.kept",
}


def _fields(model: str, *names: str) -> frozenset[str]:
    return frozenset(f"checkins.{model}.{name}" for name in names or QUESTIONS)


#: Dev's own pages, and the words that stand on each.
PAGES: tuple[Page, ...] = (
    Page("checkins:check_in_show", _fields("Part"), _PAST),
    Page("checkins:check_in_show", _fields("PartDraft"), _COMING),
    Page("checkins:part_show", _fields("Part") | _fields("PartVersion"), _THE_PART),
    Page("checkins:part_edit", _fields("Part"), _THE_PART),
    Page("checkins:notes_show", _fields("PairNotes", "body", "html"), _PAIR),
    Page("checkins:notes_edit", _fields("PairNotes", "body", "html"), _PAIR),
    Page(
        "buddies:pair_export",
        _fields("Part") | _fields("PartVersion") | _fields("PairNotes", "body"),
        _PAIR,
        "post",
    ),
    Page("checkins:calendar_edit", _fields("CalendarLink", "title")),
)
#: Label of a model -> who of the cast, besides Dev, may find its words.
READERS: dict[str, frozenset[str]] = {
    label: frozenset({"elu"})
    for label in ("checkins.Part", "checkins.PartVersion", "checkins.PairNotes")
}

_FOUR: dict[str, str | list[str]] = dict.fromkeys(QUESTIONS, "{word}")
_WIDE: dict[str, str | list[str]] = {**_FOUR, "did": "{word}" * 300}
#: He writes for the check-in that comes and hands it in, which nobody reads before the date; words a part anew; moves a date.
USES: tuple[Use, ...] = (
    Use("checkins:check_in_show", _COMING, {**_FOUR, "act": "save"}, into="checkins.PartDraft"),
    Use("checkins:check_in_show", _COMING, {**_WIDE, "act": "save"}, expects=200),
    Use("checkins:check_in_show", _COMING, {**_FOUR, "act": "save", "seen": "77"}, expects=409),
    Use("checkins:check_in_show", _COMING, {**_FOUR, "act": "save", "seen": "{word}"}, expects=400),
    Use("checkins:check_in_show", _COMING, {**_FOUR, "act": "hand_in"}, into="checkins.PartDraft"),
    Use("checkins:part_edit", _THE_PART, _FOUR, into="checkins.Part"),
    Use("checkins:part_edit", _THE_PART, _WIDE, expects=200),
    Use("checkins:part_edit", _THE_PART, {**_FOUR, "seen": "77"}, expects=409),
    Use("checkins:check_in_move", _COMING, {"day": "{word}", "at": "{word}"}, expects=200),
    Use("checkins:check_in_move", _COMING, {"day": "{day}", "at": "10:00"}),
    Use("checkins:notes_edit", _PAIR, {"body": "We say **{word}**."}, into="checkins.PairNotes"),
    Use("checkins:notes_edit", _PAIR, {"body": "{word}" * 500}, expects=200),
    Use("checkins:notes_edit", _PAIR, {"body": "{word}", "seen": "77"}, expects=409),
    Use("checkins:calendar_edit", data={"title": "{word}"}),
    Use("checkins:calendar_edit", data={"title": "{word}" * 20}, expects=200),
    Use("checkins:calendar_edit", data={"title": "{word}", "act": "renew"}, expects=200),
    Use("checkins:asking_answer", data={"answer": "{word}"}, expects=200),
    Use("checkins:asking_answer", data={"answer": "rest"}),
)
