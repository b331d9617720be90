"""How the tasks do: what waits, and what was given up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core.signs import Sign
from core.tasks.declaring import BACKEND

WELL_WITHIN = timedelta(minutes=30)
TOLD_FOR = timedelta(days=1)


def signs(*, now: datetime) -> Iterator[Sign]:
    """One sign; not well when the oldest waits for half an hour, or when one was given up in the last day."""
    waits = Q(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING])
    dead = Q(status=TaskResultStatus.FAILED, finished_at__gt=now - TOLD_FOR)
    found = DBTaskResult.objects.filter(backend_name=BACKEND).aggregate(
        waiting=Count("pk", filter=waits),
        oldest=Min("enqueued_at", filter=waits),
        dead=Count("pk", filter=dead),
    )
    age = max(now - found["oldest"], timedelta()) if found["oldest"] else timedelta()
    yield Sign(
        name="tasks",
        title=gettext_lazy("Tasks"),
        said=f"{_waiting(found['waiting'], age)} {_dead(found['dead'])}",
        is_well=age < WELL_WITHIN and not found["dead"],
        advice=gettext_lazy(
            "The log of the worker says which task was given up and why. When many wait, look whether the worker runs."
        ),
    )


def _waiting(number: int, age: timedelta) -> str:
    if not number:
        return _("None waits.")
    minutes = int(age.total_seconds() // 60)
    since = ngettext("%(minutes)d minute", "%(minutes)d minutes", minutes) % {"minutes": minutes}
    waits = ngettext(
        "%(number)d waits, the oldest for %(since)s.",
        "%(number)d wait, the oldest for %(since)s.",
        number,
    )
    return waits % {"number": number, "since": since}


def _dead(number: int) -> str:
    if not number:
        return _("In the last day none was given up.")
    return ngettext(
        "In the last day %(number)d was given up.",
        "In the last day %(number)d were given up.",
        number,
    ) % {"number": number}
