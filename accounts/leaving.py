"""Leaving: gone from every list at once, back with one press for seven days. What is erased after that: `accounts.erasing`.

The name somebody goes by moves out of their row into that of their departure. So no page, table, feed or file can show it,
whoever forgot to ask whether their account is open; where it stood, people read “Former member”.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import notifications
from accounts.actions import cancel_second_factor_reset
from accounts.models import Departure, SecondFactorReset, Suspension, User
from accounts.permissions import hold_backbone_team, is_last_backbone, is_suspended
from accounts.sessions import end_all_sessions
from core import audit, doors
from core.access import require
from core.content import raise_version
from core.leaving import Remark, When

#: How long a departure can be undone.
UNDONE_FOR = timedelta(days=7)
SALT = "accounts.departure"


class LastBackbone(Exception):
    """Nobody else of the backbone team is there: the initiative would be without anybody who runs it."""


@transaction.atomic
def leave(*, by: User, takes_along: bool) -> Departure:
    """Leave the initiative. Every session ends and every list is without the member, in this very transaction.

    Who is suspended leaves like anybody else, and stays suspended if they come back. The rooms do their part at the door
    `member_left`. Raises LastBackbone, and then nothing has changed.
    """
    hold_backbone_team()
    member = _held(by.pk)
    require(member is not None and (member.is_active or is_suspended(member)))
    assert member is not None  # noqa: S101 (required)
    if is_last_backbone(member):
        raise LastBackbone
    now = timezone.now()
    departure = Departure(
        member_ref=member.pk,
        asked_at=now,
        erase_after=now + UNDONE_FOR,
        chosen_name=member.chosen_name,
        pronouns=member.pronouns,
        takes_along=takes_along,
    )
    departure.save(force_insert=True)
    hide(member)
    for reset in SecondFactorReset.objects.waiting().filter(member=member):
        cancel_second_factor_reset(reset=reset, by=member)  # it would go on writing to them
    doors.ask("member_left", member=member, now=now)
    audit.record("member.left", by=member, subject=member)
    notifications.left(member, departure, link_token(departure))
    end_all_sessions(member)
    return departure


@transaction.atomic
def come_back(*, departure: Departure) -> bool:
    """Undo a departure; False when that is over. What others ended meanwhile stays ended.

    Whom two of the backbone team suspended meanwhile is told so now, and finds the account closed.
    """
    now = timezone.now()
    rows = Departure.objects.select_for_update().can_be_undone(now)
    row = rows.filter(pk=departure.pk).first()
    member = _held(row.member_ref) if row is not None else None
    if row is None or member is None:
        return False
    member.chosen_name, member.pronouns = row.chosen_name, row.pronouns
    suspension = Suspension.objects.in_force().filter(member=member).first()
    member.is_active = suspension is None
    member.save(update_fields=["chosen_name", "pronouns", "is_active"])
    raise_version()
    doors.ask("member_returned", member=member, left_at=row.asked_at, now=now)
    audit.record("member.returned", by=member, subject=member)
    if suspension is None:
        notifications.returned(member)  # also how somebody learns that another pressed it
    else:
        notifications.member_suspended(suspension)
    row.delete()
    return True


def hide(member: User) -> None:
    """Shut the account, and take the name out of the row. Called in the transaction that keeps, or has given up, the name."""
    member.is_active, member.chosen_name, member.pronouns = False, "", ""
    member.save(update_fields=["is_active", "chosen_name", "pronouns"])
    raise_version()


def departure_of(member_id: UUID) -> Departure | None:
    """The departure of this member; None when they have not left."""
    return Departure.objects.of(member_id).first()


def undoable(member: User) -> Departure | None:
    """The departure that this member could undo now: what somebody finds who signs in again."""
    return Departure.objects.can_be_undone(timezone.now()).of(member.pk).first()


def leaves_what_was_shared(member: Any) -> bool:
    """Whether what the member shared with others stays with them for a while: they left, and did not choose to take it along."""
    departure = departure_of(member.pk)
    return departure is not None and not departure.takes_along


def link_token(departure: Departure) -> str:
    """What stands in the address of the page that undoes it."""
    return signing.dumps(str(departure.pk), salt=SALT)


def departure_of_token(token: str) -> Departure | None:
    """The departure that such an address belongs to; None for one that we did not make, and once everything is erased."""
    try:
        key = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Departure.objects.filter(pk=key).first()


def remarks_for(member: User, now: datetime) -> dict[str, list[Remark]]:
    """What the page says, by its three parts; first what holds for everybody."""
    found = [*_for_everybody(now)]
    for more in doors.ask("leaving", member=member):
        found += more
    return {when.value: [one for one in found if one.when is when] for when in When}


def _for_everybody(now: datetime) -> list[Remark]:
    return [
        Remark(When.NOW, _("You are signed out everywhere, and nobody can sign in to your account.")),
        Remark(When.NOW, _("No list and no page shows your name or your address. Where words of yours stay for now, “Former member” stands beside them.")),
        Remark(When.NOW, _("Your roles and your seats in bodies do nothing, and no mail goes out to you but the one that tells you how to come back.")),
        Remark(When.LATER, _("The key of your private writing is destroyed first: your journal, your drafts and whatever else is sealed for you can be read by nobody after that.")),
        Remark(When.LATER, _("Then your rows, your files, your notices, your ways to sign in and at last your account go, one step after the other. If a step is interrupted it is done again.")),
        Remark(When.STAYS, _("A log of acts, for 400 days, in which you are a random-looking number that leads to nobody without a key.")),
        Remark(When.STAYS, _("The random number of your account and the day, in a list of keys that were destroyed. It names nobody; without it an older backup could bring you back.")),
        Remark(When.STAYS, _("What others wrote about you in words of their own.")),
    ]  # fmt: skip


def _held(member_id: UUID) -> User | None:
    rows = User.objects.select_for_update(of=("self",), no_key=True)
    return rows.filter(pk=member_id).first()
