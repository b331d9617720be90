"""Search over what is published: lessons through the CMS's index, other things through the door `search`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from core import doors
from curriculum.models import LessonPage
from curriculum.outline import outline_for

MOST_LETTERS = 200  # of a query; nobody types more, and longer ones cost time
MOST_WORDS = 12
MOST_RESULTS = 20  # of one kind

WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


@dataclass(frozen=True)
class Results:
    """What was found, lessons and terms apart."""

    lessons: list[Any]
    others: list[Any]

    def __len__(self) -> int:
        return len(self.lessons) + len(self.others)


def words_of(query: str) -> list[str]:
    """The words of a query without anything that a search engine would take for its own syntax."""
    return WORD.findall(query[:MOST_LETTERS])[:MOST_WORDS]


def search(query: str, request: HttpRequest) -> Results:
    """Find published lessons that this reader may open, and what other apps offer at the door `search`."""
    words = words_of(query)
    if not words:
        return Results([], [])
    addresses = {page: url for url, page in outline_for(request.user, request).addresses.items()}
    # The index filters by plain columns alone, so the rule is asked as a list of the pages that it lets through.
    visible: Any = LessonPage.objects.filter(pk__in=list(addresses))
    found = [
        {"title": lesson.title, "lede": lesson.lede, "url": addresses[lesson.pk]}
        for lesson in visible.search(" ".join(words))[:MOST_RESULTS]
    ]
    others = [row for rows in doors.ask("search", words=words) for row in rows[:MOST_RESULTS]]
    return Results(found, others)
