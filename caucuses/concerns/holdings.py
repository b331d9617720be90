"""What concerns hold."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.register import Holding, Retention, hold


def register() -> None:
    """Register the holding."""
    hold(
        Holding(
            name="concerns",
            models=("concerns.Concern",),
            retention=(
                Retention(
                    _("A report inside a caucus, with what the post said"),
                    _(
                        "until you take it back, or as long as words are kept in that caucus; when you leave it, nothing leads from the report to you any more"
                    ),
                ),
            ),
        )
    )
