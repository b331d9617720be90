"""Who may do what with members, roles and bodies, and what a member must prove first."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import RoleKind
from accounts.models import Body, Departure, OwnCopy, Role, Seat, Suspension, User
from accounts.querysets import OwnCopyQuerySet
from core import doors
from core.access import require
from core.crypto import owners
from core.crypto.owners import Owner
from core.models import OwnerKind

PROOF_LASTS = timedelta(minutes=15)
JOURNAL_SHUT_FOR = timedelta(hours=24)
STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

Record = dict[str, Any]


def holds(user: User, kind: RoleKind) -> bool:
    """Whether the member holds this role now."""
    return bool(user.is_authenticated and kind.value in user.role_names)


def backbone_team() -> QuerySet[User]:
    """The members of the backbone team whose account is open: who can run the initiative at this moment."""
    held = Role.objects.in_force().filter(kind=RoleKind.BACKBONE)
    return User.objects.filter(pk__in=held.values("member"), is_active=True)


def is_last_backbone(member: Any) -> bool:
    """Whether nobody but this member could run the initiative: they are of the backbone team, and no other open account is."""
    team = set(backbone_team().values_list("pk", flat=True)[:2])
    return team == {member.pk}


def hold_backbone_team() -> None:
    """Hold the team until the transaction ends, so that of two who stop being of it at once the second sees what the first did."""
    held = Role.objects.in_force().filter(kind=RoleKind.BACKBONE).order_by("pk")
    list(held.select_for_update().values_list("pk"))


def keep_a_backbone(member: User) -> None:
    """Ask, inside a transaction, before a member stops being of the backbone team by role or suspension.

    Raises PermissionDenied with a sentence when nobody else would be left. Leaving asks the same (`accounts.leaving`).
    """
    hold_backbone_team()
    require(
        not is_last_backbone(member),
        _("Nobody else of the backbone team could run the initiative then, so nothing was changed. Give the role to somebody else first."),
    )  # fmt: skip


def speaks_for(user: Any, organization_id: UUID | None) -> bool:
    """Whether the member may act for this organization, and see what only its people see: it is known that they belong to it.

    To name it in one's profile is not enough. As a filter: `speakers_of`.
    """
    return bool(
        user.is_authenticated
        and user.is_active
        and organization_id is not None
        and user.organization_id == organization_id
        and user.organization_confirmed_at is not None
    )


def speakers_of(organization_id: UUID | None) -> QuerySet[User]:
    """The members who may act for this organization."""
    if organization_id is None:
        return User.objects.none()
    return User.objects.filter(
        organization=organization_id, organization_confirmed_at__isnull=False, is_active=True
    )


def is_staff_member(user: User) -> bool:
    """Whether the member works on the site: any role at all, or what an app above calls work (door `staff`)."""
    if not user.is_authenticated:
        return False
    return bool(user.role_names) or any(doors.ask("staff", member=user))


def lacks_second_factor(user: User) -> bool:
    """Whether a person of the staff has neither passkey nor authenticator app."""
    return is_staff_member(user) and not has_second_factor(user)


def has_second_factor(user: User) -> bool:
    """Whether the member has a passkey, a security key or an authenticator app. Recovery codes alone are none."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=STRONG).exists()


def has_passkey(user: User) -> bool:
    """Whether the member has a passkey or security key."""
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN).exists()


def can_decide_for_body(user: User, body: Body) -> bool:
    """Whether the member holds a seat in the body at this moment."""
    return bool(user.is_authenticated and body.seats.filled().filter(member=user).exists())


def bodies_decided_by(user: User) -> QuerySet[Body]:
    """The bodies in which the member holds a seat at this moment."""
    if not user.is_authenticated:
        return Body.objects.none()
    return Body.objects.filter(seats__in=user.seats.filled())


def can_answer_seat(user: User, seat: Seat) -> bool:
    """Whether the seat was offered to this member and waits for their answer."""
    return bool(
        user.is_authenticated
        and seat.member_id == user.pk
        and seat.accepted_at is None
        and seat.ended_at is None
    )


def seats_offered_to(user: User) -> QuerySet[Seat]:
    """The seats that wait for this member's answer, the oldest offer first."""
    if not user.is_authenticated:
        return Seat.objects.none()
    return Seat.objects.offered().filter(member=user).select_related("body").order_by("offered_at")


def seats_of(user: User) -> QuerySet[Seat]:
    """Every seat that was ever offered to this member, whatever became of it."""
    if not user.is_authenticated:
        return Seat.objects.none()
    return Seat.objects.filter(member=user).select_related("body")


def proves_by_code(user: User) -> bool:
    """Whether a mailed code is this member's proof: they have neither password nor passkey."""
    return not user.has_usable_password() and not has_passkey(user)


def recently_proved(
    request: HttpRequest, *, since: float | None = None, who: User | None = None
) -> bool:
    """Whether the member showed within the last 15 minutes, in this session, that it is they.

    Password or passkey; a mailed code only for those who have neither. Signing in counts. With `since` (seconds since
    1970, as the session notes them) only what came after that moment does. `who` is a member who has no session, because
    their account is closed (`accounts.inactive`).
    """
    user: Any = who or request.user
    if not user.is_authenticated:
        return False
    recent = _recent(request, user, since)
    if any(_is_password_or_passkey(record) for record in recent):
        return True
    return any(record.get("method") == "code" for record in recent) and proves_by_code(user)


def journal_shut_until(user: User) -> datetime | None:
    """Until when the journal stays shut after a password reset; None when it does not."""
    if user.password_reset_at is None:
        return None
    until = user.password_reset_at + JOURNAL_SHUT_FOR
    return until if until > timezone.now() else None


def journal_opens(
    request: HttpRequest, *, since: float | None = None, who: User | None = None
) -> bool:
    """Whether this session may open the journal: a recent proof that is more than a mailed code, and no fresh reset.

    Within a day of a password reset only a second factor from before the reset opens it: the mailbox, and with it
    the new password, may be in another's hands. With `since` (the moment at which it was locked) every part of the
    proof must be younger.
    """
    if not recently_proved(request, since=since, who=who):
        return False
    user: Any = who or request.user
    reset_at = user.password_reset_at if journal_shut_until(user) else None
    if reset_at is not None:
        return _used_second_factor(request, user, older_than=reset_at, since=since)
    if any(map(_is_password_or_passkey, _recent(request, user, since))):
        return True
    return _used_second_factor(request, user, since=since)


def is_suspended(member: User) -> bool:
    """Whether the account is closed by a suspension that is in force, and its member has not left."""
    return not member.is_active and suspended_members().filter(pk=member.pk).exists()


def suspended_members() -> QuerySet[User]:
    """The same as a filter."""
    shut = Suspension.objects.in_force().values("member")
    gone = Departure.objects.values("member_ref")
    return User.objects.filter(is_active=False, pk__in=shut).exclude(pk__in=gone)


def can_have_own_copy(user: Any) -> bool:
    """Whether a copy of everything is made for this member, and given out: also while they are suspended, not once they left."""
    return bool(
        user.is_authenticated
        and (user.is_active or is_suspended(user))
        and not owners.is_destroyed(Owner(OwnerKind.MEMBER, user.pk))
    )


def can_see_own_copy(user: Any, copy: OwnCopy) -> bool:
    """Whether it is the member’s own."""
    return bool(user.is_authenticated and copy.member_id == user.pk)


def own_copies_visible_to(user: Any) -> OwnCopyQuerySet:
    """The member’s own: at most one."""
    if not user.is_authenticated:
        return OwnCopy.objects.none()
    return OwnCopy.objects.filter(member=user)


def own_copy_opens(request: HttpRequest) -> bool:
    """Whether this session may ask for a copy and download it: what opens the journal, which is in it (`journal_opens`)."""
    return journal_opens(request, since=proof_since(request))


def proof_since(request: HttpRequest) -> float | None:
    """The moment before which nothing that was proved in this session counts: rooms that were locked since (door `proof_since`)."""
    return max(doors.ask("proof_since", request=request), default=None)


def passed_second_factor(request: HttpRequest) -> bool:
    """Whether a second factor or passkey was used in this session."""
    return any(record.get("method") == "mfa" for record in _records(request, request.user))


def _used_second_factor(
    request: HttpRequest,
    user: Any,
    older_than: datetime | None = None,
    since: float | None = None,
) -> bool:
    """Whether this session used a second factor that still exists; with `older_than`, one that was there before it, since."""
    used = [record for record in _records(request, user) if record.get("method") == "mfa"]
    used = [record for record in used if since is None or record.get("at", 0) > since]
    if older_than is not None:
        used = [record for record in used if _at(record) > older_than]
    keys = Authenticator.objects.filter(
        user_id=user.pk, pk__in=[record.get("id") for record in used]
    )
    if older_than is not None:
        keys = keys.filter(created_at__lt=older_than)
    return keys.exists()


def _records(request: HttpRequest, user: Any) -> list[Record]:
    return get_authentication_records(request, user)


def _recent(request: HttpRequest, user: Any, since: float | None = None) -> Iterable[Record]:
    now = time.time()
    return [
        record
        for record in _records(request, user)
        if 0 <= now - record.get("at", 0) < PROOF_LASTS.total_seconds()
        if since is None or record.get("at", 0) > since
    ]


def _at(record: Record) -> datetime:
    return datetime.fromtimestamp(record.get("at", 0), UTC)


def _is_password_or_passkey(record: Record) -> bool:
    if record.get("method") == "password":
        return True
    return record.get("method") == "mfa" and record.get("type") == Authenticator.Type.WEBAUTHN
