"""What caucuses hold about a member. Nothing of it is in an export that passes through other hands, or on a page about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from caucuses import mydata
from caucuses.actions.leaving import leave_all
from caucuses.actions.parting import (
    empty_partings,
    end_answered_requests,
    end_invitations,
    end_partings,
)
from caucuses.telling import TELLINGS
from core.privacy import Audience
from core.register import SEALED, Holding, Retention, hold
from core.visible import Topic, Visible, fields


def _visible(_member: Any) -> Iterable[Visible]:
    """The same line for everybody, whether or not they are in a caucus."""
    yield Visible(
        _("Whether you are in a caucus, and what you say there"),
        fields("caucuses.Seat", "name", "is_facilitator"),
        Topic.COHORTS,
        called={
            Audience.CAUCUS: _(
                "the members of that caucus, by the name you chose there; nobody else"
            )
        },
        control="caucuses:caucus_list",
    )


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    """Leave every caucus; what they said there goes, too, and so do requests, invitations and what is left of a removal."""
    yield lambda: leave_all(member=member)


RETENTION = (
    Retention(
        _("What a caucus agreed on, and its log"),
        _("as long as the caucus, which goes with its last member"),
        where=SEALED,
    ),
    Retention(
        _("Proposals to change what a caucus agreed on, and what was said to them"),
        _(
            "until they are decided; then as long as that caucus has agreed to keep what is said in it, from the last word on each"
        ),
        where=SEALED,
    ),
    Retention(
        _("That you are in a caucus, and your name there"), _("until you leave it"), where=SEALED
    ),
    Retention(_("A seat in a caucus whose agreement nobody accepted"), _("30 days")),
    Retention(
        _("An invitation to a caucus"),
        _("14 days, or until it is answered or taken back"),
        end_invitations,
        where=SEALED,
    ),
    Retention(
        _("A request to join a caucus"),
        _("until it is answered or taken back; 30 days more with the answer where it was declined"),
        end_answered_requests,
        where=SEALED,
    ),
    Retention(
        _("The reason of a removal from a caucus, and what was being written"),
        _("until you put it away, 30 days at most"),
        empty_partings,
        where=SEALED,
    ),
    Retention(
        _("That somebody was removed from a caucus, under a stand-in without a name"),
        _("a year, or until a facilitator invites them"),
        end_partings,
    ),
)


def register() -> None:
    """Register the holding."""
    hold(
        Holding(
            name="caucuses",
            title=_("Caucuses"),
            labels=mydata.LABELS,
            private_export=mydata.own_copy,
            models=(
                "caucuses.Caucus",
                "caucuses.Ended",
                "caucuses.Event",
                "caucuses.Seat",
                "caucuses.Fold",
                "caucuses.Parting",
                "caucuses.JoinRequest",
                "caucuses.Invitation",
                "caucuses.Agreement",
                "caucuses.Proposal",
                "caucuses.Stance",
            ),
            erase=_erase,
            visible=_visible,
            told=TELLINGS,
            retention=RETENTION,
        )
    )
