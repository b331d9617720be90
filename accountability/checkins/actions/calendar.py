"""The link of a member's calendar: made, named, stopped."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone

from accountability.buddies.models import Place
from accountability.checkins.actions.holding import Gone
from accountability.checkins.models import CalendarLink
from accountability.checkins.permissions import links_visible_to
from core.access import require
from core.crypto import owners
from core.crypto.owners import Owner
from core.models import OwnerKind

BYTES = 24  # at random, so that nobody comes upon a link by trying


def digest_of(token: str) -> str:
    """What is kept of a link. Its random part is long, so a plain hash suffices."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_link(*, place: Place, by: Any, title: str) -> str:
    """Make the link of a place, or another one in the place of the one before; returns its random part, which is kept nowhere.

    Raises Gone when the place was left meanwhile.
    """
    require(place.member_id == by.pk)
    owners.get_ready([Owner(OwnerKind.MEMBER, by.pk)])
    token = secrets.token_urlsafe(BYTES)
    if not _hold(place):
        raise Gone
    link = CalendarLink.objects.filter(place=place).first() or CalendarLink(place=place, member=by)
    link.digest, link.made_at, link.title = digest_of(token), timezone.now(), title
    link.save()
    return token


@transaction.atomic
def rename_link(*, link: CalendarLink, by: Any, title: str) -> None:
    """Give what stands in the calendar another title; the link stays the same. Raises Gone when it was stopped meanwhile."""
    require(link.member_id == by.pk)
    _hold(link.place)
    found = links_visible_to(by).filter(pk=link.pk).first()
    if found is None:
        raise Gone
    found.title = title
    found.save(update_fields=["title"])


@transaction.atomic
def stop_link(*, place: Place, by: Any) -> None:
    """Make the link lead nowhere, at once. A second press changes nothing."""
    require(place.member_id == by.pk)
    _hold(place)
    CalendarLink.objects.filter(place=place).delete()


def _hold(place: Place) -> bool:
    """Hold the place's row until the transaction ends; whether it is open."""
    mine = Place.objects.open().filter(pk=place.pk).select_for_update(of=("self",), no_key=True)
    return mine.values("pk").first() is not None
