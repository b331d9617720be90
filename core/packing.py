"""The zip file, made while it is sent: a piece is given out as soon as it is there, and nothing waits on a disk."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import IO, cast

#: A name, the time it gets, and its text in pieces.
File = tuple[str, datetime, Iterable[str]]
PIECE = 32 * 1024  # bytes that are worth sending
OURS_ALONE = (stat.S_IFREG | 0o600) << 16  # of the unpacked files


class _Outlet:
    """What the zip writer writes into; it cannot be wound back."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []
        self.size = 0

    def write(self, data: bytes) -> int:
        """Take what the writer gives."""
        self.waiting.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing lies in between."""

    def taken(self) -> bytes:
        """What has come since the last time."""
        found = b"".join(self.waiting)
        self.waiting, self.size = [], 0
        return found


def packed(files: Iterable[File]) -> Iterator[bytes]:
    """The pieces of a zip file of these."""
    outlet = _Outlet()
    with zipfile.ZipFile(cast(IO[bytes], outlet), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, moment, text in files:
            with archive.open(_described(name, moment), "w") as file:
                for piece in text:
                    file.write(piece.encode())
                    if outlet.size >= PIECE:
                        yield outlet.taken()
            if outlet.size >= PIECE:
                yield outlet.taken()
    yield outlet.taken()


def _described(name: str, moment: datetime) -> zipfile.ZipInfo:
    """Times in a zip file begin with 1980 and end with 2107."""
    year = min(max(moment.year, 1980), 2107)
    info = zipfile.ZipInfo(name, (year, *moment.timetuple()[1:6]))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = OURS_ALONE
    return info
