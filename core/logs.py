"""Logs and error reports without what people wrote: no bodies, no query strings, no local variables."""

import logging
from collections.abc import ItemsView
from typing import Any

from django.http import HttpRequest
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

HIDDEN = "(hidden)"


def route_of(request: HttpRequest) -> str:
    """The pattern that the request matched, such as `learn/<slug>/`; never the path itself."""
    match = getattr(request, "resolver_match", None)
    return match.route if match is not None else "(no route)"


class ScrubFilter(logging.Filter):
    """Replaces the path in Django's request log lines by the route's pattern and drops anything else it was given."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place; always lets it through."""
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
        return True


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
    """An error report that knows where it happened and nothing of what was asked: no path, query, form or cookie."""

    def __init__(self, request: HttpRequest | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(None, *args, **kwargs)
        self.filter = NoValuesFilter()
