"""What `notices` holds about a member."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.traces import addresses_of
from core.crypto.envelope import CannotOpen
from core.register import SEALED, Holding, Retention, hold
from notices import mydata
from notices.models import MailChoice, Notice, OutboxMail, Preference
from notices.telling import TELLINGS

NOTICE_DAYS = 180
OUTBOX_DAYS = 30


def prune_notices() -> int:
    """Delete notices past their age; returns how many rows went."""
    old = timezone.now() - timedelta(days=NOTICE_DAYS)
    return Notice.objects.filter(created_at__lt=old).delete()[0]


def prune_outbox() -> int:
    """Delete the rows of mail that was done with long ago; returns how many went. Waiting mail stays."""
    old = timezone.now() - timedelta(days=OUTBOX_DAYS)
    return OutboxMail.objects.filter(done_at__lt=old).delete()[0]


def _export(member: Any) -> dict[str, Any]:
    """What the member was told of and how they want to be told. Mail itself holds nothing more."""
    choice = MailChoice.objects.filter(member=member).first()
    return {
        "notices": [
            {
                "kind": row.kind,
                "about": _payload(row),
                "at": row.created_at.isoformat(),
                "read_at": row.read_at.isoformat() if row.read_at else None,
            }
            for row in member.notices.order_by("created_at")
        ],
        "by_mail": dict(member.notice_preferences.values_list("kind", "rhythm")),
        "paused": bool(choice and choice.is_paused),
        "quiet_from": choice.quiet_from.isoformat() if choice and choice.quiet_from else None,
        "quiet_until": choice.quiet_until.isoformat() if choice and choice.quiet_until else None,
    }


def _payload(row: Notice) -> dict[str, Any] | None:
    """What it is about; None where that cannot be opened, so that one damaged row keeps nobody from the rest."""
    try:
        return row.payload
    except CannotOpen:
        return None


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    """Mail that waits goes first, so that none leaves while the rest is removed (threats F5)."""
    member_id, addresses = member.pk, addresses_of(member)

    @transaction.atomic
    def mails() -> None:
        OutboxMail.objects.filter(member=member_id).delete()
        OutboxMail.objects.annotate(to=Lower("recipient")).filter(to__in=addresses).delete()

    @transaction.atomic
    def rows() -> None:
        for model in (Notice, Preference, MailChoice):
            model.objects.filter(member=member_id).delete()

    return (mails, rows)


def register() -> None:
    """Register the holding of notices."""
    hold(
        Holding(
            name="notices",
            title=_("What you were told of"),
            labels=mydata.LABELS,
            models=(
                "notices.Notice",
                "notices.Preference",
                "notices.MailChoice",
                "notices.OutboxMail",
                "notices.Chore",
            ),
            export=_export,
            erase=_erase,
            told=TELLINGS,
            retention=(
                Retention(_("What you were told of"), _("180 days"), prune_notices, where=SEALED),
                Retention(
                    _("That a mail was sent, without its text or address"),
                    _("30 days"),
                    prune_outbox,
                ),
                Retention(_("How you want to be told"), _("until you change it or leave")),
            ),
        )
    )
