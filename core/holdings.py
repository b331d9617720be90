"""What the kernel holds: the audit (400 days) and results of forms (24 hours)."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.register import Holding, Retention, hold

AUDIT_DAYS = 400
FORM_HOURS = 24


def prune_audit() -> int:
    """Delete audit rows past their age; returns how many. The only way in which a row goes."""
    from core.models import AuditEvent

    old = AuditEvent.objects.filter(at__lt=timezone.now() - timedelta(days=AUDIT_DAYS))
    return old.delete()[0]


def prune_form_results() -> int:
    """Delete results of forms older than a day; returns how many."""
    from core.models import FormResult

    old = FormResult.objects.filter(at__lt=timezone.now() - timedelta(hours=FORM_HOURS))
    return old.delete()[0]


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    from core.models import FormResult

    yield lambda: FormResult.objects.filter(member=member.pk).delete() and None


def register() -> None:
    """Register the kernel's holding."""
    hold(
        Holding(
            name="core",
            models=("core.AuditEvent", "core.FormResult", "core.ContentVersion"),
            erase=_erase,
            retention=(
                Retention(_("The log of acts, which names nobody"), _("400 days"), prune_audit),
                Retention(
                    _("A mark that a form was sent, so that it is not sent twice"),
                    _("24 hours"),
                    prune_form_results,
                ),
            ),
        )
    )
