"""What bring-back notes hold about a member: replies on a cohort's page, said under their own name, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from caucuses.bringback import mydata
from caucuses.bringback.models import Reply
from caucuses.bringback.telling import TELLINGS
from core.privacy import Audience
from core.register import SEALED, Holding, Retention, hold
from core.visible import Topic, Visible, fields


def _export(member: Any) -> dict[str, Any]:
    """What they replied on cohorts’ pages. What they wrote inside a caucus is in no export that passes through other hands."""
    rows = member.replies_to_notes.select_related("released__cohort").order_by("posted_at")
    return {
        "replies_to_notes": [
            {
                "cohort": row.released.cohort.name,
                "text": row.text,
                "posted": row.posted_at.isoformat(),
            }
            for row in rows
        ]
    }


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    member_id = member.pk

    @transaction.atomic
    def replies() -> None:
        Reply.objects.filter(author=member_id).delete()

    return (replies,)


def _visible(member: Any) -> Iterable[Visible]:
    yield Visible(
        _("What you replied to notes on a cohort’s page, with your name"),
        fields("bringback.Reply", "author", "released", "text", "posted_at", "edited_at"),
        Topic.COHORTS,
        called={
            Audience.COHORT: _("the cohort"),
            Audience.FACILITATOR: _("its facilitators"),
            Audience.CAUCUS: _("those who wrote the note"),
        },
        rows=member.replies_to_notes.all(),
        ask=_("beside each of them, under the note"),
    )


RETENTION = (
    Retention(
        _("A note to a whole group, as long as it is inside a caucus"),
        _(
            "as long as that caucus keeps its words, from its last change, or from the last words with which somebody holds it; "
            "one that stands on a cohort’s page stays readable inside as long as it stands there"
        ),
        where=SEALED,
    ),
    Retention(
        _("Earlier wordings of such a note, and the words of who holds it"),
        _(
            "as long as that caucus keeps its words, from the moment at which each was written; the hold itself stands until it is lifted"
        ),
        where=SEALED,
    ),
    Retention(
        _("A note from a caucus on a cohort’s page, and the replies to it"),
        _(
            "as long as the cohort, or until the caucus takes it back; "
            "your replies go when you delete them or leave the initiative"
        ),
    ),
)


def register() -> None:
    """Register the holding."""
    hold(
        Holding(
            name="bringback",
            title=_("Notes from caucuses to the whole group"),
            labels=mydata.LABELS,
            models=(
                "bringback.Note",
                "bringback.NoteWording",
                "bringback.NoteStance",
                "bringback.Released",
                "bringback.Reply",
            ),
            export=_export,
            private_export=mydata.own_copy,
            erase=_erase,
            visible=_visible,
            told=TELLINGS,
            retention=RETENTION,
        )
    )
