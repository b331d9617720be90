"""What a search finds, by kinds: the answer of each offer at the door `search`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from curriculum.search.passages import Part


@dataclass(frozen=True)
class Line:
    """One thing found, in words of what is published alone."""

    title: list[Part]
    url: str
    passage: list[Part]
    source: str = ""
    #: Where it stands, when that is not `url`: pairs of words and address.
    cited_in: Sequence[tuple[str, str]] = field(default=())


@dataclass(frozen=True)
class Kind:
    """All rows of one kind that hold the words and that this reader may know, best first. `show` makes some of them."""

    name: str
    label: Any
    #: The number in words, such as “3 lessons”.
    counted: str
    ids: Sequence[Any]
    show: Callable[[Sequence[Any]], list[Line]]

    def __len__(self) -> int:
        return len(self.ids)
