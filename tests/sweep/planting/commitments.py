"""Plants of commitments: Dev's, which Elu reads as his buddy and Hana as a witness; Jo, who has not answered, does not."""

from __future__ import annotations

from typing import Any

from accountability.commitments.actions import (
    accept_witnessing,
    add_progress,
    edit_commitment,
    invite_witness,
    make_commitment,
    widen,
)
from accountability.commitments.models import Commitment, Progress, Wording
from accountability.commitments.texts import About, Text
from scripts.traces import Words
from tests.sweep.planting.kinds import Page, Plant, Use, pair_of, person

PARTS = ("will", "first_step", "know", "by", "levels")


def _text(label: str, words: Words) -> Text:
    """A text with a word in each part; the levels hold one that this release does not know."""
    said = {name: f"So {words.word(f'{label}.{name}')}" for name in PARTS if name != "levels"}
    return Text(**said, levels=("personal", words.word(f"{label}.levels")))


def _commitment(member: Any, words: Words) -> Commitment:
    """One with an earlier wording and a word on how it goes, so that all of it stands on one page of Dev's."""
    pair_of(member, person("elu"))
    about = About("6b6f", f"What {words.word('commitments.Commitment.about')} means", "/learn/")
    before = _text("commitments.Wording", words)
    row = make_commitment(by=member, kind="commitment", text=before, about=about)
    widen(by=member, commitment=row, circle="buddy", seen=1)
    asked, _waits = (invite_witness(by=member, commitment=row, member=person(name)) for name in ("hana", "jo"))  # fmt: skip
    accept_witnessing(by=asked.member, witness=asked)
    now = _text("commitments.Commitment", words)
    row = edit_commitment(by=member, commitment=row, text=now, seen=1)
    _said(member, row, words)
    return row


def _said(member: Any, row: Commitment, words: Words) -> Progress:
    """A word on how it goes; the state is one that this release does not know."""
    label = "commitments.Progress"
    said = add_progress(
        by=member,
        commitment=row,
        sentence=f"So {words.word(f'{label}.sentence')}",
        state="changed",
        reason=f"As {words.word(f'{label}.reason')}",
    )
    said.state = words.word(f"{label}.state")
    said.save()
    return said


def _planted(member: Any, words: Words) -> Commitment:
    return Commitment.objects.filter(owner=member).first() or _commitment(member, words)


def _wording(member: Any, words: Words) -> Wording:
    return Wording.objects.select_related("commitment").get(commitment=_planted(member, words))


def _progress(member: Any, words: Words) -> Progress:
    return Progress.objects.select_related("commitment").get(commitment=_planted(member, words))


PLANTS: dict[str, Plant] = {
    "commitments.Commitment": _commitment,
    "commitments.Wording": _wording,
    "commitments.Progress": _progress,
}
#: Dev's own pages, and the words that stand on each.
PAGES: tuple[Page, ...] = (
    Page(
        "commitments:commitment_show",
        frozenset(
            {
                *(f"commitments.Commitment.{name}" for name in (*PARTS, "about")),
                *(f"commitments.Wording.{name}" for name in PARTS),
                *(f"commitments.Progress.{name}" for name in ("sentence", "state", "reason")),
            }
        ),
        "commitments.Commitment",
    ),
    Page(
        "commitments:commitment_list",
        frozenset({"commitments.Commitment.will", "commitments.Progress.state"}),
    ),
)
#: Label of a model -> who of the cast, besides Dev, may find its words.
READERS: dict[str, frozenset[str]] = {
    "commitments.Commitment": frozenset({"elu", "hana"}),
    "commitments.Wording": frozenset({"hana"}),
    "commitments.Progress": frozenset({"elu", "hana"}),
}

_ONE = "commitments.Commitment"
_NEW: dict[str, str | list[str]] = {
    **{name: "{word}" for name in PARTS if name != "levels"},
    "levels": ["personal"],
    "review_on": "{day}",
}
_GOES: dict[str, str | list[str]] = {"sentence": "{word}", "state": "changed", "reason": "{word}"}
#: A new one is for him alone. More people are asked for up to the page that shows what they will see: what is published is
#: everybody's to find. So are the name of a role and, when it is confirmed, what an organization pledges.
USES: tuple[Use, ...] = (
    Use("commitments:commitment_new", data=_NEW),
    Use("commitments:commitment_new", data={**_NEW, "levels": "{word}"}, expects=200),
    Use("commitments:commitment_new", data={**_NEW, "by": "{word}" * 99}, expects=200),
    Use("commitments:commitment_edit", _ONE, {**_NEW, "version": "77"}, expects=409),
    Use("commitments:commitment_edit", _ONE, {**_NEW, "will": ""}, expects=200),
    Use("commitments:commitment_edit", _ONE, _NEW, into=_ONE),
    Use("commitments:commitment_progress", _ONE, {**_GOES, "state": "{word}"}, expects=200),
    Use("commitments:commitment_progress", _ONE, _GOES, into="commitments.Progress"),
    Use("commitments:commitment_witnesses", _ONE, {"member": "{word}"}, expects=200),
    Use("commitments:commitment_audience", _ONE, {"circle": "cohort:spring"}, expects=200),
    Use("commitments:commitment_audience", _ONE, {"circle": "public"}, expects=200),
    Use("commitments:commitment_audience", _ONE, {"circle": "{word}"}, expects=200),
    Use("commitments:commitment_snooze", _ONE, {"until": "{word}"}, expects=200),
    Use("commitments:commitment_snooze", _ONE, {"until": "{day}"}),
    Use("commitments:role_new", data={"title": "{word}" * 9}, expects=200),
    Use("commitments:commitment_audience", _ONE, {"circle": "me"}, turn=2),
)
