"""Reads a file of reporting lines: who reports to whom, by e-mail address. Says what is wrong with each row, and changes nothing.

Spreadsheets write such files in many ways (`core.text.tables`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from accounts.models import User
from core.text import strip_control
from core.text.tables import decoded, delimiter_of

MOST_BYTES = 5_000_000
MEMBER, BOSS = "member", "reports_to"
#: What the columns may be called, without case, blanks, hyphens and "e-mail".
HEADS = {
    "member": MEMBER, "person": MEMBER, "employee": MEMBER, "": MEMBER,
    "reportsto": BOSS, "boss": BOSS, "manager": BOSS, "supervisor": BOSS,
}  # fmt: skip
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")

Pair = tuple[UUID, UUID]


class Unreadable(Exception):
    """The file as a whole cannot be used; the sentence says why."""


@dataclass(frozen=True)
class Row:
    """One row: where it ends in the file, and both addresses."""

    number: int
    member: str
    boss: str


@dataclass
class Outcome:
    """The lines of a file, each with its number, and what is wrong with which row."""

    lines: dict[Pair, int] = field(default_factory=dict)
    problems: list[tuple[int, str]] = field(default_factory=list)

    def refuse(self, number: int, reason: str) -> None:
        """Note what is wrong with a row."""
        self.problems.append((number, reason))


def text_of(data: bytes) -> str:
    """The text of a file. Raises Unreadable for what is none."""
    if len(data) > MOST_BYTES:
        raise Unreadable(f"The file is larger than {MOST_BYTES // 1_000_000} MB.")
    text = decoded(data)
    if text is None:
        raise Unreadable("This is no text file. Save the table as CSV.")
    return text


def rows_in(data: bytes) -> Iterator[Row | tuple[int, str]]:
    """Each row, or its number and what is wrong with it. Raises Unreadable."""
    text = text_of(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    order: tuple[int, int] | None = None
    width = 2
    try:
        for cells in reader:
            cells = [strip_control(cell).strip() for cell in cells]
            if not any(cells):
                continue
            if order is None:
                order = _order_of(cells)
                if not any("@" in cell for cell in cells):
                    width = len(cells)
                    continue
            yield _row(reader.line_num, cells, order, width)
    except csv.Error:
        raise Unreadable(
            f"Row {reader.line_num} cannot be read: a quotation mark is opened and not closed, or stands in the middle of a cell."
        ) from None


def read(data: bytes, *, beside: Iterable[Pair] = ()) -> Outcome:
    """The lines of a file, checked together with those that stay `beside` them. Raises Unreadable."""
    outcome, rows = Outcome(), []
    for row in rows_in(data):
        if isinstance(row, Row):
            rows.append(row)
        else:
            outcome.refuse(*row)
    known = _members(rows)
    for row in rows:
        _take(row, known, outcome)
    names = {pk: email for email, pk in known.items()}
    for number, reason in _circles(outcome.lines, set(beside), names):
        outcome.refuse(number, reason)
    outcome.problems.sort()
    return outcome


def _order_of(cells: list[str]) -> tuple[int, int]:
    """In which columns member and boss stand. Raises Unreadable for a head that we do not know."""
    if any("@" in cell for cell in cells):
        return 0, 1
    heads = [HEADS.get(re.sub(r"e-?mail|address|[\W_]", "", cell.casefold())) for cell in cells]
    if heads.count(MEMBER) != 1 or heads.count(BOSS) != 1:
        raise Unreadable(
            'The first row must name the two columns "member" and "reports_to", each once, or hold two addresses itself.'
        )
    return heads.index(MEMBER), heads.index(BOSS)


def _row(
    number: int, cells: list[str], order: tuple[int, int], width: int
) -> Row | tuple[int, str]:
    filled = cells + [""] * (max(order) + 1 - len(cells))
    member, boss = (filled[place].lower() for place in order)
    if any(cells[width:]):
        return number, f"has more than {width} cells."
    for name, address in (("member", member), ("reports_to", boss)):
        if not address:
            return number, f"names nobody under {name}."
        if not ADDRESS.fullmatch(address):
            return number, f"holds {address!r} under {name}, which is no e-mail address."
    return Row(number, member, boss)


def _members(rows: list[Row]) -> dict[str, UUID]:
    addresses = sorted({address for row in rows for address in (row.member, row.boss)})
    found: dict[str, UUID] = {}
    for start in range(0, len(addresses), 500):
        part = User.objects.filter(email__in=addresses[start : start + 500], is_active=True)
        found |= dict(part.values_list("email", "pk"))
    return found


def _take(row: Row, known: Mapping[str, UUID], outcome: Outcome) -> None:
    unknown = [one for one in dict.fromkeys((row.member, row.boss)) if one not in known]
    if unknown:
        outcome.refuse(
            row.number, f"names {' and '.join(unknown)}, and no member has this address."
        )
        return
    if row.member == row.boss:
        outcome.refuse(row.number, f"says that {row.member} reports to themselves.")
        return
    pair = known[row.member], known[row.boss]
    if pair in outcome.lines:
        outcome.refuse(row.number, f"says the same as row {outcome.lines[pair]}.")
        return
    outcome.lines[pair] = row.number


def _circles(
    lines: Mapping[Pair, int], beside: set[Pair], names: Mapping[UUID, str]
) -> Iterator[tuple[int, str]]:
    """Each circle once, at the last of its rows, with all of them by number."""
    up: dict[UUID, list[UUID]] = {}
    for member, boss in sorted({*lines, *beside}, key=str):
        up.setdefault(member, []).append(boss)
    done: set[UUID] = set()
    for start in sorted(up, key=str):
        circle = _circle_from(start, up, done)
        if circle:
            edges = list(zip(circle, [*circle[1:], circle[0]], strict=True))
            numbers = sorted(lines[edge] for edge in edges if edge in lines)
            yield numbers[-1], _round(numbers, [names.get(one, "") for one in circle])


def _circle_from(start: UUID, up: Mapping[UUID, list[UUID]], done: set[UUID]) -> list[UUID]:
    """A circle that one comes to from here, where each reports to the next; without recursion, for lines of any length."""
    path, waiting = [start], [list(up.get(start, ()))]
    if start in done:
        return []
    while path:
        if not waiting[-1]:
            done.add(path.pop())
            waiting.pop()
            continue
        boss = waiting[-1].pop()
        if boss in path:
            done.update(path)
            return path[path.index(boss) :]
        if boss not in done:
            path.append(boss)
            waiting.append(list(up.get(boss, ())))
    return []


def _round(numbers: list[int], people: list[str]) -> str:
    rows = ", ".join(str(number) for number in numbers)
    ring = " → ".join(
        [*(one or "somebody of a line that stays" for one in people), people[0] or "…"]
    )
    return (
        f"closes a circle of rows {rows}, in which everybody would stand above themselves: {ring}."
    )
