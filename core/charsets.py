"""Requests that say of their text what no text can be read by. The site itself writes and reads UTF-8."""

from __future__ import annotations

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

#: Reads every byte as some character. Django refuses a form in it with 400, as it does each that is not UTF-8.
ANY_BYTES = "iso-8859-1"


class Request(WSGIRequest):
    """A request that can be made whatever charset and query its sender writes.

    Django 5.2 believes each name that Python knows as a codec, `rot13` or `zlib` too, and reads the query while the request
    is being made. An error there stands before every middleware: the sender gets a bare 500, and no log line names it.
    """

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
