"""Holds what was acknowledged against what is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from faults.load import ACKNOWLEDGED, REFUSED, Sent

SLOWEST = 10.0  # seconds from the end of the cause until everything is answered again


@dataclass
class Verdict:
    """What became of one case."""

    acknowledged: int = 0
    missing: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    half_done: list[str] = field(default_factory=list)
    recovery: float = 0.0
    within: float = SLOWEST  # seconds in which it has to come back
    faults: list[str] = field(default_factory=list)  # anything else that may not be
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def is_well(self) -> bool:
        """Whether nothing was lost, doubled or half done, and it came back in time."""
        return (
            not (self.missing or self.doubled or self.half_done or self.faults)
            and self.recovery <= self.within
        )

    def words(self) -> str:
        """What is wrong, for one line; empty when all is well."""
        said = [
            f"{name} {', '.join(found[:3])}"
            for name, found in asdict(self).items()
            if name in LISTS and found
        ]
        return "; ".join(
            said + ([f"recovery {self.recovery:.1f} s"] if self.recovery > self.within else [])
        )


LISTS = ("missing", "doubled", "half_done", "faults")


def judge_rows(sent: Iterable[Sent], rows: Iterable[dict[str, Any]]) -> Verdict:
    """Every act that was acknowledged is there once and whole; one without an answer is there once or not at all."""
    verdict = Verdict()
    sent, rows = list(sent), list(rows)
    ours = {one.marker for one in sent}
    found = Counter(row["marker"] for row in rows if row["marker"] in ours)
    for row in rows:
        if row["marker"] in ours and row["missing"]:
            verdict.half_done.append(f"{row['kind']} {row['marker']}: {row['missing']}")
    for one in sent:
        if one.outcome == ACKNOWLEDGED:
            verdict.acknowledged += 1
        if one.act.replaces:
            continue
        if one.outcome == ACKNOWLEDGED and not found[one.marker]:
            verdict.missing.append(f"{one.act.kind} {one.marker}")
        if one.outcome == REFUSED and found[one.marker]:
            verdict.faults.append(f"{one.act.kind} {one.marker} was refused and is there")
        if found[one.marker] > 1:
            verdict.doubled.append(f"{one.act.kind} {one.marker}: {found[one.marker]} times")
    _judge_replaced(sent, found, verdict)
    return verdict


def _judge_replaced(sent: list[Sent], found: Counter[str], verdict: Verdict) -> None:
    """Of a text that each save replaces the last acknowledged one is there, or one that was sent after it."""
    for kind in {one.act.kind for one in sent if one.act.replaces}:
        saves = [one for one in sent if one.act.kind == kind]
        acknowledged = [number for number, one in enumerate(saves) if one.outcome == ACKNOWLEDGED]
        there = [number for number, one in enumerate(saves) if found[one.marker]]
        if acknowledged and (not there or max(there) < acknowledged[-1]):
            verdict.missing.append(f"{kind} {saves[acknowledged[-1]].marker}")
        if len(there) > 1:
            verdict.doubled.append(f"{kind}: {len(there)} texts at once")


def judge_mails(
    verdict: Verdict,
    sent: Iterable[Sent],
    outbox: list[dict[str, Any]],
    delivered: list[tuple[str, str]],
) -> None:
    """One mail for each that is sent, by its Message-ID; one invitation for each address; none given up.

    `delivered`: Message-ID and address of everything that reached the mail server, as often as it did.
    """
    by_id = Counter(message for message, _to in delivered)
    for mail in outbox:
        reached = by_id[mail["message_id"]]
        if mail["state"] == "sent" and not reached:
            verdict.missing.append(f"mail {mail['id'][:8]}")
        if mail["state"] == "dead":
            verdict.missing.append(f"mail {mail['id'][:8]} given up: {mail['last_error']}")
    letters: dict[str, set[str]] = {}
    for message, to in delivered:
        letters.setdefault(to.lower(), set()).add(message)
    for mail in outbox:
        if mail["recipient"]:
            letters.setdefault(mail["recipient"].lower(), set()).add(mail["message_id"])
    for one in sent:
        if one.act.kind != "invitation":
            continue
        many = len(letters.get(f"{one.marker.lower()}@example.org", ()))
        if one.outcome == ACKNOWLEDGED and many == 0:
            verdict.half_done.append(f"invitation {one.marker} without a mail")
        if many > 1:
            verdict.doubled.append(f"invitation {one.marker}: {many} mails")
    verdict.notes["mails repeated under one Message-ID"] = sum(
        1 for many in by_id.values() if many > 1
    )
