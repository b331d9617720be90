"""That a cohort is asked something. The notice names the cohort, never a question."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from backbone.pulse.models import Pulse
from backbone.pulse.permissions import pulses_visible_to
from core.register import Payload, Shown
from notices.actions import notify_all

PULSE = "backbone.pulse"


def pulse_opened(pulse: Pulse, asked: Collection[UUID], by: Any) -> None:
    """Everybody who is asked, but who opened it."""
    members = list(User.objects.filter(pk__in=asked).exclude(pk=by.pk))
    notify_all(members=members, kind=PULSE, payload={"pulse": pulse.pk})


def known_pulses(member: Any) -> dict[str, Any]:
    """The pulses that the member may know of now."""
    return {"pulse": pulses_visible_to(member)}


def show_pulses(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The pulses that the member may know of now: one query for all. The same words for who has answered and who has not."""
    ids = {str(payload["pulse"]) for payload in payloads}
    rows = pulses_visible_to(member).filter(pk__in=ids).select_related("cohort")
    found = {str(row.pk): row for row in rows}
    return [_pulse(found.get(str(payload["pulse"]))) for payload in payloads]


def _pulse(row: Pulse | None) -> Shown | None:
    if row is None:
        return None
    words = (
        _("There is a pulse in %(cohort)s: short questions, answered without a name")
        if row.takes_answers
        else _("The pulse in %(cohort)s is closed")
    )
    url = reverse("pulse:pulse_show", args=[row.cohort.slug])
    return Shown(words % {"cohort": row.cohort.name}, url)
