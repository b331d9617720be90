"""Mail to the operators: something needs them. Says what kind of thing, never whose or which."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone

from notices.choices import MailKind
from notices.message_ids import new_message_id
from notices.models import OutboxMail
from notices.notifications import something_sealed, something_stuck, something_unerased

MESSAGES = {
    "stuck": something_stuck,
    "sealed": something_sealed,
    "unerased": something_unerased,
}


def alarm(*, what: str, **_given: Any) -> None:
    """Put one mail to ALERT_EMAIL into the outbox: `stuck` (mail given up), `sealed` (something does not open)
    or `unerased` (a step of erasing somebody fails)."""
    if not settings.ALERT_EMAIL:
        return
    message = MESSAGES[what](to=settings.ALERT_EMAIL)
    now = timezone.now()
    OutboxMail.objects.create(
        message_id=new_message_id(),
        kind=MailKind.ALARM,
        recipient=settings.ALERT_EMAIL,
        subject=str(message.subject),
        text=str(message.body),
        created_at=now,
        due_at=now,
    )
