"""The format of a file that is sealed: chunks of AES-256-GCM, each bound to its place in the file. No Django, no database.

A sealed file is `0x02 | generation (2 bytes, big-endian) | stamp (16)` and then chunks, each `nonce (12) | ciphertext and tag`
of 16 KiB of content, with the associated data `v2|label|primary key|owner|generation|stamp|number|last`. The content ends with
a mark and zeros up to a whole chunk, so all chunks have one size and the length tells little. A chunk that is left out,
repeated, moved, or taken from another file does not open, and neither does the last one of a file that was cut off.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.crypto.envelope import MARK, NONCE_BYTES, TAG_BYTES, CannotOpen, Place, new_nonce

VERSION = 0x02
STAMP_BYTES = 16  # tells two files of one row apart
HEAD_BYTES = 1 + 2 + STAMP_BYTES
CONTENT_BYTES = 16 * 1024  # of each chunk
CHUNK_BYTES = NONCE_BYTES + CONTENT_BYTES + TAG_BYTES


def sealed(
    content: Iterable[bytes],
    *,
    place: Place,
    key: bytes,
    generation: int,
    stamp: bytes | None = None,
    nonce: Callable[[int], bytes] = lambda _number: new_nonce(),
) -> Iterator[bytes]:
    """The pieces of the sealed file, made while the content is read. `stamp` and `nonce` are given for known answers alone."""
    stamp = os.urandom(STAMP_BYTES) if stamp is None else stamp
    cipher = AESGCM(key)

    def chunk(number: int, part: bytes, *, last: bool) -> bytes:
        once = nonce(number)
        return once + cipher.encrypt(once, part, _bound(place, generation, stamp, number, last))

    yield bytes([VERSION]) + generation.to_bytes(2, "big") + stamp
    number, waiting = 0, bytearray()
    for piece in content:
        waiting += piece
        while len(waiting) >= CONTENT_BYTES:
            yield chunk(number, bytes(waiting[:CONTENT_BYTES]), last=False)
            del waiting[:CONTENT_BYTES]
            number += 1
    yield chunk(number, (bytes(waiting) + MARK).ljust(CONTENT_BYTES, b"\x00"), last=True)


class SealedFile:
    """A sealed file on the disk: how long its content is, and the content piece by piece.

    The last chunk is opened first, so that a file that was cut off is refused before a byte of it is given out.
    """

    def __init__(self, file: BinaryIO, *, place: Place, key_of: Callable[[int], bytes]) -> None:
        """`key_of` gives the owner's key of a generation. Raises CannotOpen, or what `key_of` raises."""
        length = file.seek(0, os.SEEK_END)
        file.seek(0)
        head = file.read(HEAD_BYTES)
        self._chunks, left = divmod(length - HEAD_BYTES, CHUNK_BYTES)
        if len(head) < HEAD_BYTES or head[0] != VERSION or left or not self._chunks:
            raise CannotOpen
        self._generation, self._stamp = int.from_bytes(head[1:3], "big"), head[3:]
        self._file, self._place = file, place
        self._cipher = AESGCM(key_of(self._generation))
        self._end = self._last()
        self.size = (self._chunks - 1) * CONTENT_BYTES + len(self._end)

    def content(self) -> Iterator[bytes]:
        """The content in pieces, one chunk in memory at a time. Raises CannotOpen at a chunk that was touched."""
        self._file.seek(HEAD_BYTES)
        for number in range(self._chunks - 1):
            yield self._opened(self._file.read(CHUNK_BYTES), number)
        yield self._end

    def _last(self) -> bytes:
        self._file.seek(-CHUNK_BYTES, os.SEEK_END)
        whole = self._opened(self._file.read(CHUNK_BYTES), self._chunks - 1)
        content, mark, zeros = whole.rpartition(MARK)
        if not mark or zeros.strip(b"\x00"):
            raise CannotOpen
        return content

    def _opened(self, chunk: bytes, number: int) -> bytes:
        last = number == self._chunks - 1
        bound = _bound(self._place, self._generation, self._stamp, number, last)
        try:
            return self._cipher.decrypt(chunk[:NONCE_BYTES], chunk[NONCE_BYTES:], bound)
        except (InvalidTag, ValueError):  # a file that became shorter while it was read
            raise CannotOpen from None


def _bound(place: Place, generation: int, stamp: bytes, number: int, last: bool) -> bytes:
    """The associated data that ties a chunk to its place in this very file."""
    return (
        f"v{VERSION}|{place.label}|{place.row}|{place.owner}|{generation}"
        f"|{stamp.hex()}|{number}|{int(last)}"
    ).encode()
