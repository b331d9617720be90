"""What Wagtail's own check of blocks finds, as sentences that name the place; its form shows them at the field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks


class Found(NamedTuple):
    """One message: the number of the part (0: the body as a whole), the name of its value, labels, what is wrong."""

    part: int
    field: str
    labels: tuple[str, ...]
    words: str


def errors_of(body: Any) -> list[Found]:
    """What the blocks' own checks say about a body, whoever wrote it."""
    try:
        body.stream_block.clean(body)
    except ValidationError as problem:
        return list(_of_stream(body, problem))
    return []


def _of_stream(body: Any, problem: ValidationError) -> Iterator[Found]:
    for words in _whole(problem):
        yield Found(0, "", (), words)
    for index, error in getattr(problem, "block_errors", {}).items():
        block = body[index].block
        for field, labels, words in _inside(block, error):
            yield Found(index + 1, field, labels, words)


def _inside(block: Any, problem: ValidationError) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Name of the outermost value, labels from outside in, and message, for everything in one block."""
    inner = getattr(problem, "block_errors", None)
    if inner is None:
        yield from (("", (), str(words)) for words in problem.messages)
        return
    yield from (("", (), words) for words in _whole(problem))
    for name, error in inner.items():
        child, label = _child(block, name)
        for _field, labels, words in _inside(child, error):
            yield str(name), (label, *labels), words


def _child(block: Any, name: Any) -> tuple[Any, str]:
    if isinstance(block, blocks.ListBlock):
        return block.child_block, _("%(kind)s %(number)s") % {
            "kind": block.child_block.label, "number": name + 1,
        }  # fmt: skip
    child = block.child_blocks[name]
    return child, str(child.label)


def _whole(problem: ValidationError) -> list[str]:
    """Messages about the block itself, not about one of its values."""
    inner = getattr(problem, "block_errors", None)
    if inner is None:
        return [str(words) for words in problem.messages]
    errors = problem.non_block_errors.as_data()  # type: ignore[attr-defined]
    return [str(words) for error in errors for words in error.messages]
