"""How the log is written: lines for a person at a terminal, or one line of JSON for each thing in production."""

from __future__ import annotations

import sys
from typing import Any

from core.loglines import end_without_words


def plain() -> dict[str, Any]:
    """For the demonstration, development and tests. No line for each request: the terminal belongs to who sits at it."""
    return _logging({"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}, "WARNING")


def json_lines() -> dict[str, Any]:
    """For production: a line for each request, and everything else in the same form (`core.loglines`)."""
    return _logging({"()": "core.loglines.JsonLines"}, "INFO")


def keep_words_out_of_endings() -> None:
    """Where nobody sits at a terminal, what a program writes when it ends by an error is a log as well (threats A22)."""
    if not sys.stderr.isatty():
        sys.excepthook = end_without_words


def _logging(formatter: dict[str, Any], requests: str) -> dict[str, Any]:
    def to_console(level: str) -> dict[str, Any]:
        return {"handlers": ["console"], "level": level, "propagate": False}

    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "filters": {"scrub": {"()": "core.logs.ScrubFilter"}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["scrub"]}
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "django": to_console("WARNING"),
            "lodestar": to_console("INFO"),
            "lodestar.access": to_console(requests),
        },
    }
