"""What is left for somebody who was removed, and what they can still do: have their posts deleted, and put it away."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caucuses.actions.holding import hold_room
from caucuses.choices import ANSWERED_FOR, BARRED_FOR, PARTED_FOR
from caucuses.chores import guarded
from caucuses.models import Caucus, Invitation, JoinRequest, Parting, Seat
from caucuses.reading import opened
from caucuses.standing import standing_in
from core import doors
from core.crypto import alerts
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing
from core.crypto.owners import KeyDestroyed


def leave_for(
    seat: Seat, *, reason: str, texts: Collection[Any], post_ids: Collection[str]
) -> Parting:
    """Leave for who sat here the reason, what they were writing, and which posts were theirs. Called with the caucus held.

    What an earlier removal left for them, and they have not put away, stands before it: nobody else knows which posts were
    theirs then. All of it stays as long as the last removal does.
    """
    caucus, now = seat.caucus, timezone.now()
    reasons, kept, posts = [reason], list(texts), list(post_ids)
    for before in Parting.objects.filter(caucus=caucus, token=seat.token):
        if before.at > now - PARTED_FOR:
            reasons.insert(0, opened(before, "reason") or "")
            kept = [*_list_in(before, "kept"), *kept]
            posts = [*_list_in(before, "posts"), *posts]
        before.delete()
    parting = Parting(caucus=caucus, token=seat.token, at=now)
    parting.reason, parting.name = "\n\n".join(filter(None, reasons)), opened(caucus, "name") or ""
    parting.kept, parting.posts = json.dumps(kept), json.dumps(posts)
    parting.save(force_insert=True)
    return parting


def end_parting(caucus: Caucus, token: str, *, with_posts: bool) -> None:
    """Delete what was left for whoever this token stands for. Called with the caucus held.

    `with_posts` takes the posts along that it alone knows of: they are of a stay before the removal.
    """
    for parting in Parting.objects.filter(caucus=caucus, token=token):
        if with_posts:
            doors.ask("parted_posts", caucus=caucus, post_ids=posts_of(parting))
        parting.delete()


@transaction.atomic
def delete_posts(*, parting: Parting, by: Any) -> None:
    """Have everything deleted that one wrote there. A second press changes nothing."""
    current = _held(parting, by)
    if current is None:
        return
    doors.ask("parted_posts", caucus=current.caucus, post_ids=posts_of(current))
    current.posts = "[]"
    current.save(update_fields=["posts"])


@transaction.atomic
def put_away(*, parting: Parting, by: Any) -> None:
    """Empty every word of it. What stays for a year is that somebody was removed, and when; nothing, once they were invited."""
    current = _held(parting, by)
    if current is not None:
        _empty(current, timezone.now())


def lift_bar(caucus: Caucus, token: str) -> None:
    """Let whoever this token stands for come in again. What was left for them stays theirs to read, as long as it would."""
    mine = Parting.objects.filter(caucus=caucus, token=token)
    mine.update(may_return=True)
    mine.filter(read_at__isnull=False).delete()


def posts_of(parting: Parting) -> list[UUID]:
    """Which posts there were theirs."""
    return [UUID(str(value)) for value in _list_in(parting, "posts")]


def texts_of(parting: Parting) -> list[str]:
    """What they were writing, each text with its title above it."""
    return ["\n\n".join(_words_of(value)) for value in _list_in(parting, "kept")]


def _words_of(value: Any) -> list[str]:
    values = value.values() if isinstance(value, dict) else value
    parts = values if isinstance(value, dict | list) else [value]
    return [str(part) for part in parts if part]


def _list_in(parting: Parting, name: str) -> list[Any]:
    """A sealed list; empty where it cannot be opened."""
    text = opened(parting, name)
    try:
        values = json.loads(text or "[]")
    except ValueError:  # not what was written there: the page goes on without it
        values = []
    return values if isinstance(values, list) else []


def end_invitations() -> int:
    """Invitations that nobody accepted in 14 days go."""
    return Invitation.objects.filter(expires_at__lte=timezone.now()).delete()[0]


def end_answered_requests() -> int:
    """Requests that were declined 30 days ago go with their answer."""
    old = timezone.now() - ANSWERED_FOR
    return JoinRequest.objects.filter(declined_at__lte=old).delete()[0]


def empty_partings() -> int:
    """What was left for somebody who was removed goes after 30 days, read or not."""
    now = timezone.now()
    rows = Parting.objects.filter(at__lte=now - PARTED_FOR, read_at__isnull=True)
    return sum(
        guarded(partial(_empty_one, pk, now)) for pk in list(rows.values_list("pk", flat=True))
    )


def end_partings() -> int:
    """After a year nothing is left of a removal."""
    return Parting.objects.filter(at__lte=timezone.now() - BARRED_FOR).delete()[0]


def _held(parting: Parting, by: Any) -> Parting | None:
    caucus = hold_room(parting.caucus_id)
    current = standing_in(by, caucus).parting if caucus is not None else None
    return current if current is not None and current.pk == parting.pk else None


@transaction.atomic
def _empty_one(parting_id: UUID, now: datetime) -> int:
    """One in a transaction of its own: a room whose key does not open keeps nothing of the others beyond its time."""
    parting = Parting.objects.select_for_update().filter(pk=parting_id).first()
    if parting is None:
        return 0
    try:
        with transaction.atomic():
            _empty(parting, now)
    except KeyMissing:  # the keyring comes back, and then it goes; until then nobody opens it
        alerts.could_not_open(parting)
        return 0
    except (CannotOpen, KeyDestroyed):  # nobody comes into that room any more, barred or not
        alerts.could_not_open(parting)
        parting.delete()
    return 1


def _empty(parting: Parting, now: datetime) -> None:
    if parting.may_return:  # there is nothing to keep
        parting.delete()
        return
    parting.name = parting.reason = parting.kept = parting.posts = ""
    parting.read_at = parting.read_at or now
    parting.save(update_fields=["name", "reason", "kept", "posts", "read_at"])
