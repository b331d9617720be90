"""Links to join a cohort by: make, end, use. A link is shown once; the database keeps the hash of its token."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cohorts.actions.invitations import hash_of
from cohorts.actions.memberships import join_cohort
from cohorts.actions.over import CohortIsOver, held_open
from cohorts.models import Cohort, JoinLink, Membership
from cohorts.permissions import can_end_join_link, can_invite, can_join_by_link
from core import audit
from core.access import require

MOST_DAYS = 30
SALT = "cohorts.join_link"
#: For so long the form that made a link shows it again when it is sent twice.
A_DOUBLE_PRESS = timedelta(minutes=10)


class LinkGone(Exception):
    """The link was used up, ended or has expired, or its cohort is over."""


class AlreadyIn(Exception):
    """The member is in the cohort already; no use was taken."""


class PlaceEnded(Exception):
    """The member's place in the cohort was ended before: a link does not bring them back. No use was taken."""


@dataclass(frozen=True)
class MadeLink:
    """A link with its address, which exists here and with whom it is given to."""

    join_link: JoinLink
    address: str


@transaction.atomic
def make_join_link(*, cohort: Cohort, days: int, most_uses: int, form: UUID, by: Any) -> MadeLink:
    """Make a link. The same `form` sent twice shows the same link (threats H9); after ten minutes it shows none.

    The token follows from the form's own random id and the site's secret, so that nothing of it need be kept.
    Raises CohortIsOver, and LinkGone where this form made its link long ago.
    """
    require(can_invite(by))
    held_open(cohort)
    token, now = _token(form, by), timezone.now()
    until = now + timedelta(days=min(days, MOST_DAYS))
    link, new = JoinLink.objects.get_or_create(
        token_hash=hash_of(token),
        defaults={
            "cohort": cohort,
            "made_by": by,
            "made_at": now,
            "expires_at": until,
            "most_uses": most_uses,
        },
    )
    if new:
        audit.record("join_link.made", by=by, subject=link)
    elif now - link.made_at > A_DOUBLE_PRESS or link.cohort_id != cohort.pk:
        raise LinkGone
    return MadeLink(link, settings.SITE_URL + reverse("cohorts:link_open", args=[token]))


@transaction.atomic
def end_join_link(*, link: JoinLink, by: Any) -> bool:
    """End the link now: nobody joins by it any more. False when it was ended before."""
    require(can_end_join_link(by, link))
    ended = JoinLink.objects.filter(pk=link.pk, ended_at__isnull=True).update(ended_at=timezone.now())  # fmt: skip
    if ended:
        audit.record("join_link.ended", by=by, subject=link)
    return bool(ended)


@transaction.atomic
def join_by_link(*, link: JoinLink, by: Any) -> Membership:
    """Join the cohort and take one use, at one stroke. Of two people and one use, one joins.

    Raises LinkGone; AlreadyIn for who is in the cohort, and PlaceEnded for who was.
    """
    require(can_join_by_link(by))
    try:
        cohort = held_open(link.cohort)
    except CohortIsOver:
        raise LinkGone from None
    mine = JoinLink.objects.with_a_use_left().filter(pk=link.pk, token_hash=link.token_hash)
    if not mine.update(used=F("used") + 1):
        raise LinkGone
    _refuse_if_known(cohort, by)
    audit.record("join_link.used", by=by, subject=link)
    return join_cohort(cohort=cohort, member=by, by=None)


def _refuse_if_known(cohort: Cohort, member: Any) -> None:
    """Raise AlreadyIn or PlaceEnded, which gives the use back."""
    ends = list(cohort.memberships.filter(member=member).values_list("left_at", flat=True))
    if None in ends:
        raise AlreadyIn
    if ends:
        raise PlaceEnded


def _token(form: UUID, by: Any) -> str:
    digest = salted_hmac(SALT, f"{by.pk}|{form}", algorithm="sha256").digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
