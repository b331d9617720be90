"""Which city, state and year a file is about: options first, then the file's own words, then its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

from curriculum.redlining.refusal import MapRefused
from curriculum.redlining.words import plain_text

FILE_NAME = re.compile(r"(?P<city>[a-z][a-z0-9-]*?)-(?P<state>[a-z]{2})(?:-(?P<year>[0-9]{4}))?")
YEARS = range(1800, 2101)


@dataclass(frozen=True, slots=True)
class Place:
    """City, state (may be empty) and year of the survey (None where no source gives it)."""

    city: str = ""
    state: str = ""
    year: int | None = None


def place_of(
    file_name: str,
    collection: Mapping[str, Any],
    features: Iterable[Mapping[str, Any]],
    given: Place,
) -> Place:
    """Find the place. `features` are the properties of the graded features. Raises MapRefused when the city stays unknown."""
    rows = list(features)
    named = FILE_NAME.fullmatch(PurePath(file_name).stem.lower())
    from_name = named.groupdict() if named else {}
    city = (
        given.city
        or plain_text(collection.get("city"), 120)
        or _only_one(file_name, {plain_text(row.get("city"), 120) for row in rows})
        or (from_name.get("city") or "").replace("-", " ").title()
        or plain_text(collection.get("name"), 120)
    )
    if not city:
        raise MapRefused(
            file_name,
            _(
                "it does not say which city it shows. Give the city too (on the command line with --city)."
            ),
        )
    states = {plain_text(row.get("state"), 60) for row in rows} - {""}
    state = (
        given.state
        or plain_text(collection.get("state"), 60)
        or (states.pop() if len(states) == 1 else "")
        or (from_name.get("state") or "").upper()
    )
    return Place(city, state, _year(file_name, collection, rows, given, from_name.get("year")))


def _only_one(file_name: str, cities: set[str]) -> str:
    cities = cities - {""}
    if len(cities) > 1:
        some = ", ".join(sorted(cities)[:3]) + (", …" if len(cities) > 3 else "")
        reason = _(
            "it holds areas of several cities (%(cities)s). Save one city as a file of its own."
        )
        raise MapRefused(file_name, reason % {"cities": some})
    return cities.pop() if cities else ""


def _year(
    file_name: str,
    collection: Mapping[str, Any],
    rows: list[Mapping[str, Any]],
    given: Place,
    from_name: str | None,
) -> int | None:
    """The year of the survey; None when nobody says, because a guess would be a claim about history."""
    if given.year is not None:
        return given.year
    own = {_as_year(source.get(key)) for source in (collection,) for key in ("year", "survey_year")}
    all_rows = {_as_year(row.get(key)) for row in rows for key in ("survey_year", "year")}
    years = (own - {None}) or (all_rows - {None}) or {_as_year(from_name)} - {None}
    if len(years) > 1:
        raise MapRefused(
            file_name,
            _(
                "it names several years. Give the one that counts (on the command line with --year)."
            ),
        )
    return years.pop() if years else None


def _as_year(value: Any) -> int | None:
    words = plain_text(value, 10)
    return int(words) if re.fullmatch(r"[0-9]{4}", words) and int(words) in YEARS else None
