"""How an upload is refused: a sentence for a form, whose reason alone the loader puts into its own."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError


def refused(words: Any, why: str) -> ValidationError:
    """The refusal; `words` say `%(why)s` where the reason belongs."""
    return ValidationError(words, code="upload_refused", params={"why": why})


def why(problem: Exception) -> str:
    """The reason alone of a refusal made here, else all that the problem says."""
    params = getattr(problem, "params", None)
    return str(params["why"]) if params and "why" in params else str(problem)
