"""The download: opened piece by piece while it goes out. The copy is gone when the last byte was taken, and not before.

A download that breaks off costs nothing: it is begun again with one press. Of two at once the later one ends, and the earlier
one stops before its last piece.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, BinaryIO
from uuid import UUID, uuid4

from accounts.choices import CopyState
from accounts.models import OwnCopy
from accounts.owncopy.actions import current_copy, take_away
from accounts.owncopy.building import LABEL, whose
from accounts.permissions import can_have_own_copy
from core import audit
from core.crypto import files
from core.crypto.chunks import SealedFile
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing
from core.storage import is_storage_trouble


class NoCopy(Exception):
    """There is none to download (any more)."""


class Damaged(Exception):
    """The file is there and does not open, or is not there. It was taken away; nothing else is lost."""


class KeysAway(Exception):
    """The keys that open it are not there now. It waits for them."""


@dataclass(frozen=True)
class Download:
    """A file that is about to go out: its size, and its pieces."""

    size: int
    pieces: Iterator[bytes]


def begin_download(*, by: Any) -> Download:
    """Open the member’s own copy; it is found whole before its first byte goes out. Raises NoCopy, Damaged or KeysAway."""
    copy = current_copy(by)
    if copy is None or not copy.is_ready or not can_have_own_copy(by):
        raise NoCopy
    file, sealed = _opened(copy)
    turn = uuid4()
    ours = OwnCopy.objects.filter(pk=copy.pk, state=CopyState.READY).update(handing=turn)
    if not ours:
        file.close()
        raise NoCopy
    return Download(sealed.size, _pieces(copy, by, file, sealed, turn))


def _opened(copy: OwnCopy) -> tuple[BinaryIO, SealedFile]:
    try:
        file = copy.file.open("rb")
    except OSError as problem:
        if is_storage_trouble(problem):
            raise  # it is there, and cannot be reached now
        take_away(copy)
        raise Damaged from None
    try:
        return file, files.opened(file, label=LABEL, row=copy.pk, owner=whose(copy))
    except KeyMissing:
        file.close()
        raise KeysAway from None
    except CannotOpen:
        file.close()
        take_away(copy)
        raise Damaged from None


def _pieces(
    copy: OwnCopy, by: Any, file: BinaryIO, sealed: SealedFile, turn: UUID
) -> Iterator[bytes]:
    """What is asked for after the last piece says that it was taken."""
    ours = OwnCopy.objects.filter(pk=copy.pk, handing=turn)
    with closing(file):
        content = filter(None, sealed.content())
        last = next(content, b"")
        for piece in content:
            yield last
            last = piece
        if not ours.exists():  # begun anew elsewhere, thrown away, or its day is over
            return
        yield last
        if ours.exists():
            take_away(copy)
            audit.record("own_copy.taken", by=by, subject=by)
