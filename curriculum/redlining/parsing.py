"""From bytes to JSON, with limits first. What is no number in JSON is refused where it stands, by its feature."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from curriculum.redlining.feature import called
from curriculum.redlining.refusal import MapRefused

MOST_BYTES = 20_000_000


class _NoNumber(NamedTuple):
    """`NaN`, `Infinity` or `-Infinity`, which some programs write and JSON does not know."""

    word: str


def refuse_size(size: int, file_name: str) -> None:
    """Raise MapRefused when a file of so many bytes is too large. Asked before anything of it is read."""
    if size > MOST_BYTES:
        reason = _("it is larger than 20 MB. Save one city as a file of its own.")
        raise MapRefused(file_name, reason)


def parsed(data: bytes, file_name: str) -> Any:
    """The content of a file as Python values. Raises MapRefused."""
    refuse_size(len(data), file_name)
    if not data.strip():
        raise MapRefused(file_name, _("it is empty."))
    strange: list[_NoNumber] = []

    def note(word: str) -> _NoNumber:
        strange.append(_NoNumber(word))
        return strange[-1]

    try:
        value = json.loads(data.decode("utf-8-sig"), parse_constant=note)
    except RecursionError:
        raise MapRefused(file_name, _("it is nested too deeply to be a map.")) from None
    except UnicodeDecodeError:
        raise MapRefused(file_name, _("it is no text in UTF-8, so it is no GeoJSON.")) from None
    except json.JSONDecodeError as problem:
        where = {"line": problem.lineno, "column": problem.colno}
        reason = _("it is no JSON (the mistake is in line %(line)s, column %(column)s).")
        raise MapRefused(file_name, reason % where) from None
    except ValueError:  # a whole number of thousands of digits
        raise MapRefused(file_name, _("it holds a number that is too long.")) from None
    if strange:
        _refuse_no_number(value, strange[0], file_name)
    return value


def _refuse_no_number(value: Any, first: _NoNumber, file_name: str) -> None:
    """Raise MapRefused, naming the first feature that holds what is no number."""
    features = value.get("features") if isinstance(value, dict) else None
    for number, feature in enumerate(features if isinstance(features, list) else [], start=1):
        if found := _within(feature):
            reason = _("holds %(constant)s, which is no number in JSON.") % {"constant": found.word}
            raise MapRefused(file_name, reason, called(feature, number))
    reason = _("it holds %(constant)s, which is no number in JSON.") % {"constant": first.word}
    raise MapRefused(file_name, reason)


def _within(value: Any) -> _NoNumber | None:
    """The first thing inside that is no number; without recursion, however deep the value is."""
    waiting = [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, _NoNumber):
            return here
        if isinstance(here, dict):
            waiting.extend(reversed(here.values()))
        elif isinstance(here, list):
            waiting.extend(reversed(here))
    return None
