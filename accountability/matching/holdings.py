"""What matching holds about a member: nothing that an export by others may take."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accountability.matching import mydata, notifications
from accountability.matching.actions.matches import prune_matches, withdraw_all_of
from accountability.matching.actions.partners import prune_earlier
from accountability.matching.actions.previews import prune_previews
from accountability.matching.models import (
    Answers,
    Limit,
    MatchSeat,
    Preview,
    PreviewFound,
    Round,
    Unmatched,
)
from accountability.matching.permissions import seats_visible_to
from accountability.matching.telling import TELLINGS
from core.privacy import Audience
from core.register import SEALED, Holding, NoticeKind, Retention, hold
from core.visible import Topic, Visible, fields


def _export(member: Any) -> dict[str, Any]:
    """That they want a buddy. What they answered is class S: the pages of matching show it."""
    return {"in_the_next_round": list(Answers.objects.filter(member=member).values("wanted"))}


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    """Their key is destroyed by the kernel; the rows go, too. Who was matched with them is told kindly."""

    @transaction.atomic
    def rows() -> None:
        withdraw_all_of(member)
        MatchSeat.objects.filter(member=member).delete()
        Unmatched.objects.filter(member=member).delete()
        Limit.objects.filter(member=member).delete()
        Answers.objects.filter(member=member).delete()
        PreviewFound.objects.filter(by=member).delete()
        Preview.objects.filter(by=member).update(by=None)

    yield rows


def _visible(member: Any) -> Iterable[Visible]:
    yield Visible(
        _("That you want to be matched with a buddy in the next round"),
        fields("matching.Answers", "wanted"),
        Topic.BUDDY,
        called={Audience.BACKBONE: _("the backbone team, in the preview of a round")},
        rows=Answers.objects.filter(member=member, wanted=True),
    )
    yield Visible(
        _("That a round found somebody for you"),
        fields("matching.MatchSeat", "match", "member", "made_at")
        + fields("matching.Match", "round", "made_at"),
        Topic.BUDDY,
        called={Audience.PAIR: _("whom it found for you")},
        control="buddies:buddy_show",
        rows=seats_visible_to(member),
    )
    yield Visible(
        _("Rounds of matching that you started"),
        fields(
            "matching.Round",
            "started_by",
            "cohort",
            "number",
            "state",
            "started_at",
            "finished_at",
            "way",
        ),
        Topic.ROLES,
        rows=Round.objects.filter(started_by=member),
    )
    yield Visible(
        _("That you looked at a round before it began"),
        fields("matching.Preview", "by", "cohort", "day", "asked_at", "state"),
        Topic.ROLES,
        rows=Preview.objects.filter(by=member),
        ask=_("it goes after a day"),
    )


def register() -> None:
    """Register the holding."""
    hold(
        Holding(
            name="matching",
            title=_("Finding a buddy"),
            labels=mydata.LABELS,
            models=(
                "matching.Answers",
                "matching.Limit",
                "matching.Round",
                "matching.Match",
                "matching.MatchSeat",
                "matching.Unmatched",
                "matching.Earlier",
                "matching.Preview",
                "matching.PreviewFound",
            ),
            export=_export,
            private_export=mydata.own_copy,
            erase=_erase,
            visible=_visible,
            told=TELLINGS,
            retention=(
                Retention(_("What you answered to be matched"), _("until you leave"), where=SEALED),
                Retention(
                    _("Whom you do not want to be matched with"),
                    _("until you take it back or leave"),
                    where=SEALED,
                ),
                Retention(
                    _("A match that did not come about, or that nobody was found for you"),
                    _("30 days after it was over"),
                    prune_matches,
                ),
                Retention(
                    _("That two people were buddies, so that they are not matched again at once"),
                    _("for a few rounds, as a mark that names neither of them"),
                    prune_earlier,
                ),
                Retention(
                    _("What the backbone team saw in the preview of a round"),
                    _("one day"),
                    prune_previews,
                ),
                Retention(_("Rounds of matching, without names"), _("as long as the cohort")),
            ),
            notice_kinds=(
                NoticeKind(
                    notifications.ROUND,
                    _("Being matched"),
                    _("When a round has found somebody for you, and when a match is over."),
                    notifications.show_round,
                    known=notifications.known_rounds,
                ),
            ),
        )
    )
