"""The facilitator notes of a lesson, for who may read them. Nothing here is ever kept for more than one answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

from core.text import trusted
from curriculum.blocks.facilitating import ALLOWED, FacilitatorBlock
from curriculum.permissions import can_read_facilitator_notes
from curriculum.references import References


@dataclass(frozen=True)
class Note:
    """One note: the id of its block (else its place on the page), and its value."""

    block: str
    value: Any
    part: Any


def notes_of(lesson: Any, user: Any) -> list[Note]:
    """The notes of this lesson that the user may read, in the order of the page: all of them, or none."""
    found = list(_notes(lesson))
    return found if found and can_read_facilitator_notes(user) else []


def shown_notes(lesson: Any, request: HttpRequest, references: References) -> Mapping[str, SafeString]:  # fmt: skip
    """The notes as HTML by block, for this reader. A preview shows them to who edits the lesson.

    Asks about the reader only where there is a note, and never more than their roles and what they facilitate.
    """
    preview = bool(getattr(request, "is_preview", False))
    notes = list(_notes(lesson)) if preview else notes_of(lesson, request.user)
    given = {
        "numbers": references.numbers,
        "facts": references.facts,
        "page": lesson,
        ALLOWED: True,
    }
    return {note.block: trusted(note.part.render(given)) for note in notes}


def block_id(part: Any, place: int) -> str:
    """By what a note is known on its page; a block that was just typed has no id yet."""
    return str(part.id or place)


def _notes(lesson: Any) -> Iterator[Note]:
    for place, part in enumerate(lesson.body):
        if isinstance(part.block, FacilitatorBlock):
            yield Note(block_id(part, place), part.value, part)
