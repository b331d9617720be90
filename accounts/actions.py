"""Verbs of `accounts`: roles, seats, suspending an account, a lost second factor."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import notifications
from accounts.choices import ResetState, RoleKind
from accounts.models import Body, Departure, Role, Seat, SecondFactorReset, Suspension, User
from accounts.permissions import keep_a_backbone
from accounts.sessions import end_all_sessions
from core import audit
from core.access import require

#: CMS groups that follow from roles. The curriculum adds page permissions to them.
GROUP_OF_ROLE = {RoleKind.EDITOR: "Editors of content", RoleKind.BACKBONE: "Backbone team"}

RESET_WAITS = timedelta(hours=72)
#: How long after the request each mail goes out; the first one at once.
RESET_MAILS = (timedelta(0), timedelta(hours=24), timedelta(hours=48))
RESET_LAPSES = timedelta(days=14)  # after it could have been carried out


class ResetRefused(Exception):
    """The second factor stays. `ready_at` is when it could go; None when nobody asked for it."""

    def __init__(self, ready_at: datetime | None, *, warned: bool = True) -> None:
        super().__init__("The second factor stays.")
        self.ready_at, self.warned = ready_at, warned


class NothingToReset(Exception):
    """The member has no second factor."""


@transaction.atomic
def give_role(*, member: User, kind: RoleKind, reason: str, by: User | None) -> Role:
    """Give a role (once: a role already in force is returned), and tell the member. `by` None is a command on the server.

    Nobody gives themselves one: another member of the backbone team does.
    """
    require(by is None or RoleKind.BACKBONE in by.role_names)
    require(
        by is None or by.pk != member.pk,
        _("Nobody gives themselves a role. Ask another member of the backbone team."),
    )
    role, new = Role.objects.get_or_create(
        member=member, kind=kind, ended_at=None, defaults={"reason": reason, "given_by": by}
    )
    if new:
        audit.record("role.given", by=by, subject=member)
        notifications.role_changed(role, by=by)
    sync_cms_access(member)
    return role


@transaction.atomic
def end_role(*, role: Role, by: User | None, reason: str = "") -> None:
    """End a role now, also one's own, and tell the member. The CMS groups follow. A second time changes nothing.

    The last member of the backbone team keeps theirs: PermissionDenied with a sentence.
    """
    require(by is None or RoleKind.BACKBONE in by.role_names)
    if role.kind == RoleKind.BACKBONE:
        keep_a_backbone(role.member)
    ended = Role.objects.in_force().filter(pk=role.pk)
    if ended.update(ended_at=timezone.now(), ended_by=by, end_reason=reason):
        audit.record("role.ended", by=by, subject=role.member)
        notifications.role_changed(role, by=by)
    role.refresh_from_db(fields=["ended_at", "ended_by", "end_reason"])
    sync_cms_access(role.member)


def sync_cms_access(member: User) -> None:
    """Make the member's CMS groups and operator flag follow their roles."""
    member.__dict__.pop("role_names", None)
    for kind, name in GROUP_OF_ROLE.items():
        group = cms_group(name)
        (member.groups.add if kind in member.role_names else member.groups.remove)(group)
    is_operator = RoleKind.OPERATOR in member.role_names
    if member.is_superuser != is_operator:
        member.is_superuser = is_operator
        member.save(update_fields=["is_superuser"])


def cms_group(name: str) -> Group:
    """The group of this name with access to the CMS admin, made where it is missing."""
    group, new = Group.objects.get_or_create(name=name)
    if new:
        group.permissions.add(Permission.objects.get(codename="access_admin"))
    return group


@transaction.atomic
def offer_seat(*, body: Body, member: User, title: str, by: User | None) -> Seat:
    """Offer a seat; it counts once the member has accepted it. An open offer, or a seat that is held, is returned as it is."""
    require(by is None or RoleKind.BACKBONE in by.role_names)
    seat, new = Seat.objects.get_or_create(
        body=body, member=member, ended_at=None, defaults={"title": title}
    )
    if new:
        audit.record("seat.offered", by=by, subject=member)
        notifications.seat_changed(seat, by=by)
    return seat


@transaction.atomic
def end_seat(*, seat: Seat, by: User | None) -> None:
    """End a seat, or take back an offer, and tell the member. A second time changes nothing."""
    require(by is None or RoleKind.BACKBONE in by.role_names)
    if Seat.objects.filter(pk=seat.pk, ended_at__isnull=True).update(ended_at=timezone.now()):
        audit.record("seat.ended", by=by, subject=seat.member)
        notifications.seat_changed(seat, by=by)
    seat.refresh_from_db(fields=["accepted_at", "ended_at"])


@transaction.atomic
def accept_seat(*, seat: Seat, by: User) -> Seat:
    """Accept a seat that was offered to oneself; a second acceptance changes nothing."""
    require(seat.member_id == by.pk)
    taken = Seat.objects.offered().filter(pk=seat.pk).update(accepted_at=timezone.now())
    seat.refresh_from_db()
    require(
        seat.ended_at is None,
        _("This seat is no longer offered to you. Ask the backbone team if you want it after all."),
    )
    if taken:
        audit.record("seat.accepted", by=by, subject=seat)
    return seat


@transaction.atomic
def decline_seat(*, seat: Seat, by: User) -> Seat:
    """Decline a seat that was offered to oneself, which closes the offer; a second time changes nothing."""
    require(seat.member_id == by.pk)
    declined = Seat.objects.offered().filter(pk=seat.pk).update(ended_at=timezone.now())
    seat.refresh_from_db()
    require(
        seat.accepted_at is None,
        _("You have taken this seat already. Ask the backbone team if you want to give it up."),
    )
    if declined:
        audit.record("seat.declined", by=by, subject=seat)
    return seat


@transaction.atomic
def suspend_member(*, member: User, by: User | None) -> None:
    """Close the account to its member: every session ends now and none begins. `by` None is a command on the server.

    The account of who has left is closed already; coming back asks for a suspension in force (`accounts.leaving`).
    """
    require(by is None or RoleKind.BACKBONE in by.role_names)
    keep_a_backbone(member)
    hold_member(member)
    was_open = member.is_active
    if was_open:
        member.is_active = False
        member.save(update_fields=["is_active"])
    if was_open or Departure.objects.of(member.pk).exists():
        audit.record("member.suspended", by=by, subject=member)
    end_all_sessions(member)


@transaction.atomic
def restore_member(*, member: User, by: User | None) -> None:
    """Open a suspended account again, which ends its suspension. The member signs in anew; who has left has to come back first."""
    require(by is None or RoleKind.BACKBONE in by.role_names)
    in_force = Suspension.objects.in_force().filter(member=member)
    ended = in_force.update(ended_at=timezone.now(), ended_by=by)
    hold_member(member)
    opens = not member.is_active and not Departure.objects.of(member.pk).exists()
    if opens:
        member.is_active = True
        member.save(update_fields=["is_active"])
    if opens or ended:
        audit.record("member.restored", by=by, subject=member)


def hold_member(member: User) -> None:
    """Inside a transaction: of two who act on one account the second waits, and sees whether the first closed or opened it."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=member.pk)
    member.refresh_from_db(fields=["is_active"])


@transaction.atomic
def request_second_factor_reset(*, by: User) -> SecondFactorReset:
    """Note that the member lost their second factor, and mail them. A request that waits already is returned as it is."""
    now = timezone.now()
    reset, new = SecondFactorReset.objects.get_or_create(
        member=by,
        state=ResetState.WAITING,
        defaults={"ready_at": now + RESET_WAITS, "mails_sent": 1},
    )
    if new:
        audit.record("second_factor.reset_requested", by=by, subject=by)
        notifications.second_factor_reset_waiting(reset)
    return reset


@transaction.atomic
def cancel_second_factor_reset(*, reset: SecondFactorReset, by: User) -> bool:
    """Keep the second factor after all; False when the request was closed before."""
    require(reset.member_id == by.pk)
    waiting = SecondFactorReset.objects.waiting().filter(pk=reset.pk)
    closed = waiting.update(state=ResetState.CANCELLED, closed_at=timezone.now())
    if closed:
        audit.record("second_factor.reset_cancelled", by=by, subject=by)
    return bool(closed)


@transaction.atomic
def reset_second_factor(*, member: User, by: User | None) -> None:
    """Remove every second factor of the member, end their sessions and tell them.

    Raises NothingToReset without one, and ResetRefused before 72 hours and three mails. `by` None is a command on the server.
    """
    require(by is None or RoleKind.OPERATOR in by.role_names)
    keys = Authenticator.objects.filter(user=member)
    reset = SecondFactorReset.objects.waiting().select_for_update().filter(member=member).first()
    if not keys.exists():
        raise NothingToReset
    if reset is None or reset.ready_at > timezone.now() or reset.mails_sent < len(RESET_MAILS):
        warned = reset is None or reset.mails_sent == len(RESET_MAILS)
        raise ResetRefused(reset.ready_at if reset else None, warned=warned)
    keys.delete()
    reset.state, reset.closed_at = ResetState.DONE, timezone.now()
    reset.save(update_fields=["state", "closed_at"])
    end_all_sessions(member)
    audit.record("second_factor.reset", by=by, subject=member)
    notifications.second_factor_removed(member)


def remind_second_factor_resets(*, now: datetime) -> int:
    """Mail every member whose request waits after 24 and after 48 hours; drop requests that lapsed. Returns the mails.

    Safe to run at any time and by several workers: each mail is claimed by one of them, with the mail in one transaction.
    """
    SecondFactorReset.objects.waiting().filter(ready_at__lt=now - RESET_LAPSES).update(
        state=ResetState.CANCELLED, closed_at=now
    )
    sent = 0
    for reset in SecondFactorReset.objects.waiting().select_related("member"):
        due = sum(reset.requested_at + wait <= now for wait in RESET_MAILS)
        if due > reset.mails_sent:
            sent += _remind(reset, due)
    return sent


@transaction.atomic
def _remind(reset: SecondFactorReset, due: int) -> bool:
    unsent = SecondFactorReset.objects.waiting().filter(pk=reset.pk, mails_sent=reset.mails_sent)
    claimed = unsent.update(mails_sent=due)
    if claimed:
        notifications.second_factor_reset_waiting(reset)
    return bool(claimed)
