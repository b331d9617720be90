"""What the stories of reports share."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpResponse

from caucuses.concerns.actions.reporting import send_concern
from caucuses.concerns.models import Concern
from caucuses.models import Seat

WORDS = "She laughed at what I said about my father."


def facilitating(seat: Seat) -> Seat:
    """The same seat, which facilitates from now on."""
    Seat.objects.filter(pk=seat.pk).update(is_facilitator=True)
    seat.is_facilitator = True
    return seat


def report(seat: Seat, about: Seat | None, **given: Any) -> Concern:
    """A report by this seat about that one."""
    return send_concern(seat=seat, concern_id=uuid4(), words=WORDS, about=about, **given)


def sent(client: Any, address: str, words: str = WORDS) -> HttpResponse:
    """What the form answers."""
    answer: HttpResponse = client.post(address, {"words": words, "once": str(uuid4())})
    return answer
