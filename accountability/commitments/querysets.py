"""Named filters of commitments. None of them looks into what is promised: that is sealed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from accountability.commitments.choices import (
    REMINDED_AGAIN_AFTER,
    WITH_BUDDY,
    Circle,
    WitnessState,
)
from cohorts.models import Cohort, Membership

#: What `reading.lines_of` reads: a page of many lines fetches no more of five tables.
_OF_A_LINE = (
    *("kind", "circle", "version", "carrier", "review_on", "written_at", "will"),
    *("owner__chosen_name", "owner__is_active", "cohort__name"),
    *("role__title", "role__accepted_at", "role__confirmed_at", "role__organization__name"),
    *("role__holder__is_active", "role__holder__organization", "role__holder__chosen_name"),
)
#: Of a role: who holds it speaks for its organization.
_HOLDER_SPEAKS = Q(
    organization=F("holder__organization"),
    holder__organization_confirmed_at__isnull=False,
    holder__is_active=True,
)


class RoleQuerySet(models.QuerySet):
    """Filters for roles."""

    def confirmed(self) -> RoleQuerySet:
        """Those that a second person confirmed."""
        return self.filter(confirmed_at__isnull=False)

    def held_by(self, member: Any) -> RoleQuerySet:
        """Confirmed ones that the member holds, while they speak for the organization."""
        return self.held_by_any([member.pk])

    def held_by_any(self, members: Any) -> RoleQuerySet:
        """The same for some members, by their ids or a query for these."""
        theirs = self.confirmed().filter(holder__pk__in=members, accepted_at__isnull=False)
        return theirs.filter(_HOLDER_SPEAKS)

    def vacant(self) -> RoleQuerySet:
        """Confirmed ones that nobody holds now."""
        return self.confirmed().exclude(Q(accepted_at__isnull=False) & _HOLDER_SPEAKS)

    def offered_to(self, member: Any) -> RoleQuerySet:
        """Those that the member is asked to take, while they speak for the organization."""
        mine = self.confirmed().filter(successor=member, is_passed_on=True)
        return mine.filter(
            organization=F("successor__organization"),
            successor__organization_confirmed_at__isnull=False,
            successor__is_active=True,
        )

    def for_page(self) -> RoleQuerySet:
        """With the names that stand beside each: one query."""
        return self.select_related("organization", "holder", "successor")


class CommitmentQuerySet(models.QuerySet):
    """Filters for commitments."""

    def kept_by(self, member: Any) -> CommitmentQuerySet:
        """The member's own, and those of the roles that they hold."""
        return self.filter(self._kept([member.pk]))

    def witnessed_by(self, member: Any) -> CommitmentQuerySet:
        """Those of which the member has agreed to be a witness, while the account of who keeps it is open."""
        there = Q(owner__isnull=True) | Q(owner__is_active=True)
        return self.filter(
            there, witnesses__member=member, witnesses__state=WitnessState.ACCEPTED
        )  # each of them once: a member is witness of one commitment once

    def shown_to_buddies(self, keepers: Any) -> CommitmentQuerySet:
        """Those that these members keep and let their buddy read; a role's once its holder has taken them on."""
        kept = self._kept(keepers, taken_on=True)
        return self.filter(kept, circle__in=sorted(WITH_BUDDY))

    def newest(self, first: int, last: int) -> CommitmentQuerySet:
        """Those at these places, the newest first. Chosen by their ids alone: what `for_list` asks of each is asked of no more."""
        return self.model.objects.filter(pk__in=self.values("pk")[first:last])  # type: ignore[attr-defined]

    def newest_of(
        self, keepers: Sequence[Any], first: int, last: int, *, for_buddies: bool = False
    ) -> CommitmentQuerySet:
        """Those at these places of what these members keep, by their ids, the newest first; `for_buddies`: and let their buddy read.

        The newest of each of them and of their roles are found by an index and its order. All that they keep besides, which may
        be thousands, is not looked at.
        """
        rows = self.filter(circle__in=sorted(WITH_BUDDY)) if for_buddies else self
        ways = [
            *(rows.filter(owner__pk=keeper) for keeper in keepers),
            rows.filter(self._of_a_role(keepers, taken_on=for_buddies)),
        ]
        ids = reduce(or_, (Q(pk__in=way.values("pk")[:last]) for way in ways))
        return self.filter(ids).newest(first, last)

    def _kept(self, members: Any, *, taken_on: bool = False) -> Q:
        """Of these members, or of a role that one of them holds: two indexes, where joins would read the whole table.

        (`pk__in` takes the places of a prepared question, `in` of a row beside does not.)
        """
        return Q(owner__pk__in=members) | self._of_a_role(members, taken_on=taken_on)

    def _of_a_role(self, members: Any, *, taken_on: bool) -> Q:
        """Of a role that one of these members holds; or, `taken_on`, whose holder has taken them on."""
        roles: Any = self.model._meta.get_field("role").related_model
        of_a_role = Q(role__in=roles.objects.held_by_any(members).values("pk"))
        if taken_on:
            of_a_role &= Q(carrier=F("role__holder"))
        return of_a_role

    def for_page(self) -> CommitmentQuerySet:
        """With whose it is, who sees it, and its copy: one query."""
        return self.select_related("owner", "role__organization", "role__holder", "cohort", "copy")

    def for_list(self) -> CommitmentQuerySet:
        """What a line of a list shows of each, the id of the last word on how it goes, and whether anybody witnesses it: one query."""
        said, witnesses = (
            self.model._meta.get_field(name).related_model for name in ("progress", "witnesses")
        )
        this = OuterRef("pk")
        last = said.objects.filter(commitment=this).order_by("-at", "-id")  # type: ignore[union-attr]
        accepted = witnesses.objects.accepted().filter(commitment=this)  # type: ignore[union-attr]
        rows = self.select_related("owner", "role__organization", "role__holder", "cohort")
        return rows.only(*_OF_A_LINE).annotate(
            last_progress=Subquery(last.values("pk")[:1]), has_witnesses=Exists(accepted)
        )

    def to_look_at(self, today: date) -> CommitmentQuerySet:
        """Those whose review date has come and of which a reminder is still to go out, by this day."""
        first = Q(nudges=0, review_on__lte=today)
        second = Q(nudges=1, nudged_on__lte=today - REMINDED_AGAIN_AFTER, review_on__isnull=False)
        return self.filter(first | second)


class WitnessQuerySet(models.QuerySet):
    """Filters for witnesses."""

    def of(self, member: Any) -> WitnessQuerySet:
        """Where this member was asked."""
        return self.filter(member=member)

    def between(self, one: UUID, other: UUID) -> WitnessQuerySet:
        """Where one of the two was asked to know of what the other keeps, whatever became of it."""
        ways = Q()
        for keeper, witness in ((one, other), (other, one)):
            theirs = Q(commitment__owner=keeper) | Q(commitment__role__holder=keeper)
            ways |= theirs & Q(member=witness)
        return self.filter(ways)

    def accepted(self) -> WitnessQuerySet:
        """Those who read along now, while their account is open."""
        return self.filter(state=WitnessState.ACCEPTED, member__is_active=True)

    def invited(self) -> WitnessQuerySet:
        """Those who have not answered."""
        return self.filter(state=WitnessState.INVITED)


class CopyQuerySet(models.QuerySet):
    """Filters for published copies."""

    def public(self) -> CopyQuerySet:
        """Those that everybody reads; not those of somebody whose account is closed."""
        closed = Q(commitment__owner__is_active=False)
        return self.filter(~closed | Q(commitment__owner__isnull=True), circle=Circle.PUBLIC)

    def for_cohorts_of(self, member: Any) -> CopyQuerySet:
        """Those of the member's cohorts, while their owner is in that cohort, too."""
        theirs = Cohort.objects.of(member).values("pk")
        there = Membership.objects.current().filter(
            cohort=OuterRef("cohort"), member=OuterRef("commitment__owner")
        )
        whose = Q(commitment__owner__isnull=True) | Exists(there)
        return self.filter(whose, circle=Circle.COHORT, cohort__in=theirs)

    def saying(self, words: tuple[str, ...]) -> CopyQuerySet:
        """Those in which each of the folded words stands."""
        found = self
        for word in words:
            found = found.filter(folded__contains=f" {word}")
        return found
