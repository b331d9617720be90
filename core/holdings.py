"""What the kernel holds: the audit (400 days) with its key, results of forms (24 hours), tasks (7 days). Imported by `ready()`."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core.crypto import erasures, owners
from core.crypto.owners import Owner
from core.models import AuditEvent, FormResult, OwnerKind
from core.register import FILES, KEYS, Holding, Retention, hold
from core.tasks.declaring import BACKEND
from core.telling_machine import TELLINGS
from core.visible import Topic, Visible, fields

FORM_HOURS = 24
DONE_DAYS, GIVEN_UP_DAYS = 7, 30


def prune_audit() -> int:
    """Delete audit rows past their age; returns how many. The only way in which a row goes."""
    return AuditEvent.objects.prune()


def prune_form_results() -> int:
    """Delete results of forms older than a day; returns how many."""
    old = FormResult.objects.filter(at__lt=timezone.now() - timedelta(hours=FORM_HOURS))
    return old.delete()[0]


def prune_tasks() -> int:
    """Delete tasks that were done a week ago or given up a month ago; returns how many. What waits stays.

    So long the same key starts nothing again (`core.tasks.enqueue_once`).
    """
    now, rows = timezone.now(), DBTaskResult.objects.filter(backend_name=BACKEND)
    done = Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - timedelta(days=DONE_DAYS))
    dead = Q(status=TaskResultStatus.FAILED, finished_at__lt=now - timedelta(days=GIVEN_UP_DAYS))
    return rows.filter(done | dead).delete()[0]


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    """The key first: whatever is interrupted after it, nothing that the member sealed can be read again."""
    whose = Owner(OwnerKind.MEMBER, member.pk)
    yield lambda: owners.destroy(whose)
    yield lambda: FormResult.objects.filter(member=member.pk).delete() and None


def _visible(_member: Any) -> Iterable[Visible]:
    yield Visible(
        _("What you did that changes something for others, as a line in the log of acts, without your name and without a word"),
        fields("core.AuditEvent", "at", "verb", "actor", "subject_kind", "subject"),
        Topic.TRACES,
        ask=_("each line goes after 400 days"),
    )  # fmt: skip


def register() -> None:
    """Register the kernel's holding."""
    hold(
        Holding(
            name="core",
            models=(
                "core.AuditEvent",
                "core.AuditKey",
                "core.KeyOwner",
                "core.DataKey",
                "core.FormResult",
                "core.ContentVersion",
                "core.TaskLease",
            ),
            erase=_erase,
            visible=_visible,
            told=TELLINGS,
            retention=(
                Retention(_("The log of acts, which names nobody"), _("400 days"), prune_audit),
                Retention(
                    _("The keys with which your private text is sealed"),
                    format_lazy(
                        _(
                            "until you leave; then they are destroyed, and gone from every backup within {days} days"
                        ),
                        days=erasures.BACKUPS_KEPT_FOR.days,
                    ),
                    where=KEYS,
                ),
                Retention(
                    _("Backups of all of it, with the uploads"),
                    format_lazy(_("{days} days at most"), days=erasures.BACKUPS_KEPT_FOR.days),
                    where=FILES,
                ),
                Retention(
                    _("A mark that a form was sent, so that it is not sent twice"),
                    _("24 hours"),
                    prune_form_results,
                ),
                Retention(
                    _(
                        "That a task was done in the background, with the random number of what it made"
                    ),
                    _("7 days, or 30 days when it could not be done"),
                    prune_tasks,
                ),
            ),
        )
    )
