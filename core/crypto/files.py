"""Files that are sealed under an owner's data key. What is in them is in memory piece by piece, and on no disk unsealed.

A file is bound to its label, its row and its owner like a sealed field (`core.crypto.chunks`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import BinaryIO
from uuid import UUID

from core.crypto import chunks, owners
from core.crypto.chunks import SealedFile
from core.crypto.envelope import CannotOpen, Place
from core.crypto.owners import KeyDestroyed, Owner


def sealed(content: Iterable[bytes], *, label: str, row: UUID, owner: Owner) -> Iterator[bytes]:
    """The pieces of the sealed file. Raises KeyMissing, KeyDestroyed or CannotOpen before the first one."""
    key = owners.current_key(owner)
    place = _place(label, row, owner)
    return chunks.sealed(content, place=place, key=key.secret, generation=key.generation)


def opened(file: BinaryIO, *, label: str, row: UUID, owner: Owner) -> SealedFile:
    """The file's size and content. Raises CannotOpen for what was damaged, cut off or moved, KeyMissing without its wrapping key."""
    try:
        return SealedFile(
            file, place=_place(label, row, owner), key_of=partial(owners.key_of, owner)
        )
    except KeyDestroyed:
        raise CannotOpen from None


def _place(label: str, row: UUID, owner: Owner) -> Place:
    return Place(label, str(row), str(owner))
