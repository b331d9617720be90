"""One line of JSON for each thing that is logged, and errors without their words. Standard library alone.

The web server's own supervising process writes in this form too, and it never loads Django.
"""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

MOST_CAUSES = 20  # an error that names more as its causes is cut off
ACCESS = "lodestar.access"
#: A logger of the web server, written in another language: what follows the first line are an error's words.
SERVER = "_granian"


class JsonLines(logging.Formatter):
    """`time`, `level`, `logger`, `message`, what the record carries as `fields`, and of an error its kinds and frames.

    A line of `lodestar.access` is time, level and its fields, and nothing else.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line. Letters outside ASCII are escaped, so that any machine's log takes them."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told: dict[str, Any] = {"time": at, "level": record.levelname}
        if record.name != ACCESS:
            told |= {"logger": record.name, "message": self._message(record)}
        told |= getattr(record, "fields", {})
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            told["error"] = where_it_happened(without_words(error)).splitlines()
        return json.dumps(told)

    @staticmethod
    def _message(record: logging.LogRecord) -> str:
        if record.args and isinstance(record.args, tuple):
            record.args = tuple(map(kind_of_error, record.args))
        said = record.getMessage() if not isinstance(record.msg, BaseException) else ""
        if record.name.startswith(SERVER):
            said = said.partition("\n")[0]
        return said or str(kind_of_error(record.msg))


def kind_of_error(value: object) -> object:
    """The name of its class for an error; anything else as it is."""
    return type(value).__name__ if isinstance(value, BaseException) else value


def without_words(error: BaseException) -> BaseException:
    """A stand-in for the error: the same kind, frames, causes and members of a group, and not one of its words."""
    return _Bare.copy(error, {})


def where_it_happened(error: BaseException) -> str:
    """The kinds of the error and of its causes, the first cause first, each with its frames: file, line, function."""
    return "\n".join(_lines(error, set()))


class _Bare(Exception):
    """What `without_words` gives: a class of the original's name is made from it for each."""

    members: tuple[BaseException, ...] = ()

    @classmethod
    def copy(cls, error: BaseException, made: dict[int, BaseException]) -> BaseException:
        """Copy the error and all it hangs together with; `made` holds the copies by the original's id, for circles."""
        if isinstance(error, _Bare):
            return error
        if id(error) in made:
            return made[id(error)]
        kind = type(error)
        bare: Any = type(kind.__name__, (cls,), {"__module__": kind.__module__})()
        made[id(error)] = bare
        bare.__traceback__ = error.__traceback__
        if len(made) < MOST_CAUSES:
            for link in ("__cause__", "__context__"):
                before = getattr(error, link)
                setattr(bare, link, None if before is None else cls.copy(before, made))
            parts = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
            bare.members = tuple(cls.copy(part, made) for part in parts)
        bare.__suppress_context__ = error.__suppress_context__
        return bare  # type: ignore[no-any-return]


def _lines(error: BaseException, told: set[int]) -> Iterator[str]:
    told.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in told:
        yield from _lines(before, told)
        yield "which led to" if error.__cause__ else "during which came"
    yield "Traceback (most recent call last):"
    for frame, line in traceback.walk_tb(error.__traceback__):
        yield f'  File "{frame.f_code.co_filename}", line {line}, in {frame.f_code.co_name}'
    yield f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    for part in getattr(error, "members", ()):
        if id(part) not in told:
            yield "one of its members:"
            yield from _lines(part, told)


def end_without_words(
    kind: type[BaseException], error: BaseException, _frames: TracebackType | None = None
) -> None:
    """For `sys.excepthook`: a program that ends by an error says its kind and where, and none of its words."""
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("lodestar").critical(
        "The program ended by an error.", exc_info=without_words(error)
    )
