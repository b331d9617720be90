"""Logs and error reports without what people wrote: no bodies, no query strings, no local variables, no error's words.

Words of an error may be a member's (`DETAIL: Key (email)=(…) already exists`), so that only its kind is kept, and where
it came from.
"""

import logging
import traceback
from collections.abc import ItemsView, Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

HIDDEN = "(hidden)"
MOST_CAUSES = 20  # an error that names more as its causes is cut off


def route_of(request: HttpRequest) -> str:
    """The pattern that the request matched, such as `learn/<slug>/`; never the path itself."""
    match = getattr(request, "resolver_match", None)
    return match.route if match is not None else "(no route)"


class ScrubFilter(logging.Filter):
    """Replaces the path in Django's request log lines by the route's pattern and drops anything else it was given.

    Of an error it leaves the kind and the frames. In development, which DEBUG marks and production refuses, its words
    stay: they are the developer's own.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place; always lets it through."""
        self._scrub_message(record)
        if not settings.DEBUG:
            self._scrub_errors(record)
        return True

    @staticmethod
    def _scrub_errors(record: logging.LogRecord) -> None:
        if isinstance(record.args, tuple):
            record.args = tuple(map(_kind_of_error, record.args))
        elif record.args:
            record.args = {name: _kind_of_error(value) for name, value in record.args.items()}
        if record.exc_info and record.exc_info[1] is not None:
            bare = without_words(record.exc_info[1])
            record.exc_info = (type(bare), bare, record.exc_info[2])
            record.exc_text = where_it_happened(bare)

    @staticmethod
    def _scrub_message(record: logging.LogRecord) -> None:
        request: Any = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            record.msg = "%s %s id=%s"
            record.args = (
                getattr(record, "status_code", "-"),
                route_of(request),
                getattr(request, "request_id", "-"),
            )
        elif record.name == "django.server":
            record.msg, record.args = "request served", ()
        elif isinstance(record.msg, BaseException) and not settings.DEBUG:
            record.msg, record.args = _kind_of_error(record.msg), ()


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


def _kind_of_error(value: object) -> object:
    return type(value).__name__ if isinstance(value, BaseException) else value


class NoValuesFilter(SafeExceptionReporterFilter):
    """Error reports show neither posted values, nor local variables, nor cookies."""

    def is_active(self, request: HttpRequest | None) -> bool:
        """Always on, whatever DEBUG says."""
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, str]:
        """Names only."""
        return {} if request is None else dict.fromkeys(request.POST, HIDDEN)

    def get_traceback_frame_variables(self, request: Any, tb_frame: Any) -> ItemsView[str, Any]:
        """Names only: a local variable may hold a member's text."""
        return dict.fromkeys(tb_frame.f_locals, HIDDEN).items()

    def get_safe_cookies(self, request: HttpRequest | None) -> dict[str, str]:
        """Names only."""
        return {} if request is None else dict.fromkeys(request.COOKIES, HIDDEN)


class ReporterWithoutRequest(ExceptionReporter):
    """An error report that knows where it happened and nothing of what was asked or said.

    No path, query, form or cookie, and of the error its kind alone.
    """

    def __init__(
        self,
        request: HttpRequest | None,
        exc_type: Any,
        exc_value: Any,
        tb: Any,
        is_email: bool = False,
    ) -> None:
        if (
            not settings.DEBUG
        ):  # a developer's own page keeps the error's words; production refuses DEBUG
            exc_value = without_words(exc_value) if isinstance(exc_value, BaseException) else None
            exc_type = type(exc_value) if exc_value else None
        super().__init__(None, exc_type, exc_value, tb, is_email=is_email)
        self.filter = NoValuesFilter()
