"""What threads hold."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.register import Holding, Retention, hold


def register() -> None:
    """Register the holding."""
    hold(
        Holding(
            name="threads",
            models=(
                "threads.Thread",
                "threads.Post",
                "threads.Wording",
                "threads.Draft",
                "threads.LaterMark",
                "threads.Recognition",
            ),
            retention=(
                Retention(
                    _("What is said in a caucus"),
                    _(
                        "as its members agreed: until it is deleted, 90 days, or until a cohort ends; looked at every hour"
                    ),
                ),
                Retention(_("What you mark for later in a caucus"), _("as long as the post")),
            ),
        )
    )
