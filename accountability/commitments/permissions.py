"""Who may read and change what: the owner, whom they chose by name, their buddy; a cohort and everybody the copy alone."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from accountability.buddies.models import Pair
from accountability.buddies.permissions import (
    buddies_of,
    can_write_in_pair,
    is_buddy_of,
    members_there,
)
from accountability.commitments.choices import THERE, WITH_BUDDY, Circle, WitnessState
from accountability.commitments.models import Commitment, OrganizationRole, PublishedCopy, Witness
from accountability.commitments.querysets import (
    CommitmentQuerySet,
    CopyQuerySet,
    RoleQuerySet,
    WitnessQuerySet,
)
from accounts.choices import RoleKind
from accounts.models import User
from accounts.permissions import holds
from care.permissions import kept_away_from
from cohorts.models import Cohort, Membership


def keeper_of(commitment: Commitment) -> User | None:
    """Who keeps it now: its owner, or the holder of its role while they belong to the organization; nobody for a vacant role."""
    if commitment.role is None:
        return commitment.owner
    role, holder = commitment.role, commitment.role.holder
    if holder is None or role.accepted_at is None or role.confirmed_at is None:
        return None
    is_there = holder.is_active and holder.organization_id == role.organization_id
    return holder if is_there else None


def commitments_kept_by(user: Any) -> CommitmentQuerySet:
    """The member's own, and those of the roles they hold, whether or not they have taken them on."""
    if not user.is_authenticated:
        return Commitment.objects.none()
    return Commitment.objects.kept_by(user)


def can_keep_commitment(user: Any, commitment: Commitment) -> bool:
    """Whether the member is its owner or holds its role."""
    keeper = keeper_of(commitment)
    return bool(user.is_authenticated and keeper is not None and keeper.pk == user.pk)


def commitments_changeable_by(user: Any) -> CommitmentQuerySet:
    """Those that the member keeps and, for a role, has taken on themselves."""
    return commitments_kept_by(user).filter(Q(owner__isnull=False) | Q(carrier=F("role__holder")))


def can_change_commitment(user: Any, commitment: Commitment) -> bool:
    """Whether the member may edit it, say how it goes and choose who sees it."""
    taken_on = commitment.role_id is None or commitment.carrier_id == user.pk
    return can_keep_commitment(user, commitment) and taken_on


def commitments_visible_to(user: Any) -> CommitmentQuerySet:
    """Those whose own row the member may read: as keeper, as a witness who accepted, as the buddy of who keeps it."""
    if not user.is_authenticated:
        return Commitment.objects.none()
    rows = Commitment.objects
    mine, seen = rows.kept_by(user), rows.witnessed_by(user)
    beside = rows.shown_to_buddies(buddies_of(user).values("pk"))
    ids = (found.order_by().values("pk") for found in (mine, seen, beside))
    kept, witnessed, shared = ids
    return rows.filter(Q(pk__in=kept) | Q(pk__in=witnessed) | Q(pk__in=shared))


def can_see_commitment(user: Any, commitment: Commitment) -> bool:
    """Whether the member may read the row itself, with its progress and reasons."""
    if not user.is_authenticated:
        return False
    accepted = Q(member=user, state=WitnessState.ACCEPTED)
    return (
        can_keep_commitment(user, commitment)
        or commitment.witnesses.filter(accepted).exists()
        or _sees_as_buddy(user, commitment)
    )


def _sees_as_buddy(user: Any, commitment: Commitment) -> bool:
    keeper = keeper_of(commitment)
    is_shared = commitment.circle in WITH_BUDDY and keeper is not None
    return is_shared and keeper is not None and is_buddy_of(user, keeper.pk)


def commitments_between(member: Any, pair: Pair) -> CommitmentQuerySet:
    """What a member and the buddy they have in this pair both may read: each one's own, as far as its owner shares it.

    Nothing in a pair in which the member has no place now.
    """
    if not can_write_in_pair(member, pair):
        return Commitment.objects.none()
    return Commitment.objects.shown_to_buddies(members_there(pair))


def copies_visible_to(user: Any) -> CopyQuerySet:
    """Copies for everybody, and those for cohorts in which the reader is now."""
    rows = PublishedCopy.objects
    if not user.is_authenticated:
        return rows.public()
    theirs = rows.for_cohorts_of(user).order_by().values("pk")
    return rows.filter(Q(circle=Circle.PUBLIC) | Q(pk__in=theirs))


def can_see_copy(user: Any, copy: PublishedCopy) -> bool:
    """Whether the reader may read this copy."""
    if copy.circle == Circle.PUBLIC:
        return True
    if not user.is_authenticated:
        return False
    current = Membership.objects.current().filter(cohort=copy.cohort_id)
    owner = copy.commitment.owner_id
    is_theirs = owner is None or current.filter(member=owner).exists()
    return is_theirs and current.filter(member=user).exists()


def cohorts_to_share_with(user: Any) -> QuerySet[Cohort]:
    """The cohorts that the member can choose as readers: those they are in now."""
    return Cohort.objects.of(user).order_by("name", "pk")


def witnessing_of(user: Any) -> WitnessQuerySet:
    """The invitations and agreements of a member to be a witness, as long as neither side has ended them."""
    if not user.is_authenticated:
        return Witness.objects.none()
    return Witness.objects.of(user).filter(state__in=sorted(THERE))


def can_answer_as_witness(user: Any, witness: Witness) -> bool:
    """Whether it is the member's own invitation or agreement, and not ended."""
    return bool(user.is_authenticated and witness.member_id == user.pk and witness.state in THERE)


def witnesses_shown_to(user: Any, commitment: Commitment) -> WitnessQuerySet:
    """Its witnesses, for who keeps it alone: no witness learns of another."""
    if not can_change_commitment(user, commitment):
        return Witness.objects.none()
    rows = commitment.witnesses.filter(state__in=sorted(THERE), member__is_active=True)
    return rows.select_related("member").order_by("invited_at", "pk")


def witnesses_to_ask(user: Any, commitment: Commitment) -> list[User]:
    """Whom the keeper can ask: people of their cohorts now, without those who were asked, said no, or are kept away."""
    cohorts = Cohort.objects.of(user).values("pk")
    there = Membership.objects.current().filter(cohort__in=cohorts).values("member")
    known = commitment.witnesses.exclude(state=WitnessState.REMOVED).values("member")
    rows = User.objects.filter(pk__in=there, is_active=True).exclude(pk=user.pk)
    people = list(rows.exclude(pk__in=known).order_by("chosen_name", "pk"))
    away = kept_away_from(user, [person.pk for person in people])
    return [person for person in people if person.pk not in away]


def roles_visible_to(user: Any) -> RoleQuerySet:
    """The roles of the member's own organization; all of them for the backbone."""
    if not user.is_authenticated:
        return OrganizationRole.objects.none()
    if holds(user, RoleKind.BACKBONE):
        return OrganizationRole.objects.all()
    if user.organization_id is None:
        return OrganizationRole.objects.none()
    return OrganizationRole.objects.filter(organization=user.organization_id)


def can_see_role(user: Any, role: OrganizationRole) -> bool:
    """Whether the member may know of the role."""
    if not user.is_authenticated:
        return False
    return holds(user, RoleKind.BACKBONE) or user.organization_id == role.organization_id


def roles_confirmable_by(user: Any) -> RoleQuerySet:
    """Roles that wait for a second person, and whom this member did not create."""
    waiting = roles_visible_to(user).filter(confirmed_at__isnull=True)
    return waiting.exclude(made_by=user) if user.is_authenticated else waiting


def can_confirm_role(user: Any, role: OrganizationRole) -> bool:
    """Whether the member is a second person of the organization, or of the backbone."""
    return can_see_role(user, role) and role.confirmed_at is None and role.made_by_id != user.pk


def can_hold_role(user: Any, role: OrganizationRole) -> bool:
    """Whether the member holds it now. As a filter: `OrganizationRole.objects.held_by`."""
    is_held = role.confirmed_at is not None and role.accepted_at is not None
    is_theirs = user.is_authenticated and role.holder_id == user.pk
    return is_held and is_theirs and user.organization_id == role.organization_id


def roles_named_for_by(user: Any) -> RoleQuerySet:
    """Roles for which the member may name a successor: those they hold; vacant ones for the backbone."""
    if not user.is_authenticated:
        return OrganizationRole.objects.none()
    mine = OrganizationRole.objects.held_by(user)
    if not holds(user, RoleKind.BACKBONE):
        return mine
    vacant = OrganizationRole.objects.vacant().values("pk")
    return OrganizationRole.objects.filter(Q(pk__in=mine.values("pk")) | Q(pk__in=vacant))


def can_name_successor(user: Any, role: OrganizationRole) -> bool:
    """Whether the member holds it, or is of the backbone and nobody holds it."""
    if can_hold_role(user, role):
        return True
    is_vacant = OrganizationRole.objects.vacant().filter(pk=role.pk).exists()
    return is_vacant and user.is_authenticated and holds(user, RoleKind.BACKBONE)


def successors_to_name(user: Any, role: OrganizationRole) -> list[User]:
    """Whom the member can name: people of the organization, without who holds it, and without those who are kept away."""
    rows = User.objects.filter(organization=role.organization_id, is_active=True)
    others = rows.exclude(pk=role.holder_id) if role.holder_id else rows
    people = list(others.order_by("chosen_name", "pk"))
    away = kept_away_from(user, [person.pk for person in people])
    return [person for person in people if person.pk not in away]


def can_answer_offer(user: Any, role: OrganizationRole) -> bool:
    """Whether the role is offered to this member. As a filter: `OrganizationRole.objects.offered_to`."""
    is_offered = user.is_authenticated and role.successor_id == user.pk
    return is_offered and user.organization_id == role.organization_id
