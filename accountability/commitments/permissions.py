"""Who may read and change what: the owner, whom they chose by name, their buddy; a cohort and everybody the copy alone."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accountability.buddies.models import Pair
from accountability.buddies.permissions import (
    buddies_of,
    can_write_in_pair,
    is_buddy_of,
    members_there,
)
from accountability.commitments.choices import (
    THERE,
    WITH_BUDDY,
    Circle,
    SecondPerson,
    WitnessState,
)
from accountability.commitments.models import Commitment, OrganizationRole, PublishedCopy, Witness
from accountability.commitments.querysets import (
    CommitmentQuerySet,
    CopyQuerySet,
    RoleQuerySet,
    WitnessQuerySet,
)
from accounts.choices import RoleKind
from accounts.models import User
from accounts.permissions import holds, speakers_of, speaks_for
from care.permissions import stops_visible_to
from care.tokens import token_of
from cohorts.models import Cohort, Membership


def keeper_of(commitment: Commitment) -> User | None:
    """Who keeps it now: its owner, or the holder of its role while they speak for the organization; nobody for a vacant role."""
    if commitment.role is None:
        return commitment.owner
    role, holder = commitment.role, commitment.role.holder
    if holder is None or role.accepted_at is None or role.confirmed_at is None:
        return None
    return holder if speaks_for(holder, role.organization_id) else None


def commitments_kept_by(user: Any) -> CommitmentQuerySet:
    """The member's own, and those of the roles they hold, whether or not they have taken them on."""
    if not user.is_authenticated:
        return Commitment.objects.none()
    return Commitment.objects.kept_by(user)


def newest_kept_by(user: Any, first: int, last: int) -> CommitmentQuerySet:
    """Those at these places of `commitments_kept_by`, the newest first."""
    if not user.is_authenticated:
        return Commitment.objects.none()
    return Commitment.objects.newest_of([user.pk], first, last)


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
        or (not _is_closed(commitment) and commitment.witnesses.filter(accepted).exists())
        or _sees_as_buddy(user, commitment)
    )


def _is_closed(commitment: Commitment) -> bool:
    """Whether it is a member's own whose account is closed: nobody reads it as long as it is."""
    return commitment.owner is not None and not commitment.owner.is_active


def _sees_as_buddy(user: Any, commitment: Commitment) -> bool:
    """A role's only once its holder has taken it on: whom an earlier holder let read it is not for the next one's buddy."""
    keeper = keeper_of(commitment)
    if keeper is None or commitment.circle not in WITH_BUDDY:
        return False
    return can_change_commitment(keeper, commitment) and is_buddy_of(user, keeper.pk)


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
    return rows.filter(Q(pk__in=rows.public().values("pk")) | Q(pk__in=theirs))


def can_see_copy(user: Any, copy: PublishedCopy) -> bool:
    """Whether the reader may read this copy."""
    if copy.circle == Circle.PUBLIC:
        return not _is_closed(copy.commitment)
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
    """The invitations that reached a member and their agreements to be a witness, as long as neither side has ended them."""
    if not user.is_authenticated:
        return Witness.objects.none()
    return Witness.objects.of(user).filter(state__in=sorted(THERE), is_passed_on=True)


def can_answer_as_witness(user: Any, witness: Witness) -> bool:
    """Whether it is the member's own invitation or agreement, reached them and is not ended."""
    is_theirs = user.is_authenticated and witness.member_id == user.pk
    return bool(is_theirs and witness.is_passed_on and witness.state in THERE)


def witnesses_shown_to(user: Any, commitment: Commitment) -> WitnessQuerySet:
    """Its witnesses, for who keeps it alone: no witness learns of another."""
    if not can_change_commitment(user, commitment):
        return Witness.objects.none()
    rows = commitment.witnesses.filter(state__in=sorted(THERE), member__is_active=True)
    return rows.select_related("member").order_by("invited_at", "pk")


def witnesses_to_ask(user: Any, commitment: Commitment) -> list[User]:
    """Whom the keeper can ask: people of their cohorts now, without those who were asked, said no, or whom the keeper stopped.

    Who stopped contact with the keeper stands there like everybody; what they are asked is not passed on to them.
    """
    cohorts = Cohort.objects.of(user).values("pk")
    there = Membership.objects.current().filter(cohort__in=cohorts).values("member")
    known = commitment.witnesses.exclude(state=WitnessState.REMOVED).values("member")
    rows = User.objects.filter(pk__in=there, is_active=True).exclude(pk=user.pk)
    return _not_stopped_by(user, list(rows.exclude(pk__in=known).order_by("chosen_name", "pk")))


def _not_stopped_by(user: Any, people: list[User]) -> list[User]:
    """Those with whom the member did not stop contact themselves: one query, whoever stopped whom."""
    tokens = {person.pk: token_of(user.pk, person.pk) for person in people if person.pk != user.pk}
    stops = stops_visible_to(user).filter(token__in=tokens.values())
    stopped = set(stops.values_list("token", flat=True))
    return [person for person in people if tokens.get(person.pk) not in stopped]


def roles_visible_to(user: Any) -> RoleQuerySet:
    """The roles of the organization that the member speaks for; all of them for the backbone."""
    if not user.is_authenticated:
        return OrganizationRole.objects.none()
    if holds(user, RoleKind.BACKBONE):
        return OrganizationRole.objects.all()
    if not speaks_for(user, user.organization_id):
        return OrganizationRole.objects.none()
    return OrganizationRole.objects.filter(organization=user.organization_id)


def can_see_role(user: Any, role: OrganizationRole) -> bool:
    """Whether the member may know of the role."""
    if not user.is_authenticated:
        return False
    return holds(user, RoleKind.BACKBONE) or speaks_for(user, role.organization_id)


def can_create_role(user: Any) -> bool:
    """Whether the member speaks for an organization, in which they may create one."""
    return bool(user.is_authenticated and speaks_for(user, user.organization_id))


def roles_confirmable_by(user: Any) -> RoleQuerySet:
    """Roles that wait for a second person, and which this member did not create.

    A colleague who speaks for the organization confirms. The backbone does only where there is none, and only for who is
    known to belong there: a role's name stands in public, and nobody shall get it by naming an organization.
    """
    if not user.is_authenticated:
        return OrganizationRole.objects.none()
    rows = OrganizationRole.objects.filter(confirmed_at__isnull=True).exclude(made_by=user)
    if speaks_for(user, user.organization_id):
        ours = Q(organization=user.organization_id)
    else:
        ours = Q(pk__in=())
    return rows.filter(ours | _without_a_second()) if holds(user, RoleKind.BACKBONE) else rows.filter(ours)  # fmt: skip


def _without_a_second() -> Q:
    """Of a role: who created it speaks for its organization, and nobody else does."""
    there = User.objects.filter(
        organization=OuterRef("organization"),
        organization_confirmed_at__isnull=False,
        is_active=True,
    )
    maker = Q(pk=OuterRef("made_by"))
    return Q(Exists(there.filter(maker)), ~Exists(there.exclude(maker)))


def can_confirm_role(user: Any, role: OrganizationRole) -> bool:
    """Whether the member is a second person of the organization, or of the backbone where it has none."""
    if not user.is_authenticated or role.confirmed_at is not None or role.made_by_id == user.pk:
        return False
    if speaks_for(user, role.organization_id):
        return True
    return holds(user, RoleKind.BACKBONE) and second_person_of(role) == SecondPerson.NOBODY


def second_person_of(role: OrganizationRole) -> SecondPerson:
    """Who can be the second person of a role: a colleague, nobody of the organization, or nobody before who created it is known there."""
    there = set(speakers_of(role.organization_id).values_list("pk", flat=True)[:2])
    if there - {role.made_by_id}:
        return SecondPerson.COLLEAGUE
    return SecondPerson.NOBODY if there else SecondPerson.UNKNOWN


def can_hold_role(user: Any, role: OrganizationRole) -> bool:
    """Whether the member holds it now. As a filter: `OrganizationRole.objects.held_by`."""
    is_held = role.confirmed_at is not None and role.accepted_at is not None
    is_theirs = user.is_authenticated and role.holder_id == user.pk
    return is_held and is_theirs and speaks_for(user, role.organization_id)


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
    """Whom the member can name: those who speak for the organization, without who holds it, and whom the member stopped."""
    rows = speakers_of(role.organization_id)
    others = rows.exclude(pk=role.holder_id) if role.holder_id else rows
    return _not_stopped_by(user, list(others.order_by("chosen_name", "pk")))


def can_answer_offer(user: Any, role: OrganizationRole) -> bool:
    """Whether the role is offered to this member, and the offer reached them. As a filter: `OrganizationRole.objects.offered_to`."""
    is_offered = user.is_authenticated and role.successor_id == user.pk and role.is_passed_on
    return is_offered and speaks_for(user, role.organization_id)


def successor_shown_to(user: Any, role: OrganizationRole) -> User | None:
    """Who is asked to take it, for everybody who knows of the role; not for the asked one, when the offer does not reach them."""
    return role.successor if role.is_passed_on or role.successor_id != user.pk else None
