"""What a restored backup must not go on with here: mail that went out since, or whose day is over (threats H14)."""

from __future__ import annotations

from datetime import datetime

from notices.choices import MailState
from notices.models import OutboxMail


def drop_waiting_mail(*, now: datetime) -> dict[str, int]:
    """Drop every mail that waits. Notices stay under the bell, unread as they were; a later one gets a mail of its own."""
    dropped = OutboxMail.objects.waiting().update(
        state=MailState.DROPPED, done_at=now, recipient="", subject="", text="", html="", lease_until=None, lease_key=None
    )  # fmt: skip
    return {"mails on their way, dropped": dropped}
