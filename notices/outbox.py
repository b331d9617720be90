"""The outbox: claim a mail, ask again whether it is wanted, hand it over, write down what came of it.

A claim is a lease. A worker that is killed leaves its mail to the next one once the lease has run out, with the same
Message-ID, so that one kill repeats a mail at most once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import connection, transaction
from django.db.models import F
from django.db.utils import Error as DatabaseTrouble

from core.retrying import wait_after
from notices.actions import plan_mail
from notices.alarms import alarm
from notices.choices import DIGESTS, TRANSITIONS, MailKind, MailState, Rhythm
from notices.delivery import Away, NotNow, Refused
from notices.models import Notice, OutboxMail
from notices.notifications import something_new
from notices.querysets import LEASE, OutboxQuerySet
from notices.showing import lines
from notices.wishes import wishes

log = logging.getLogger("lodestar.mail")

#: A mail server may be away for a day (threats H17) and a long weekend; then a mail is given up, after as many tries.
PATIENCE, LEAST_TRIES = timedelta(days=3), 30
#: Refusals for good, and faults of our own, that end a mail.
MOST_REFUSALS = 5

Deliver = Callable[[EmailMessage, OutboxMail], None]


def claim(now: datetime) -> OutboxMail | None:
    """Take the mail that has been due longest, for the length of a lease; None when there is nothing to do.

    The attempt is counted here: an attempt that ends in a kill is one, too.
    """
    if not OutboxMail.objects.claimable(now).exists():
        return None  # asked outside a transaction, so that an idle worker never takes SQLite's one lock
    with transaction.atomic():
        due = OutboxMail.objects.claimable(now).order_by("due_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        mail = due.first()
        if mail is None:
            return None
        mail.lease_until, mail.lease_key = now + LEASE, uuid4()
        mail.first_tried_at = mail.first_tried_at or now
        mail.attempts += 1
        taken = OutboxMail.objects.claimable(now).filter(pk=mail.pk)
        changed = taken.update(
            lease_until=mail.lease_until,
            lease_key=mail.lease_key,
            first_tried_at=mail.first_tried_at,
            attempts=F("attempts") + 1,
        )
    return mail if changed else None


def attempt(mail: OutboxMail, deliver: Deliver, now: datetime) -> bool:
    """Send a claimed mail if it is still wanted, and keep the outcome. False when the mail server is away."""
    try:
        message = prepare(mail, now)
        if message is not None:
            deliver(message, mail)
            _finish(mail, MailState.SENT, now)
    except NotNow as problem:
        _later(mail, now, str(problem))
        return not isinstance(problem, Away)
    except Refused as problem:
        _refused(mail, now, str(problem))
    except DatabaseTrouble:
        raise  # nothing can be written down now; the lease runs out and the mail is tried again
    except (
        Exception
    ) as problem:  # a mail that cannot even be written must not hold up the others (threats H8)
        _refused(mail, now, type(problem).__name__)
    return True


def prepare(mail: OutboxMail, now: datetime) -> EmailMessage | None:
    """The message to send now; None when it is not wanted any more or has been put off."""
    if mail.member is None:
        return _ready(mail)
    member = mail.member
    kinds = set(mail.notices.values_list("kind", flat=True))
    wish = wishes([member], kinds)[member.pk]
    unread = list(mail.notices.unread()) if member.is_active else []
    wanted = [row for row in unread if wish.rhythm(row.kind) is not Rhythm.NONE]
    wanted = [line.notice for line in lines(member, wanted)]
    if not wanted:
        _finish(mail, MailState.DROPPED, now)
        return None
    if (
        mail.kind == MailKind.NOTICE
        and mail.attempts == 1
        and wish.rhythm(wanted[0].kind) in DIGESTS
    ):
        _move_to_digest(mail, wanted, now)
        return None
    if wish.is_quiet(now):
        _put_off(mail, wish.leaves_at(now))
        return None
    return something_new(member=member, message_id=mail.message_id)


def _ready(mail: OutboxMail) -> EmailMessage:
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[mail.recipient],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _finish(mail: OutboxMail, state: MailState, now: datetime, error: str = "") -> None:
    """Close the mail and empty it. A lease that has passed to another worker changes nothing."""
    if state not in TRANSITIONS[MailState(mail.state)]:
        raise ValueError(f"A mail that is {mail.state} cannot become {state}.")
    changed = _mine(mail).update(
        state=state,
        done_at=now,
        recipient="",
        subject="",
        text="",
        html="",
        lease_until=None,
        lease_key=None,
        refusals=mail.refusals,
        last_error=error,
    )
    if changed:
        mail.state = state


def _later(mail: OutboxMail, now: datetime, error: str) -> None:
    """Try again after a wait that doubles from one minute to one hour; give up only after days and many tries."""
    started = mail.first_tried_at or now
    if now - started > PATIENCE and mail.attempts >= LEAST_TRIES:
        _give_up(mail, now, error)
        return
    _put_off(mail, now + wait_after(mail.attempts), error, tried=True)


def _refused(mail: OutboxMail, now: datetime, error: str) -> None:
    """A refusal for good, or a fault of our own: five of them end the mail."""
    mail.refusals += 1
    if mail.refusals >= MOST_REFUSALS:
        _give_up(mail, now, error)
        return
    _put_off(mail, now + wait_after(mail.refusals), error, tried=True)


def _put_off(mail: OutboxMail, due_at: datetime, error: str = "", *, tried: bool = False) -> None:
    """Free the mail until `due_at`. What was put off without a try does not count as one."""
    _mine(mail).update(
        due_at=due_at,
        lease_until=None,
        lease_key=None,
        last_error=error[:60],
        refusals=mail.refusals,
        attempts=mail.attempts if tried else mail.attempts - 1,
        first_tried_at=mail.first_tried_at if tried or mail.attempts > 1 else None,
    )


@transaction.atomic
def _give_up(mail: OutboxMail, now: datetime, error: str) -> None:
    """Close the mail as dead, say so in the log, and tell the operators unless they are being told already."""
    _finish(mail, MailState.DEAD, now, error[:60])
    log.error("A mail was given up after %d tries: %s", mail.attempts, error[:60])
    if mail.kind != MailKind.ALARM:  # else alarms would follow from alarms
        alarm(what="stuck")


@transaction.atomic
def _move_to_digest(mail: OutboxMail, notices: list[Notice], now: datetime) -> None:
    """The member has chosen a digest since: their notices wait for it, and this mail, never tried, is dropped."""
    wish_of = wishes([mail.member])
    plan_mail(notices, wish_of, now)
    Notice.objects.bulk_update(notices, ["mail"])
    _finish(mail, MailState.DROPPED, now)


def _mine(mail: OutboxMail) -> OutboxQuerySet:
    """The row, while it waits under this claim's lease."""
    return OutboxMail.objects.waiting().filter(pk=mail.pk, lease_key=mail.lease_key)
