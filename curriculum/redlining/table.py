"""The areas of a map as an equal table, a page at a time: by grade, each grade in the map's reading order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q

from curriculum.models import MapArea, RedliningMap
from curriculum.redlining.feature import GRADES

MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class Group:
    """The areas of one grade on this page, and how many the map has in all."""

    grade: str
    areas: list[MapArea]
    all: int


@dataclass(frozen=True, slots=True)
class TablePage:
    """One page of the table. `grade` is empty when all grades are shown."""

    grade: str
    page: Page[Any]
    groups: list[Group]


def table_page(shown: RedliningMap, asked: Mapping[str, str]) -> TablePage:
    """The page that `asked` names: `grade` (A to D), `page`, or the one with the row of `area`, counted as in the picture.

    Whatever cannot be meant shows the first page, a number past the end the last one.
    """
    grade = asked.get("grade", "").upper()
    grade = grade if grade in GRADES else ""
    areas = shown.areas.order_by("grade", "position")
    pages = Paginator(areas.filter(grade=grade) if grade else areas, MOST_ROWS)
    with_area = None if grade else _number_of(shown, asked.get("area", ""))
    page = pages.get_page(with_area or asked.get("page"))
    groups = [
        Group(letter, list(rows), shown.counts.get(letter, 0))
        for letter, rows in groupby(page.object_list, key=lambda area: area.grade)
    ]
    return TablePage(grade, page, groups)


def _number_of(shown: RedliningMap, position: str) -> int | None:
    """The number of the page of all grades that has this area; None when the map has no such area."""
    if not re.fullmatch(r"[0-9]{1,6}", position):
        return None
    area = shown.areas.filter(position=int(position)).first()
    if area is None:
        return None
    same_grade = Q(grade=area.grade, position__lt=area.position)
    before = shown.areas.filter(Q(grade__lt=area.grade) | same_grade).count()
    return before // MOST_ROWS + 1
