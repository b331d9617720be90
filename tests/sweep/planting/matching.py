"""Plants of matching. Nothing of it is for anybody but Dev.

What a preview found are ids, which stand in the table of members as well: a word takes their place. It shows names on Dev's
pages, and reasons show sentences: no words. Whom a limit is about is planted as a name that Dev wrote.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from accountability.matching.actions import add_names, save_answers
from accountability.matching.models import (
    Answers,
    Limit,
    Match,
    MatchSeat,
    Preview,
    PreviewFound,
    Round,
)
from accountability.matching.said import Said
from cohorts.models import Cohort
from scripts.traces import Words
from tests.sweep.planting.kinds import Page, Plant, Use


def _answers(member: Any, words: Words) -> Answers:
    said = Said(times=("1e",), own_words=f"To say {words.word('matching.Answers.said')} aloud")
    note = f"I hope for {words.word('matching.Answers.note')}."
    known = Answers.objects.filter(member=member).first()
    seen = known.version if known else 0
    return save_answers(by=member, said=said, note=note, wanted=True, seen=seen)


def _limit(member: Any, words: Words) -> Limit:
    add_names(by=member, names=[f"Somebody {words.word('matching.Limit.other')}"])
    return Limit.objects.of(member)[0]


def _seat(member: Any, words: Words) -> MatchSeat:
    round_ = Round.objects.create(cohort=_spring(), number=901, seed=1, state="done")
    seat = MatchSeat(match=Match.objects.create(round=round_), member=member)
    seat.reasons = json.dumps({words.word("matching.MatchSeat.reasons"): []})
    seat.save()
    return seat


def _found(member: Any, words: Words) -> PreviewFound:
    preview = Preview.objects.create(cohort=_spring(), day=date(2026, 1, 1), slot=1, state="done")
    row = PreviewFound(preview=preview, by=member)
    row.found = json.dumps({words.word("matching.PreviewFound.found"): []})
    row.save()
    return row


def _spring() -> Cohort:
    return Cohort.objects.get(slug="spring")


PLANTS: dict[str, Plant] = {
    "matching.Answers": _answers,
    "matching.Limit": _limit,
    "matching.MatchSeat": _seat,
    "matching.PreviewFound": _found,
}
NAMES = {"match_seat": "matching.MatchSeat", "match_limit": "matching.Limit"}
#: Dev's own pages, and the words that stand on each.
PAGES: tuple[Page, ...] = (
    Page("matching:answers_edit", frozenset({"matching.Answers.said", "matching.Answers.note"})),
    Page("matching:limit_list", frozenset({"matching.Limit.other"})),
)
#: Label of a model -> who of the cast, besides Dev, may find its words.
READERS: dict[str, frozenset[str]] = {}

_ANSWERS: dict[str, str | list[str]] = {
    "wanted": "on",
    "times": ["1e", "2e"],
    "topics": ["talks"],
    "own_words": "To say {word} aloud",
    "note": "{word}",
}
#: His answers, changed, too long, and beside those of another tab; a name that nobody has.
USES: tuple[Use, ...] = (
    Use("matching:answers_edit", data=_ANSWERS),
    Use("matching:answers_edit", data={**_ANSWERS, "own_words": "{word}" * 90}, expects=200),
    Use("matching:answers_edit", data={**_ANSWERS, "topics": ["{word}"]}, expects=200),
    Use("matching:answers_edit", data={**_ANSWERS, "seen": "77"}, expects=409),
    Use("matching:limit_list", data={"names": "{word}"}),
    Use("matching:limit_list", data={"people": ["{word}"]}, expects=200),
)
