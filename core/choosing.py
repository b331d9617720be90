"""Choosers for rows that have a UUID as key."""

from __future__ import annotations

from typing import Any

from wagtail.blocks import ChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock


class KeyedRows:
    """Wagtail looks stored keys up in bulk as they were stored; a UUID is stored as words."""

    def bulk_to_python(self, values: list[str | None]) -> list[Any]:
        """The row of each stored key, None where it is gone."""
        to_key = self.model_class._meta.pk.to_python  # type: ignore[attr-defined]
        return super().bulk_to_python([to_key(value) for value in values])  # type: ignore[misc,no-any-return]

    def get_form_state(self, value: Any) -> dict[str, Any] | None:
        """What the editor's form shows, the key as words: its script reads JSON, which knows no UUID."""
        state: dict[str, Any] | None = super().get_form_state(value)  # type: ignore[misc]
        return state and {**state, "id": str(state["id"])}


class KeyedSnippetChooserBlock(KeyedRows, SnippetChooserBlock):
    """Chooses a snippet that has a UUID."""


class KeyedChooserBlock(KeyedRows, ChooserBlock):
    """Chooses a row of a plain model that has a UUID."""
