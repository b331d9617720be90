"""How a request is made of what the web server hands over: whatever its sender says of its text, and only when it came whole."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import LimitedStream, WSGIHandler, WSGIRequest

#: Reads every byte as some character. Django refuses a form in it with 400, as it does each that is not UTF-8.
ANY_BYTES = "iso-8859-1"


class Request(WSGIRequest):
    """A request that can be made whatever charset and query its sender writes.

    Django 5.2 believes each name that Python knows as a codec, `rot13` or `zlib` too, and reads the query while the request
    is being made. An error there stands before every middleware: the sender gets a bare 500, and no log line names it.
    The site itself writes and reads UTF-8.
    """

    def __init__(self, environ: dict[str, Any]) -> None:
        super().__init__(environ)
        stream: Any = self._stream
        self._stream: Any = WholeStream(environ["wsgi.input"], stream.limit)

    @property
    def encoding(self) -> str | None:
        """The charset of query and form; None: what Django assumes, UTF-8."""
        return self._encoding

    @encoding.setter
    def encoding(self, name: str | None) -> None:
        """Take a name that reads text; for another, one that reads any bytes."""
        self._encoding = name if name is None or reads_text(name) else ANY_BYTES
        for read in ("GET", "_post"):
            self.__dict__.pop(read, None)  # to be read anew, when somebody asks for it


class WholeStream(LimitedStream):
    """What a sender said they would send, to its last byte.

    A line that drops ends the stream early, which the web server does not tell. Half a form would then be taken for a whole
    one, with the last of its words cut off, and its second, whole sending for the same form sent twice (threats H11).
    """

    limit: int
    _pos: int

    def read(self, size: int | None = -1, /) -> bytes:
        """At most so many bytes, all without a number. Raises BadRequest where the sender was cut off."""
        left = self.limit - self._pos
        wanted = left if size is None or size < 0 else min(size, left)
        data = super().read(wanted)
        while data and len(data) < wanted:
            more = super().read(wanted - len(data))
            data += more
            if not more:
                break
        if len(data) < wanted:
            raise BadRequest("The line dropped before all of the request had come.")
        return data

    def readline(self, size: int | None = -1, /) -> bytes:
        """A line. Raises BadRequest where the sender was cut off."""
        line = super().readline(size)
        if not line and size != 0 and self._pos < self.limit:
            raise BadRequest("The line dropped before all of the request had come.")
        return line


class Handler(WSGIHandler):
    """Django's own, with such requests."""

    request_class = Request


def reads_text(name: str) -> bool:
    """Whether Python reads text by this codec."""
    try:
        b"a=b%2F&c".decode(name)
    except UnicodeDecodeError:
        return True  # other text would be read
    except (LookupError, ValueError):
        return False
    return True
