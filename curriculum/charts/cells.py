"""One cell of a table: clean words, a number as people write it, or neither."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from django.utils.translation import gettext as _

LONGEST_NAME = 80
MOST_DIGITS = 15  # more than any count of people or dollars; a drawing could not tell them apart

#: 1234, 1,234, 1 234, 1'234, 12.5, .5, each with a sign before it and a percent sign behind it.
NUMBER = re.compile(
    r"([+\-\u2212]?)((?:[0-9]{1,3}(?:([,'\u2019 ])[0-9]{3}(?:\3[0-9]{3})*)|[0-9]+)?)(\.[0-9]+)? ?(%?)"
)
DECIMAL_COMMA = re.compile(r"[+\-\u2212]?[0-9]+,[0-9]+\s?%?")
YEAR = re.compile(r"1[5-9][0-9]{2}|20[0-9]{2}")
FORMULA = ("=", "+", "-", "@")


def clean(cell: str) -> str:
    """The words of a cell on one line, without what nobody sees: marks of direction, control characters."""
    words = " ".join(cell.split())
    if words.isprintable():
        return words
    seen = (letter for letter in words if unicodedata.category(letter)[0] != "C")
    return " ".join("".join(seen).split())


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would run the cell instead of showing it."""
    return cell.startswith(FORMULA) and number(cell) is None


def number(cell: str) -> tuple[Decimal, bool] | None:
    """The number that a cell says and whether it has a percent sign; None when it is no number."""
    found = NUMBER.fullmatch(cell)
    if not found or not (found[2] or found[4]):
        return None
    digits = re.sub(r"[^0-9]", "", found[2])
    if len(digits) + len(found[4] or "") > MOST_DIGITS + 1:
        return None
    value = Decimal(f"{digits or '0'}{found[4] or ''}")
    return (-value if found[1] in ("-", "\u2212") and value else value), bool(found[5])


def why_no_number(cell: str) -> str:
    """What is wrong with a cell that should be a number, and what to write instead."""
    shown = cell if len(cell) <= 40 else f"{cell[:39]}…"
    if DECIMAL_COMMA.fullmatch(cell):
        return _("“%(cell)s” may be read in two ways. Write a point before the decimals, like 12.5.") % {"cell": shown}  # fmt: skip
    if re.fullmatch(r"[0-9.,]{16,}", cell):
        return _("“%(cell)s” has too many digits. Say it in thousands or millions.") % {"cell": shown}  # fmt: skip
    return _("“%(cell)s” is no number. Leave the cell empty where nothing was collected.") % {"cell": shown}  # fmt: skip


def same(one: str) -> str:
    """A name as it is compared: large and small letters and doubled spaces make no difference."""
    return " ".join(one.casefold().split())
