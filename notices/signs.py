"""How mail does, and the worker that carries it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Count, Min, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from redis.exceptions import RedisError

from core.handed import is_one_machine
from core.signs import Sign
from notices.choices import MailState
from notices.models import OutboxMail
from notices.worker import HEARD, heartbeat_file

LATE_AFTER = timedelta(minutes=30)
DEAD_FOR = timedelta(days=3)
#: Longer than the slowest talk with a mail server, after which there is a beat.
SILENT_AFTER = timedelta(minutes=5)


def mail_sign(*, now: datetime) -> Iterator[Sign]:
    """Not well when a mail that is due has waited for half an hour, or when one was given up in the last three days."""
    late = Q(state=MailState.WAITING) & (Q(due_at__lte=now) | Q(first_tried_at__isnull=False))
    dead = Q(state=MailState.DEAD, done_at__gt=now - DEAD_FOR)
    since = Coalesce("first_tried_at", "due_at")
    rows = OutboxMail.objects.filter(late | dead)  # two small indexes
    found = rows.aggregate(
        late=Count("pk", filter=late),
        oldest=Min(since, filter=late),
        dead=Count("pk", filter=dead),
    )
    age = max(now - found["oldest"], timedelta()) if found["oldest"] else timedelta()
    yield Sign(
        name="outbox",
        title=gettext_lazy("Mail"),
        said=f"{_late(found['late'], age)} {_dead(found['dead'])}",
        is_well=age < LATE_AFTER and not found["dead"],
        advice=gettext_lazy(
            "“manage.py check_mail” sends a test mail and says what the mail server answers. What waits is sent once it answers again."
        ),
    )


def worker_sign(*, now: datetime) -> Iterator[Sign]:
    """Not well when no worker, on this machine or another of this site, has given a sign of life for five minutes."""
    try:
        age = max(now - last_beat(), timedelta())
    except (
        OSError,
        ValueError,
        TypeError,
        RedisError,
    ):  # none, or half a one, or one of a time without a zone
        said, is_well = _("It has not run here yet."), False
    else:
        said, is_well = _heard(int(age.total_seconds())), age < SILENT_AFTER
    yield Sign(
        name="worker",
        title=gettext_lazy("Worker"),
        said=said,
        is_well=is_well,
        advice=gettext_lazy(
            "It runs beside the web server (“make serve”). Start it again; nothing that waits for it is lost."
        ),
    )


def last_beat() -> datetime:
    """When a worker was last heard of. Raises OSError, ValueError, TypeError or RedisError where nobody knows."""
    heard = "" if is_one_machine() else cache.get(HEARD, "")
    if heard:
        return datetime.fromisoformat(heard)
    return datetime.fromisoformat(heartbeat_file().read_text(encoding="ascii").strip())


def _heard(seconds: int) -> str:
    if seconds < 60:
        return _("It was heard of less than a minute ago.")
    minutes = seconds // 60
    heard = ngettext(
        "It was last heard of %(minutes)d minute ago.",
        "It was last heard of %(minutes)d minutes ago.",
        minutes,
    )
    return heard % {"minutes": minutes}


def _late(number: int, age: timedelta) -> str:
    if not number:
        return _("No mail is due.")
    minutes = int(age.total_seconds() // 60)
    since = ngettext("%(minutes)d minute", "%(minutes)d minutes", minutes) % {"minutes": minutes}
    due = ngettext(
        "%(number)d mail is due, for %(since)s.",
        "%(number)d mails are due, the oldest for %(since)s.",
        number,
    )
    return due % {"number": number, "since": since}


def _dead(number: int) -> str:
    if not number:
        return _("In the last three days none was given up.")
    return ngettext(
        "In the last three days %(number)d was given up.",
        "In the last three days %(number)d were given up.",
        number,
    ) % {"number": number}
