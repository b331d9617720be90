"""Who has authority over whom: whoever stands above them at work, and the facilitators of their cohorts.

Nobody's report is read by somebody with authority over them, however that came about and whenever.
"""

from __future__ import annotations

from uuid import UUID

from accounts.reporting import all_above
from cohorts.models import Membership


def over(member: UUID) -> set[UUID]:
    """Everybody with authority over this member: in two queries."""
    cohorts = Membership.objects.current().filter(member=member).values("cohort")
    facilitators = Membership.objects.current().filter(cohort__in=cohorts, is_facilitator=True)
    found = set(facilitators.values_list("member_id", flat=True))
    return (found | all_above().get(member, frozenset())) - {member}


def under(member: UUID) -> set[UUID]:
    """Everybody over whom this member has authority: in two queries. The other direction of `over`."""
    cohorts = Membership.objects.current().filter(member=member, is_facilitator=True)
    people = Membership.objects.current().filter(cohort__in=cohorts.values("cohort"))
    found = set(people.values_list("member_id", flat=True))
    found |= {one for one, above in all_above().items() if member in above}
    return found - {member}
