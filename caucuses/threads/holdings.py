"""What threads hold."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caucuses.threads import mydata
from caucuses.threads.telling import TELLINGS
from core.register import SEALED, Holding, Retention, hold


def register() -> None:
    """Register the holding."""
    hold(
        Holding(
            name="threads",
            title=_("Conversations in caucuses"),
            labels=mydata.LABELS,
            private_export=mydata.own_copy,
            models=(
                "threads.Thread",
                "threads.Post",
                "threads.Wording",
                "threads.Draft",
                "threads.LaterMark",
                "threads.Recognition",
            ),
            told=TELLINGS,
            retention=(
                Retention(
                    _("What is said in a caucus, with its earlier wordings"),
                    _(
                        "as its members agreed: until it is deleted, 90 days after it was posted, or until a cohort ends; looked at every hour"
                    ),
                    where=SEALED,
                ),
                Retention(
                    _("The title of a conversation in a caucus"),
                    _(
                        "as long as a post of the moment when it was begun, also where others go on posting"
                    ),
                    where=SEALED,
                ),
                Retention(
                    _("What you are writing in a caucus and have not posted"),
                    _(
                        "until you post it, throw it away, or leave; and no longer after it was last saved than a post is kept"
                    ),
                    where=SEALED,
                ),
                Retention(
                    _("What you mark for later in a caucus"), _("as long as the post"), where=SEALED
                ),
            ),
        )
    )
