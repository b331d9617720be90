"""What `cohorts` tells members, one function a message, and what a reader may see of each notice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Initiative, User
from cohorts.models import Announcement, Cohort, Invitation, Membership
from cohorts.permissions import announcements_visible_to, cohorts_visible_to
from core.mail import build
from core.register import Payload, Shown
from notices.actions import notify, notify_all

ANNOUNCEMENT = "cohorts.announcement"
ADDED = "cohorts.added"


def announcement_posted(announcement: Announcement) -> None:
    """Everybody in the cohort but the author: there is an announcement."""
    rows = User.objects.filter(memberships__in=announcement.cohort.memberships.current())
    others = [member for member in rows if member.pk != announcement.author_id]
    notify_all(members=others, kind=ANNOUNCEMENT, payload={"announcement": announcement.pk})


def added_to_cohort(membership: Membership) -> None:
    """The member who was added to a cohort by somebody else."""
    notify(member=membership.member, kind=ADDED, payload={"cohort": membership.cohort_id})


def invitation_sent(invitation: Invitation, link: str) -> None:
    """The person invited. The mail names neither role nor cohort nor who invites."""
    message = build(
        to=invitation.email,
        template="cohorts/mail/invitation",
        context={"initiative": Initiative.load(), "link": link},
    )
    message.send()


def show_announcements(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The announcements that the member may read now: one query for all."""
    ids = {str(payload["announcement"]) for payload in payloads}
    rows = announcements_visible_to(member).filter(pk__in=ids).select_related("cohort")
    found = {str(row.pk): row for row in rows}
    return [_announcement(found.get(str(payload["announcement"]))) for payload in payloads]


def show_added(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The cohorts that the member may know of now: one query for all."""
    ids = {str(payload["cohort"]) for payload in payloads}
    found = {str(row.pk): row for row in cohorts_visible_to(member).filter(pk__in=ids)}
    return [_cohort(found.get(str(payload["cohort"]))) for payload in payloads]


def _announcement(row: Announcement | None) -> Shown | None:
    if row is None:
        return None
    words = _("A new announcement in %(cohort)s") % {"cohort": row.cohort.name}
    return Shown(words, f"{address_of(row.cohort)}#announcement-{row.pk}")


def _cohort(row: Cohort | None) -> Shown | None:
    if row is None:
        return None
    return Shown(_("You are now in the cohort %(cohort)s") % {"cohort": row.name}, address_of(row))


def address_of(cohort: Cohort) -> str:
    """The address of the cohort's page."""
    return reverse("cohorts:cohort_show", args=[cohort.slug])
