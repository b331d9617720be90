"""What the journal holds about a member: nothing that an export by others may take, and nothing that anybody may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accountability.journal import mydata
from accountability.journal.actions import prune_deleted
from accountability.journal.models import Choice, Draft, Entry
from accountability.journal.telling import TELLINGS
from core.register import SEALED, Holding, Retention, hold


def _export(member: Any) -> dict[str, Any]:
    return {"choices": list(Choice.objects.filter(member=member).values("escape_hides"))}


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    """Their key is destroyed by the kernel; the rows go, too."""

    @transaction.atomic
    def rows() -> None:
        Draft.objects.of(member).delete()
        Entry.objects.of(member).delete()
        Choice.objects.filter(member=member).delete()

    yield rows


def register() -> None:
    """Register the holding of the journal. What was written is exported by a page of its own, behind the lock."""
    hold(
        Holding(
            name="journal",
            title=_("Journal"),
            labels=mydata.LABELS,
            models=("journal.Entry", "journal.Draft", "journal.Prompt", "journal.Choice"),
            export=_export,
            private_export=mydata.own_copy,
            erase=_erase,
            told=TELLINGS,
            retention=(
                Retention(_("Your journal"), _("until you delete it or leave"), where=SEALED),
                Retention(
                    _("An entry that you deleted, unless you deleted it at once"),
                    _("30 days, in which you can take it back"),
                    prune_deleted,
                    where=SEALED,
                ),
                Retention(_("What you chose for your journal"), _("until you leave")),
            ),
        )
    )
