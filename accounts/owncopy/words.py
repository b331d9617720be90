"""Values as people read them: names in words, moments on the member's clock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from accounts.owncopy.contents import has_something
from core.register import Words

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d|Z)?")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
#: What stands in place of words that cannot be opened any more.
SHUT = "cannot_be_opened"


@dataclass(frozen=True)
class Told:
    """A name with a text, with several texts, or with rows that have names of their own."""

    label: str
    text: str = ""
    texts: Sequence[str] = ()
    rows: Sequence[Sequence[Told]] = ()


def told(row: Mapping[str, Any], labels: Mapping[str, Words]) -> list[Told]:
    """A row for people. What is empty is left out."""
    return [_one(name, value, labels) for name, value in row.items() if has_something(value)]


def label_of(name: str, labels: Mapping[str, Words]) -> str:
    """What a name is called; a name that its app gave no words stands as it is."""
    if name == SHUT:
        return _("It cannot be opened")
    return str(labels.get(name, name.replace("_", " ")))


def text_of(name: str, value: Any, labels: Mapping[str, Words]) -> str:
    """One value in words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    known = labels.get(f"{name}:{value}") if isinstance(value, str) else None
    return str(known) if known is not None else _written(value)


def _one(name: str, value: Any, labels: Mapping[str, Words]) -> Told:
    label = label_of(name, labels)
    if isinstance(value, Mapping):
        return Told(label, rows=[told(value, labels)])
    if isinstance(value, Iterable) and not isinstance(value, str):
        ones = list(value)
        if any(isinstance(one, Mapping) for one in ones):
            return Told(label, rows=[told(one, labels) for one in ones if isinstance(one, Mapping)])
        return Told(label, texts=[text_of(name, one, labels) for one in ones])
    return Told(label, text_of(name, value, labels))


def _written(value: Any) -> str:
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, time):
        return time_format(value, "TIME_FORMAT")
    if isinstance(value, str) and MOMENT.fullmatch(value):
        return _moment(value)
    if isinstance(value, str) and DAY.fullmatch(value):
        return _day(value)
    return str(value)


def _moment(words: str) -> str:
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:  # somebody’s own words that look like a moment
        return words
    moment = moment if moment.tzinfo else timezone.make_aware(moment)
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def _day(words: str) -> str:
    try:
        return date_format(date.fromisoformat(words), "DATE_FORMAT")
    except ValueError:
        return words
