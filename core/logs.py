"""Logs and error reports without what people wrote: no bodies, no query strings, no local variables, no error's words.

Words of an error may be a member's (`DETAIL: Key (email)=(…) already exists`), so that only its kind is kept, and where
it came from.
"""

import logging
from collections.abc import ItemsView
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from core.loglines import ACCESS, kind_of_error, where_it_happened, without_words

HIDDEN = "(hidden)"


def route_of(request: HttpRequest) -> str:
    """The pattern that the request matched, such as `learn/<slug>/`; never the path itself.

    A page from memory says what it matched when it was made. Of style sheets, scripts and pictures it is the folder.
    """
    match = getattr(request, "resolver_match", None)
    if match is not None:
        return str(match.route)
    if request.path_info.startswith(settings.STATIC_URL):
        return settings.STATIC_URL.lstrip("/")
    return getattr(request, "kept_route", "(no route)")


class ScrubFilter(logging.Filter):
    """Replaces the path in Django's request log lines by the route's pattern and drops anything else it was given.

    Of an error it leaves the kind and the frames. In development, which DEBUG marks and production refuses, its words
    stay: they are the developer's own.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place; always lets it through."""
        if record.name == ACCESS:
            return True  # nothing is in it but what `core.accesslog` put there
        self._scrub_message(record)
        if not settings.DEBUG:
            self._scrub_errors(record)
        return True

    @staticmethod
    def _scrub_errors(record: logging.LogRecord) -> None:
        if isinstance(record.args, tuple):
            record.args = tuple(map(kind_of_error, record.args))
        elif record.args:
            record.args = {name: kind_of_error(value) for name, value in record.args.items()}
        if record.exc_info and record.exc_info[1] is not None:
            bare = without_words(record.exc_info[1])
            record.exc_info = (type(bare), bare, record.exc_info[2])
            record.exc_text = where_it_happened(bare)

    @staticmethod
    def _scrub_message(record: logging.LogRecord) -> None:
        request: Any = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            status, route = getattr(record, "status_code", "-"), route_of(request)
            name = getattr(request, "request_id", "-")
            record.msg, record.args = "%s %s id=%s", (status, route, name)
            record.fields = {"request_id": name, "route": route, "status": status}
        elif record.name == "django.server":
            record.msg, record.args = "request served", ()
        elif isinstance(record.msg, BaseException) and not settings.DEBUG:
            record.msg, record.args = kind_of_error(record.msg), ()


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
