"""The field that holds a lesson's blocks."""

from __future__ import annotations

from typing import Any

from wagtail.fields import StreamField


class LessonBody(StreamField):
    """A stream whose migrations do not repeat its blocks: their words and number change often, its column never."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """The field without its blocks."""
        name, path, _blocks, given = super().deconstruct()
        given.pop("block_lookup", None)
        return name, path, [[]], given
