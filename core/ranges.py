"""Parts of a file (RFC 9110, section 14), so that a recording can be listened to from its middle.

Works on an answer that was made and allowed already: a part is never more than the whole that the reader got permission for.
Several ranges at once, and what is no range of bytes, get the whole, as the standard allows.
"""

from __future__ import annotations

import re
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

#: `bytes=0-99`, `bytes=100-`, `bytes=-50`.
ONE_RANGE = re.compile(r"bytes=[ \t]*(\d{0,30})-(\d{0,30})[ \t]*", re.IGNORECASE | re.ASCII)


class Slice:
    """A file from where it stands, for `length` bytes. Has no number of its own: nothing may send more of it."""

    def __init__(self, file: Any, length: int) -> None:
        self._file, self._left = file, length

    def read(self, most: int = -1) -> bytes:
        """The next bytes of the part, at most `most`."""
        wanted = self._left if most < 0 else min(most, self._left)
        found: bytes = self._file.read(wanted)
        self._left -= len(found)
        return found

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def in_part(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer, or the part of it that the request asks for: 206, 416 where there is no such part, else as it was."""
    file = getattr(response, "file_to_stream", None)
    if not isinstance(response, FileResponse) or response.status_code != 200 or file is None:
        return response
    response["Accept-Ranges"] = "bytes"
    asked = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or asked is None or not _is_the_same(request, response):
        return response
    size = int(response["Content-Length"])
    first, last = _ends(asked[1], asked[2], size)
    if first is None:
        return response
    if first >= size or first > last:
        return _no_such_part(response, size)
    kind = response["Content-Type"]
    file.seek(first)
    response.status_code = 206
    response.streaming_content = Slice(file, last - first + 1)  # type: ignore[assignment]
    response["Content-Type"] = kind  # which Django would guess anew
    response["Content-Length"] = last - first + 1
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _ends(first: str, last: str, size: int) -> tuple[int | None, int]:
    """The first and the last byte that are meant; no first one for what means nothing, like `-` and `9-3`."""
    if not first:
        return (max(size - int(last), 0) if int(last) else size, size - 1) if last else (None, 0)
    if last and int(last) < int(first):
        return None, 0
    return int(first), min(int(last), size - 1) if last else size - 1


def _is_the_same(request: HttpRequest, response: FileResponse) -> bool:
    """Whether the part fits to what the reader has: `If-Range` names this very file, or is not there."""
    condition = request.headers.get("If-Range")
    if not condition:
        return True
    if condition.startswith(("W/", '"')):  # a weak name proves nothing about bytes
        return condition == response.get("ETag")
    return condition == response.get("Last-Modified")


def _no_such_part(response: FileResponse, size: int) -> HttpResponse:
    response.close()
    answer = HttpResponse(status=416)
    answer["Content-Range"] = f"bytes */{size}"
    answer["Accept-Ranges"] = "bytes"
    return answer
