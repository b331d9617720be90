"""Reads a file of people to invite: an address in each row, and as what. Says what is wrong with each row, and changes nothing.

Whatever the file holds, the answer is rows and sentences. A name beside an address is not read: people choose theirs.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import category

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from cohorts.choices import FileProblem, Reason
from core.text import strip_control
from core.text.tables import decoded, delimiter_of

MOST_BYTES = 1_000_000
MOST_ROWS = 10_000
LONGEST_ADDRESS = 254
FORMULA = ("=", "+", "-", "@")
EMAIL, NAME, ROLE = "email", "name", "role"
#: What the columns may be called, in English or Spanish, without case, blanks and hyphens.
HEADS = {
    "email": EMAIL, "mail": EMAIL, "emailaddress": EMAIL, "address": EMAIL,
    "correo": EMAIL, "correoelectrónico": EMAIL, "correoelectronico": EMAIL, "correoe": EMAIL, "dirección": EMAIL,
    "direccion": EMAIL, "direccióndecorreo": EMAIL, "direccióndecorreoelectrónico": EMAIL,
    "name": NAME, "nombre": NAME, "role": ROLE, "rol": ROLE, "función": ROLE, "funcion": ROLE, "papel": ROLE,
}  # fmt: skip
#: Which word means that somebody facilitates.
ROLES = {
    "": False, "participant": False, "participante": False,
    "facilitator": True, "facilitador": True, "facilitadora": True, "facilitadore": True, "facilitador/a": True,
}  # fmt: skip


class Unusable(Exception):
    """The file as a whole cannot be used, for this reason, at this row."""

    def __init__(self, problem: FileProblem, row: int = 0) -> None:
        super().__init__(str(problem.label) % {"row": row})
        self.problem, self.row = problem, row


@dataclass(frozen=True)
class FileRow:
    """One row: where it ends in the file, whom it names as what, or why it cannot be used."""

    number: int
    email: str = ""
    as_facilitator: bool = False
    reason: str = ""


@dataclass(frozen=True)
class _Columns:
    """Where the address and the role stand, and how many cells the first row has."""

    email: int
    role: int | None
    width: int


def text_in(data: bytes) -> str:
    """The text of the file. Raises Unusable for what is none, or too much."""
    if len(data) > MOST_BYTES:
        raise Unusable(FileProblem.TOO_BIG)
    text = decoded(data)
    if text is None:
        raise Unusable(FileProblem.NO_TEXT)
    return text


def rows_in(text: str) -> Iterator[FileRow]:
    """The rows, one after another. Raises Unusable, maybe after some of them."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    columns, count = None, 0
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if columns is None:
                columns, is_head = _columns(cells)
                if is_head:
                    continue
            count += 1
            if count > MOST_ROWS:
                raise Unusable(FileProblem.TOO_MANY)
            yield _row(reader.line_num, cells, columns)
    except csv.Error:
        raise Unusable(FileProblem.QUOTES, reader.line_num) from None
    if not count:
        raise Unusable(FileProblem.NO_ROWS)


def lines_of(text: str) -> int:
    """About how many rows there are, without reading them."""
    return text.count("\n") or text.count("\r")


def wrong_with(address: str) -> str:
    """Why this is no address that anybody is invited by; empty when nothing is wrong."""
    if not address:
        return Reason.EMPTY
    if strip_control(address) != address or any(category(letter) == "Cf" for letter in address):
        return Reason.CONTROL
    if address.startswith(FORMULA):
        return Reason.FORMULA
    if len(address) > LONGEST_ADDRESS:
        return Reason.TOO_LONG
    try:
        validate_email(address)
    except ValidationError:
        return Reason.NO_ADDRESS
    return ""


def _columns(cells: Sequence[str]) -> tuple[_Columns, bool]:
    """Where what stands, and whether this row said so. Raises Unusable for a head that we do not know."""
    if any("@" in cell for cell in cells):
        place = next(number for number, cell in enumerate(cells) if "@" in cell)
        roles = [number for number, cell in enumerate(cells) if cell.strip() and _role(cell) is not None]  # fmt: skip
        return _Columns(place, roles[0] if roles else None, len(cells)), False
    heads = [HEADS.get(re.sub(r"[\W_]", "", strip_control(cell).casefold())) for cell in cells]
    if heads.count(EMAIL) != 1 or heads.count(ROLE) > 1:
        raise Unusable(FileProblem.HEAD)
    role = heads.index(ROLE) if ROLE in heads else None
    return _Columns(heads.index(EMAIL), role, len(cells)), True


def _row(number: int, cells: Sequence[str], columns: _Columns) -> FileRow:
    if any(cell.strip() for cell in cells[columns.width :]):
        return FileRow(number, reason=Reason.CELLS)
    address = _cell(cells, columns.email).lower()
    reason = wrong_with(address)
    if reason:
        return FileRow(number, reason=reason)
    as_facilitator = _role(_cell(cells, columns.role))
    if as_facilitator is None:
        return FileRow(number, email=address, reason=Reason.ROLE)
    return FileRow(number, address, as_facilitator)


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place].strip() if place is not None and place < len(cells) else ""


def _role(cell: str) -> bool | None:
    return ROLES.get(strip_control(cell).strip().casefold())
