"""What concerns hold."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caucuses.concerns import mydata
from caucuses.concerns.telling import TELLINGS
from core.register import SEALED, Holding, Retention, hold


def register() -> None:
    """Register the holding."""
    hold(
        Holding(
            name="concerns",
            title=_("Reports inside caucuses"),
            labels=mydata.LABELS,
            private_export=mydata.own_copy,
            models=("concerns.Concern",),
            told=TELLINGS,
            retention=(
                Retention(
                    _("A report inside a caucus"),
                    _(
                        "until you take it back, or as long as words are kept in that caucus; when you leave it, nothing leads from the report to you any more"
                    ),
                    where=SEALED,
                ),
                Retention(
                    _("What a post said, in a report of it"),
                    _(
                        "as long as the report, and no longer after it was posted than posts are kept; it goes when its author deletes all they said when they leave or were removed"
                    ),
                    where=SEALED,
                ),
            ),
        )
    )
