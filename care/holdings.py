"""What care holds about a member."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from care.models import Stop
from core.register import Holding, Retention, hold


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    yield lambda: Stop.objects.filter(by=member).delete() and None


def register() -> None:
    """Register the holding of care."""
    hold(
        Holding(
            name="care",
            models=("care.Stop",),
            erase=_erase,
            retention=(
                Retention(
                    _("That you stopped contact with somebody"), _("until you end it or leave")
                ),
            ),
        )
    )
