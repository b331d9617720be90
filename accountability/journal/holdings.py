"""What the journal holds about a member."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from accountability.journal.models import Choice
from core.register import Holding, Retention, hold


def _export(member: Any) -> dict[str, Any]:
    return {"choices": list(Choice.objects.filter(member=member).values("escape_hides"))}


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    yield lambda: Choice.objects.filter(member=member).delete() and None


def register() -> None:
    """Register the holding of the journal."""
    hold(
        Holding(
            name="journal",
            models=("journal.Choice",),
            export=_export,
            erase=_erase,
            retention=(Retention(_("What you chose for your journal"), _("until you leave")),),
        )
    )
