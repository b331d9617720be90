"""A new cohort, one's place in it, its last day; and the mail to who is invited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Initiative, User
from cohorts.choices import Step
from cohorts.models import Cohort, Invitation, Membership
from cohorts.notifications.addresses import address_of
from cohorts.permissions import cohorts_visible_to
from core.mail import build
from core.register import Payload, Shown
from notices.actions import not_yet_told, notify, notify_all

ADDED = "cohorts.added"
PLACE = "cohorts.place"
ENDS = "cohorts.ends"


def added_to_cohort(membership: Membership) -> None:
    """The member who was added to a cohort by somebody else."""
    notify(member=membership.member, kind=ADDED, payload={"cohort": membership.cohort_id})


def place_changed(membership: Membership, step: Step, by: Any | None) -> None:
    """The member whose place in a cohort somebody else ended or changed."""
    member = membership.member
    if by is not None and by.pk != member.pk and member.is_active:
        notify(member=member, kind=PLACE, payload={"membership": membership.pk, "step": step.value})


def cohort_ends(cohort: Cohort, by: Any) -> None:
    """Everybody in the cohort but who set it: its last day is set. Whoever has not yet read of it is not told once more."""
    rows = User.objects.filter(memberships__in=cohort.memberships.current()).exclude(pk=by.pk)
    payload = {"cohort": cohort.pk}
    members = not_yet_told(list(rows), kind=ENDS, payload=payload)
    notify_all(members=members, kind=ENDS, payload=payload)


def invitation_sent(invitation: Invitation, link: str) -> None:
    """The person invited. The mail names neither role nor cohort nor who invites."""
    message = build(
        to=invitation.email,
        template="cohorts/mail/invitation",
        context={"initiative": Initiative.load(), "link": link},
    )
    message.send()


def known_cohorts(member: Any) -> dict[str, Any]:
    """The cohorts that the member may know of now."""
    return {"cohort": cohorts_visible_to(member)}


def known_places(member: Any) -> dict[str, Any]:
    """The member's own places in cohorts, those that ended too."""
    return {"membership": Membership.objects.filter(member=member)}


def show_added(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The cohorts that the member may know of now: one query for all."""
    ids = {str(payload["cohort"]) for payload in payloads}
    found = {str(row.pk): row for row in cohorts_visible_to(member).filter(pk__in=ids)}
    return [_cohort(found.get(str(payload["cohort"]))) for payload in payloads]


def show_places(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """What became of the member's own places: one query for all, and one for the cohorts that they facilitate."""
    ids = {str(payload["membership"]) for payload in payloads}
    rows = Membership.objects.filter(member=member, pk__in=ids).select_related("cohort")
    found = {str(row.pk): row for row in rows}
    facilitated = set(Cohort.objects.facilitated_by(member).values_list("pk", flat=True))
    return [
        _place(found.get(str(payload["membership"])), Step(payload["step"]), facilitated)
        for payload in payloads
    ]


def show_ends(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The last days of cohorts that the member may know of now: one query for all."""
    ids = {str(payload["cohort"]) for payload in payloads}
    found = {str(row.pk): row for row in cohorts_visible_to(member).filter(pk__in=ids)}
    return [_end(found.get(str(payload["cohort"]))) for payload in payloads]


def _cohort(row: Cohort | None) -> Shown | None:
    if row is None:
        return None
    return Shown(_("You are now in the cohort %(cohort)s") % {"cohort": row.name}, address_of(row))


def _place(row: Membership | None, step: Step, facilitated: set[UUID]) -> Shown | None:
    if row is None:
        return None
    if step is Step.ENDED:
        words = _("Your place in the cohort %(cohort)s has ended")
    elif step is Step.FACILITATES_NO_MORE:
        words = _("You no longer facilitate the cohort %(cohort)s")
    elif facilitated - {row.cohort_id}:
        words = _("You facilitate the cohort %(cohort)s now, too. What is said in each cohort stays in it, also on your pages")  # fmt: skip
    else:
        words = _("You facilitate the cohort %(cohort)s now")
    is_there = row.left_at is None and row.cohort.is_read_by_all
    url = address_of(row.cohort) if is_there else reverse("accounts:visible_show")
    return Shown(words % {"cohort": row.cohort.name}, url)


def _end(row: Cohort | None) -> Shown | None:
    if row is None or row.ends_on is None:
        return None
    said = {"cohort": row.name, "day": date_format(row.ends_on, "DATE_FORMAT")}
    words = _("The last day of the cohort %(cohort)s: %(day)s. What stays open to you is said there")  # fmt: skip
    return Shown(words % said, address_of(row))
