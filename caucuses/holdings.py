"""What caucuses hold about a member. Nothing of it is in an export that passes through other hands, or on a page about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from caucuses.actions.forgetting import forget_member
from caucuses.actions.leaving import leave_all
from core.register import Holding, Retention, Visible, hold


def _visible(member: Any) -> Iterable[Visible]:
    """The same line for everybody, whether or not they are in a caucus."""
    yield Visible(
        _("Whether you are in a caucus, and what you say there"),
        _("The members of that caucus, by the name you chose there; nobody else"),
        "caucuses:caucus_list",
    )


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    """Leave every caucus; what they said there goes, too, and so do requests, invitations and what is left of a removal."""
    yield lambda: leave_all(member=member)
    yield lambda: forget_member(member=member)


RETENTION = (
    Retention(
        _("What a caucus agreed on, proposals, and its log"),
        _("as long as the caucus, which goes with its last member"),
    ),
    Retention(_("That you are in a caucus, and your name there"), _("until you leave it")),
)


def register() -> None:
    """Register the holding."""
    hold(
        Holding(
            name="caucuses",
            models=(
                "caucuses.Caucus",
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
            retention=RETENTION,
        )
    )
