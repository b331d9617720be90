"""Keeps the ids of blocks over a new text, so that editions and marks of change stay with the block that they mean."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any
from uuid import uuid4

from curriculum.loader.state import plain

Block = dict[str, Any]


def with_ids(new: list[Block], old: list[Block]) -> list[Block]:
    """The new blocks, each with the id of the old block that it is.

    A block that says the same keeps its id, wherever it stands now; so does one that was changed between the same
    neighbors and is of the same kind. Any other gets an id of its own.
    """
    taken: dict[int, int] = {}  # place among the new ones: place among the old ones
    before, after = [_key(block) for block in old], [_key(block) for block in new]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for at, to, length in matcher.get_matching_blocks():
        taken.update({to + step: at + step for step in range(length)})
    for place, key in enumerate(after):
        if place not in taken:
            moved = [at for at, one in enumerate(before) if one == key and at not in taken.values()]
            taken.update({place: at for at in moved[:1]})  # noqa: B035 (one at most)
    for _kind, first, last, start, end in matcher.get_opcodes():
        taken.update(_changed(old, new, range(first, last), range(start, end), taken))
    return [
        {**block, "id": old[taken[place]].get("id") or str(uuid4()) if place in taken else str(uuid4())}
        for place, block in enumerate(new)
    ]  # fmt: skip


def _changed(
    old: list[Block], new: list[Block], olds: range, news: range, taken: dict[int, int]
) -> Iterator[tuple[int, int]]:
    """Pairs of one kind within a gap between blocks that stayed, in the order of the page."""
    free = [at for at in olds if at not in taken.values()]
    for place in news:
        if place in taken:
            continue
        same = next((at for at in free if old[at]["type"] == new[place]["type"]), None)
        if same is not None:
            free = [at for at in free if at > same]
            yield place, same


def _key(block: Block) -> str:
    return json.dumps(plain(block), sort_keys=True)
