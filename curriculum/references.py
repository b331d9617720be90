"""What a lesson cites: facts by their key, and sources of its own, numbered in the order in which a reader meets them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import CharField

from core.prepared import Prepared, room_for, several, told
from core.text.published import is_web_address
from curriculum.models.facts import Fact


@dataclass(frozen=True)
class Reference:
    """One line of a lesson's sources. Its address is empty unless a link may lead there."""

    key: str
    number: int
    author: str
    title: str
    publisher: str
    year: str
    url: str
    checked: str
    confidence: str
    statement: str = ""
    checked_on: date | None = None


class Numbers(dict[str, int]):
    """The number of each source by its key; `confidences` says how sure we are of each."""

    def __init__(self, lines: Iterable[Reference] = ()) -> None:
        lines = tuple(lines)
        super().__init__((line.key, line.number) for line in lines)
        self.confidences = {line.key: line.confidence for line in lines}


@dataclass(frozen=True)
class References:
    """Everything that a lesson cites, by number, with the facts by key."""

    lines: tuple[Reference, ...]
    facts: dict[str, Fact]
    unknown: tuple[str, ...]

    @property
    def numbers(self) -> Numbers:
        """The number of each by its key."""
        return Numbers(self.lines)


@lru_cache(maxsize=10)  # few numbers of places
def _facts(room: int) -> Prepared[Fact]:
    places = several("key", room, CharField())
    return Prepared(lambda: Fact.objects.filter(key__in=places))


def cited_keys(body: Any) -> list[str]:
    """The keys that a body cites, each once, in reading order."""
    return list(dict.fromkeys(key for part in body for key in part.block.cited(part.value)))


def references_of(body: Any, *, also: Iterable[str] = ()) -> References:
    """The numbered sources of a body, `also` those of these keys: one query for the facts, whatever their number."""
    own = {source["key"]: source for block in body if block.block_type == "sources" for source in block.value}  # fmt: skip
    keys = list(dict.fromkeys([*cited_keys(body), *also]))
    wanted = [key for key in keys if key not in own]
    room = room_for(len(wanted))
    rows = _facts(room).ask(**told("key", room, wanted)) if wanted else []
    facts = {fact.key: fact for fact in rows}
    found = [key for key in keys if key in own or key in facts]
    found += [key for key in own if key not in found]
    lines = tuple(
        _own(own[key], number) if key in own else _fact(facts[key], number)
        for number, key in enumerate(found, start=1)
    )
    return References(lines, facts, tuple(key for key in wanted if key not in facts))


def _own(source: Any, number: int) -> Reference:
    def given(name: str) -> str:
        return str(source.get(name) or "")

    return Reference(
        key=source["key"],
        number=number,
        author=given("author"),
        title=given("title"),
        publisher=given("publisher"),
        year=given("year"),
        url=_linked(given("url")),
        checked=given("checked"),
        confidence=given("confidence") or "high",
    )


def _linked(address: str) -> str:
    return address if is_web_address(address) else ""


def _fact(fact: Fact, number: int) -> Reference:
    return Reference(
        fact.key,
        number,
        fact.source_author,
        fact.source_title,
        fact.source_publisher,
        fact.source_year,
        _linked(fact.source_url),
        fact.checked,
        fact.confidence,
        fact.said,
        fact.checked_on,
    )


def linked_terms(body: Any) -> list[str]:
    """The addresses of the terms that a body leads to, each once, in reading order."""
    return list(
        dict.fromkeys(slug for part in body for slug in part.block.linked_terms(part.value))
    )
