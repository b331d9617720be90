"""What a lesson cites: facts by their key, and sources of its own, numbered in the order in which a reader meets them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from curriculum.models.facts import KEY, Fact

#: `[@RL04]` cites a fact or a source; `[=RL04]` says the fact's own sentence there and cites it.
CITED = re.compile(rf"\[([@=])({KEY})\]")


@dataclass(frozen=True)
class Reference:
    """One line of a lesson's sources."""

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


@dataclass(frozen=True)
class References:
    """Everything that a lesson cites, by number, with the facts by key."""

    lines: tuple[Reference, ...]
    facts: dict[str, Fact]
    unknown: tuple[str, ...]

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each by its key."""
        return {line.key: line.number for line in self.lines}


def cited_keys(body: Any) -> list[str]:
    """The keys that a body cites, each once, in reading order."""
    return list(dict.fromkeys(key for block in body for key in _keys_of(block)))


def references_of(body: Any) -> References:
    """The numbered sources of a body: one query for the facts, whatever their number."""
    own = {source["key"]: source for block in body if block.block_type == "sources" for source in block.value}  # fmt: skip
    keys = [*cited_keys(body)]
    wanted = [key for key in keys if key not in own]
    facts = {fact.key: fact for fact in Fact.objects.filter(key__in=wanted)} if wanted else {}
    found = [key for key in keys if key in own or key in facts]
    found += [key for key in own if key not in found]
    lines = tuple(
        _own(own[key], number) if key in own else _fact(facts[key], number)
        for number, key in enumerate(found, start=1)
    )
    return References(lines, facts, tuple(key for key in wanted if key not in facts))


def _keys_of(block: Any) -> Iterator[str]:
    if block.block_type == "fact":
        if block.value.get("fact"):
            yield block.value["fact"].key
    elif block.block_type in {"quotation", "figure"}:
        yield from (key for _kind, key in CITED.findall(str(block.value.get("text") or "")))
        if block.value.get("source"):
            yield block.value["source"]
    elif block.block_type in {"markdown", "care"}:
        text = block.value if block.block_type == "markdown" else block.value.get("text", "")
        yield from (key for _kind, key in CITED.findall(text))


def _own(source: Any, number: int) -> Reference:
    names = ("author", "title", "publisher", "year", "url", "checked")
    values = {name: source.get(name) or "" for name in names}
    return Reference(source["key"], number, confidence=source.get("confidence") or "high", **values)


def _fact(fact: Fact, number: int) -> Reference:
    return Reference(
        fact.key,
        number,
        fact.source_author,
        fact.source_title,
        fact.source_publisher,
        fact.source_year,
        fact.source_url,
        fact.checked,
        fact.confidence,
        fact.statement,
    )
