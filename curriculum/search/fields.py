"""How a row goes into the index of the database."""

from __future__ import annotations

from typing import Any

from modelsearch import index

from curriculum.search.words import words_of


class Words(index.SearchField):  # type: ignore[misc]
    """A text as the words that the search compares (`search.words`), never as it was typed."""

    def get_value(self, obj: Any) -> str:
        """The folded words of the attribute."""
        return " ".join(words_of(str(super().get_value(obj) or "")))
