"""Mail to the operators: something needs them. Says what kind of thing, never whose or which."""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.utils import Error as DatabaseTrouble
from django.utils import timezone, translation

from notices.alarm_words import ALARMS, OTHER
from notices.choices import MailKind
from notices.message_ids import new_message_id
from notices.models import Chore, OutboxMail
from notices.notifications import something_wrong

log = logging.getLogger("lodestar.alarms")
#: After a mail of one kind, no other of that kind for so long, whatever happens again.
QUIET = timedelta(days=1)
#: By kind: when this process last wrote it into its log alone, on the steady clock.
_logged: dict[str, float] = {}


def alarm(*, what: str, **_given: Any) -> None:
    """Tell ALERT_EMAIL of one kind of thing (`notices.alarm_words.ALARMS`; any other is told as `sign`).

    One mail a day for each kind, and never two that wait; without an address, or without a database, a line in the log.
    Raises nothing: whoever asks has trouble enough.
    """
    kind = what if what in ALARMS else OTHER
    if not settings.ALERT_EMAIL:
        _log_alone(kind, what)
        return
    try:
        with transaction.atomic():
            told = _mail(kind, timezone.now())
    except DatabaseTrouble as problem:
        log.error("Alarm, which could not be mailed (%s): %s.", type(problem).__name__, what)
    else:
        if told:
            log.error("Alarm, mailed to ALERT_EMAIL: %s.", what)


def _mail(what: str, now: datetime) -> bool:
    """Put the mail into the outbox unless this kind was told within a day or still waits; says whether it did."""
    with translation.override(settings.LANGUAGE_CODE):
        message = something_wrong(to=settings.ALERT_EMAIL, what=what)
    subject, html = str(message.subject), str(message.alternatives[0][0])
    waiting = OutboxMail.objects.waiting().filter(kind=MailKind.ALARM, subject=subject)
    if waiting.exists() or not _claim(what, now):
        return False
    OutboxMail.objects.create(
        message_id=new_message_id(),
        kind=MailKind.ALARM,
        recipient=settings.ALERT_EMAIL,
        subject=subject,
        text=str(message.body),
        html=html,
        created_at=now,
        due_at=now,
    )
    return True


def _claim(what: str, now: datetime) -> bool:
    """Of several processes that see the same at once, one tells it. A clock that was set back keeps no alarm waiting for long."""
    row, _new = Chore.objects.get_or_create(name=f"alarm.{what}", defaults={"next_at": now})
    due = Chore.objects.due(now, every=QUIET).filter(pk=row.pk)
    return bool(due.update(next_at=now + QUIET))


def _log_alone(kind: str, what: str) -> None:
    before = _logged.get(kind)
    if before is None or time.monotonic() - before >= QUIET.total_seconds():
        _logged[kind] = time.monotonic()
        log.error("Alarm, which nobody is mailed because ALERT_EMAIL is not set: %s.", what)
