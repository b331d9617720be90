"""A lesson that asks its readers to finish the one before it first, with the editor's reason.

What we decided, and why:

- A gate is advice and never a lock. "I know this already: read on" is a plain link (`?read=on`) that shows the body of this
  one answer. It stores nothing and marks nothing: whoever comes back another day reads the reason again, until the lesson
  before or this one is done. A remembered "yes" would be one more private row about a person, for the sake of one click.
- Where a cohort of the member reads the module already, the group sets the pace: the reason is a note above the body.
- The signed-out have no progress that we know of, so they get that note too, the same for all of them.
- An editor's preview shows the note, as the body is what the editor wants to see.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from curriculum.models.progress import Opening

READ_ON = "on"


@dataclass(frozen=True)
class Gate:
    """The reason in words, the lesson that comes first, and whether the reason stands in the place of the body."""

    reason: str
    before: Any
    closed: bool


def gate_of(lesson: Any, place: Any, request: HttpRequest) -> Gate | None:
    """The gate before a lesson for this reader; None when there is none, or either lesson is done.

    One query, and only for a member who would find it closed.
    """
    reason = lesson.gate_reason.strip()
    if not reason or place is None or place.before is None:
        return None
    if place.lesson.done or place.before.done:
        return None
    return Gate(reason, place.before, closed=_is_closed(place, request))


def _is_closed(place: Any, request: HttpRequest) -> bool:
    if not request.user.is_authenticated or getattr(request, "is_preview", False):
        return False
    if request.GET.get("read") == READ_ON:
        return False
    return not _cohort_reads(place.module.origin_id, request.user)


def _cohort_reads(module_id: int, member: Any) -> bool:
    """Whether a cohort of the member has opened the module by the member's own calendar."""
    opened = Opening.objects.of(member).filter(
        module_id=module_id, opens_on__lte=timezone.localdate()
    )
    return opened.exists()
