"""Uploads in a bucket, for several machines. What is in it is read by this site alone and given out by its own views.

An address of the bucket itself, signed or not, would go past the rule of who may open a document; so there is none.
"""

from __future__ import annotations

import io
from typing import Any, cast
from urllib.parse import urljoin

from botocore.exceptions import ClientError
from django.conf import settings
from django.core.files import File
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

AT_ONCE = 256 * 1024  # bytes that are asked of a stream at a time


class Remote(io.RawIOBase):
    """What lies in the bucket, read from where one stands, so that the middle of a film costs no more than its middle."""

    def __init__(self, stored: Any) -> None:
        super().__init__()
        self._stored, self._size = stored, int(stored.content_length)
        self._at, self._stream = 0, cast(Any, None)

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Where one stands, in bytes."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Stand elsewhere; asks for nothing."""
        at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if at != self._at:
            self._drop()
        self._at = at
        return at

    def readinto(self, room: Any) -> int:
        """Read on from here; 0 at the end. Raises what the storage answers."""
        if self._at >= self._size:
            return 0
        if self._stream is None:
            self._stream = self._stored.get(Range=f"bytes={self._at}-")["Body"]
        data = self._stream.read(min(len(room), AT_ONCE))
        room[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        """Leave the line."""
        self._drop()
        super().close()

    def _drop(self) -> None:
        if self._stream is not None:
            self._stream.close()
        self._stream = None


class Bucket(S3Storage):  # type: ignore[misc]
    """The stock one, but that its addresses are those of this site and that a file is read from where it is wanted."""

    def url(self, name: str, *_given: Any, **_more: Any) -> str:
        """The address on this site, as of a file in a folder; nothing says where it lies."""
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name))

    def _open(self, name: str, mode: str = "rb") -> Any:
        if mode != "rb":
            return super()._open(name, mode)
        stored = self.bucket.Object(self._normalize_name(clean_name(name)))
        try:
            stored.load()
        except ClientError as problem:
            if problem.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                raise FileNotFoundError(name) from None
            raise
        return File(io.BufferedReader(Remote(stored), AT_ONCE), name)
