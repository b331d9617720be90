"""Where a pulse stands for one reader: whether they can answer, have answered, or were not asked. Never how many have."""

from __future__ import annotations

from typing import Any

from backbone.pulse import sealed
from backbone.pulse.models import Pulse
from backbone.pulse.permissions import can_answer_pulse
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing


def where_it_stands(pulse: Pulse | None, user: Any) -> str:
    """A word for the page: `none`, `counting` between its last day and the count, `answer`, `answered`, `not_asked`, `broken`."""
    if pulse is None:
        return "none"
    if not pulse.takes_answers:
        return "counting"
    if not can_answer_pulse(user, pulse):
        return "not_asked"
    try:
        answered = sealed.people_in(pulse.answered).get(sealed.named(user.pk))
    except (CannotOpen, KeyMissing):
        could_not_open(pulse)
        return "broken"
    if answered is None:
        return "not_asked"
    return "answered" if answered else "answer"
