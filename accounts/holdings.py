"""What `accounts` holds about a member."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts import mydata, notifications, told, traces
from accounts.acts import acts_of_accounts, acts_on
from accounts.choices import RoleKind
from accounts.models import OwnCopy, ReportingLine, Role, Seat, Suspension
from accounts.owncopy.actions import forget_copies_of, prune_copies
from accounts.permissions import holds
from accounts.reporting_lines import lines_about
from accounts.sessions import prune_sessions
from accounts.suspending import prune_suspensions
from accounts.telling import TELLINGS
from accounts.visible import visible
from core.register import FILES, SEALED, Holding, NoticeKind, Retention, hold


def _export(member: Any) -> dict[str, Any]:
    return {
        "email": member.email,
        "chosen_name": member.chosen_name,
        "pronouns": member.pronouns,
        "organization": member.organization.name if member.organization else None,
        "organization_confirmed": _iso(member.organization_confirmed_at),
        "organization_doubted": _iso(member.organization_doubted_at),
        "time_zone": member.time_zone,
        "language": member.language,
        "joined": member.date_joined.isoformat(),
        "roles": list(member.roles.values("kind", "reason", "given_at", "ended_at", "end_reason")),
        "last_log_in": _iso(member.last_login),
        "password_reset": _iso(member.password_reset_at),
        "seats": list(
            member.seats.values("body__name", "title", "offered_at", "accepted_at", "ended_at")
        ),
        "suspensions": list(
            member.suspensions.confirmed().values("until", "confirmed_at", "ended_at")
        ),
        "reporting_lines": [
            {
                "member": row.member.get_full_name(),
                "reports_to": row.boss.get_full_name(),
                "imported": row.imported_at.isoformat(),
                "said_to_be_wrong": _iso(row.disputed_at),
            }
            for row in _lines(member)
        ],
        "second_factor_resets": list(
            member.second_factor_resets.order_by("requested_at").values(
                "state", "requested_at", "ready_at", "closed_at"
            )
        ),
        "acts": [{"at": act.at, "what": act.words} for act in acts_on(member)],
        "copies": list(OwnCopy.objects.filter(member=member).values("state", "asked_at")),
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    """Who left: what packages keep of them goes last, because the rooms find what is theirs by it. The row itself: `erasing`."""
    member_id = member.pk
    about = Q(member=member_id) | Q(boss=member_id)

    @transaction.atomic
    def roles() -> None:
        Role.objects.filter(member=member_id).delete()
        member.groups.clear()
        member.user_permissions.clear()
        Seat.objects.filter(member=member_id).delete()

    yield lambda: ReportingLine.objects.filter(about).delete() and None
    yield lambda: Suspension.objects.filter(member=member_id).delete() and None
    yield lambda: forget_copies_of(member_id)
    yield roles
    yield from traces.steps(member_id)


def _lines(member: Any) -> QuerySet[ReportingLine]:
    return lines_about(member).select_related("member", "boss").order_by("imported_at", "pk")


RETENTION = (
    Retention(
        _("Your account: name, address, roles, seats"),
        _("until you leave, and seven days more in which you can come back"),
    ),
    Retention(_("That you left"), _("seven days, and until everything of yours is erased")),
    Retention(
        _("Who reports to whom at work"),
        _("until the backbone team brings in a new list, or one of the two leaves"),
    ),
    Retention(
        _("That an account was suspended, and why"),
        _("400 days after it ended; what was not confirmed, 30 days without its reason"),
        prune_suspensions,
        where=SEALED,
    ),
    Retention(
        _("Where you are signed in, with browser and network address"),
        _("until you sign out, or 14 days after it was last renewed; then it goes within a day"),
        prune_sessions,
    ),
    Retention(
        _("The copy of your data that you asked for, sealed under your key"),
        _("until you have downloaded it, 24 hours at most"),
        prune_copies,
        where=FILES,
    ),
)


def register() -> None:
    """Register the holding of accounts."""
    hold(
        Holding(
            name="accounts",
            title=_("Your account"),
            labels=mydata.LABELS,
            models=(
                "accounts.User",
                "accounts.Organization",
                "accounts.Body",
                "accounts.Seat",
                "accounts.Role",
                "accounts.Suspension",
                "accounts.ReportingLine",
                "accounts.SecondFactorReset",
                "accounts.OwnCopy",
                "accounts.Departure",
                "accounts.Initiative",
            ),
            export=_export,
            private_export=mydata.own_copy,
            erase=_erase,
            visible=visible,
            acts=acts_of_accounts,
            told=TELLINGS,
            retention=RETENTION,
            notice_kinds=(
                *told.KINDS,
                NoticeKind(
                    notifications.OWN_COPY,
                    _("Your copy of your data"),
                    _("When the copy that you asked for can be downloaded."),
                    notifications.show_own_copy,
                    known=notifications.known_copies,
                ),
                NoticeKind(
                    notifications.BELONGING,
                    _("Your organization"),
                    _("When somebody says whether you belong to the organization that you name."),
                    notifications.show_belonging,
                    known=notifications.known_belonging,
                ),
                NoticeKind(
                    notifications.LINE_DISPUTED,
                    _("Reporting lines"),
                    _("When somebody says that a reporting line about them is wrong."),
                    notifications.show_disputed,
                    known=notifications.known_lines,
                    concerns=lambda member: holds(member, RoleKind.BACKBONE),
                ),
            ),
        )
    )
