"""The link for a seat's calendar: made, renamed, stopped."""

from __future__ import annotations

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from caucuses.actions.holding import hold_caucus
from caucuses.meetings.models import CalendarLink
from caucuses.meetings.permissions import links_visible_to
from caucuses.models import Seat

BYTES = 32  # at random: 43 letters, so that nobody comes upon a link by trying


class LinkGone(Exception):
    """The link was stopped meanwhile."""


def digest_of(token: str) -> str:
    """What is kept of a link. Its random part is long, so a plain hash suffices."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_link(*, seat: Seat, title: str) -> str:
    """Make the seat's link, or another one in the place of the one before; gives its random part, which is kept nowhere."""
    now = hold_caucus(seat)
    token = secrets.token_urlsafe(BYTES)
    link = links_visible_to(now).first() or CalendarLink(caucus=now.caucus, seat=now)
    link.token_hash, link.made_at, link.title = digest_of(token), timezone.now(), title
    link.save()
    return token


@transaction.atomic
def rename_link(*, seat: Seat, title: str) -> None:
    """Give what stands in the calendar another title; the link stays the same. Raises LinkGone when it was stopped."""
    link = links_visible_to(hold_caucus(seat)).first()
    if link is None:
        raise LinkGone
    link.title = title
    link.save(update_fields=["title"])


@transaction.atomic
def stop_link(*, seat: Seat) -> None:
    """Make the link lead nowhere, at once. A second press changes nothing."""
    links_visible_to(hold_caucus(seat)).delete()
