"""What sharing holds about a member: their own excerpts. Those of others are never part of anybody's export."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.sharing import mydata, notifications
from accountability.sharing.actions import prune_excerpts
from accountability.sharing.models import Excerpt
from accountability.sharing.taking import dates_of
from accountability.sharing.telling import TELLINGS
from core.privacy import Audience
from core.register import SEALED, Holding, NoticeKind, Retention, hold
from core.visible import Topic, Visible, fields


def _export(member: Any) -> dict[str, Any]:
    """Dates alone; the words are taken along behind the lock of the journal (`views.read.excerpt_export`)."""
    return {"excerpts_shared": [dates_of(row) for row in Excerpt.objects.by(member).for_list()]}


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    def excerpts() -> None:
        Excerpt.objects.by(member).delete()

    yield excerpts


def _visible(member: Any) -> Iterable[Visible]:
    yield Visible(
        _("Excerpts of your journal that you share now, each until the day that you set"),
        fields(
            "sharing.Excerpt", "author", "pair", "shared_at", "until", "ends_at", "title", "words"
        ),
        Topic.BUDDY,
        called={Audience.PAIR: _("your buddy")},
        rows=Excerpt.objects.by(member).readable_by(member, timezone.now()),
    )


def register() -> None:
    """Register the holding."""
    hold(
        Holding(
            name="sharing",
            title=_("Excerpts of your journal"),
            labels=mydata.LABELS,
            models=("sharing.Excerpt",),
            export=_export,
            private_export=mydata.own_copy,
            erase=_erase,
            visible=_visible,
            told=TELLINGS,
            retention=(
                Retention(
                    _("An excerpt of your journal that you share"),
                    _(
                        "until the day you set, at most 90 days; it goes before when you take it back, when you delete the entry, or when you or your pair part"
                    ),
                    prune_excerpts,
                    where=SEALED,
                ),
            ),
            notice_kinds=(
                NoticeKind(
                    notifications.SHARED,
                    _("Excerpts"),
                    _("When your buddy shows you an excerpt of their journal."),
                    notifications.show_shared,
                    known=notifications.known_shared,
                ),
            ),
        )
    )
