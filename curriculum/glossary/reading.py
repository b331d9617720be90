"""The shared language as readers see it: the wordings in force in one language, read once for each version of what is published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from core.content import kept
from curriculum.glossary.models import InForce, Term


@dataclass(frozen=True)
class TermLine:
    """One term in a list. `language` is that of its words: the reader's, or the one written first where there is no other."""

    term_id: UUID
    slug: str
    name: str
    definition: str
    not_to_be_confused_with: str
    language: str
    retired: bool
    replaced_by: str  # the address of what took its place


@dataclass(frozen=True)
class Lexicon:
    """All terms that readers may know of, in the order of their names."""

    lines: tuple[TermLine, ...]
    language: str

    @cached_property
    def by_slug(self) -> dict[str, TermLine]:
        """The lines by address."""
        return {line.slug: line for line in self.lines}

    @cached_property
    def by_id(self) -> dict[UUID, TermLine]:
        """The lines by the key of the term."""
        return {line.term_id: line for line in self.lines}

    @cached_property
    def in_use(self) -> tuple[TermLine, ...]:
        """Those that are not retired."""
        return tuple(line for line in self.lines if not line.retired)


def lexicon(request: HttpRequest | None = None) -> Lexicon:
    """The shared language in the language of now. One query, none while it is kept."""
    language = get_language() or settings.LANGUAGE_CODE
    make: Callable[[], Lexicon] = lambda: _read(language)  # noqa: E731 (named for its type)
    return kept(request, ("lexicon", language), make) if request is not None else make()


def _read(language: str) -> Lexicon:
    slugs = dict(Term.objects.filter(replaces__isnull=False).values_list("pk", "slug"))
    columns = (
        "term_id", "term__slug", "version__name", "version__definition", "version__not_to_be_confused_with", "language",
        "term__retired_at", "term__replaced_by",
    )  # fmt: skip
    rows = InForce.objects.for_reader().select_related(None).values_list(*columns)
    lines = [_line(row, slugs) for row in rows]
    return Lexicon(tuple(sorted(lines, key=lambda line: line.name.casefold())), language)


def _line(row: tuple[Any, ...], slugs: dict[UUID, str]) -> TermLine:
    pk, slug, name, definition, other, language, retired_at, replaced_by = row
    retired, instead = retired_at is not None, slugs.get(replaced_by, "")
    return TermLine(pk, slug, name, definition, other, language, retired, instead)
