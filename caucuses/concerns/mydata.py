"""Reports inside a caucus in their writer's own copy, with the facilitators' answer. What the post said is another's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from caucuses.concerns.choices import ConcernState
from caucuses.concerns.permissions import concerns_written_by
from caucuses.concerns.reading import told
from caucuses.models import Seat
from caucuses.mydata import in_each_room
from core.register import Part, Words, values_of

LABELS: Mapping[str, Words] = {
    "room": _("Room"),
    "sent": _("Sent"),
    "state": _("State"),
    **values_of("state", ConcernState),
    "words": _("What is the matter"),
    "answered": _("Answered"),
    "answer": _("What the facilitators answered"),
}


def own_copy(member: Any) -> Iterable[Part]:
    """What the member reported."""
    yield Part("reports", _("What you reported"), partial(in_each_room, member, _reports))


def _reports(seat: Seat) -> Iterator[Mapping[str, Any]]:
    for row in concerns_written_by(seat).order_by("sent_on", "pk"):
        words = told(row, with_excerpt=False)
        yield {
            "sent": row.sent_on,
            "state": row.state,
            "words": words.words,
            "answered": row.answered_at,
            "answer": words.answer,
        }
