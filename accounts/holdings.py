"""What `accounts` holds about a member."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.register import Holding, Retention, Visible, hold


def _export(member: Any) -> dict[str, Any]:
    return {
        "email": member.email,
        "chosen_name": member.chosen_name,
        "pronouns": member.pronouns,
        "organization": member.organization.name if member.organization else None,
        "time_zone": member.time_zone,
        "language": member.language,
        "joined": member.date_joined.isoformat(),
        "roles": list(member.roles.values("kind", "reason", "given_at", "ended_at")),
        "seats": list(
            member.seats.values("body__name", "title", "offered_at", "accepted_at", "ended_at")
        ),
    }


def _visible(member: Any) -> Iterable[Visible]:
    name = member.get_full_name()
    yield Visible(
        _("Your name, “%(name)s”, and your pronouns") % {"name": name},
        _("Members of the initiative"),
        "accounts:profile_edit",
    )
    if member.organization:
        yield Visible(
            _("That you belong to %(name)s") % {"name": member.organization},
            _("Members of the initiative"),
            "accounts:profile_edit",
        )
    yield Visible(_("Your e-mail address"), _("You and the backbone team"), "account_email")
    for role in member.roles.in_force():
        yield Visible(
            _("Your role: %(role)s") % {"role": role.get_kind_display()},
            _("Members of the initiative"),
        )
    for seat in member.seats.filled().select_related("body"):
        yield Visible(
            _("Your seat in %(body)s") % {"body": seat.body},
            _("Members of the initiative; the name of the seat only in the body itself"),
        )
    for seat in member.seats.offered().select_related("body"):
        yield Visible(
            _("That a seat in %(body)s is offered to you") % {"body": seat.body},
            _("You and the backbone team"),
            "accounts:account_show",
        )


def register() -> None:
    """Register the holding of accounts."""
    hold(
        Holding(
            name="accounts",
            models=(
                "accounts.User",
                "accounts.Organization",
                "accounts.Body",
                "accounts.Seat",
                "accounts.Role",
                "accounts.ReportingLine",
                "accounts.SecondFactorReset",
                "accounts.Initiative",
            ),
            export=_export,
            visible=_visible,
            retention=(
                Retention(_("Your account: name, address, roles, seats"), _("until you leave")),
            ),
        )
    )
