"""Verbs of `notices`: tell members, mark as read, choose how mail comes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import register
from core.access import require
from core.audit import pseudonym
from core.crypto import owners
from core.crypto.owners import Owner
from core.models import OwnerKind
from notices.choices import DIGESTS, MailKind, Rhythm
from notices.message_ids import new_message_id
from notices.models import MailChoice, Notice, OutboxMail, Preference
from notices.wishes import Wish, wishes


def notify(*, member: Any, kind: str, payload: Mapping[str, Any]) -> Notice | None:
    """Tell one member; None when they are leaving. See `notify_all`."""
    return next(iter(notify_all(members=[member], kind=kind, payload=payload)), None)


@transaction.atomic
def notify_all(*, members: Collection[Any], kind: str, payload: Mapping[str, Any]) -> list[Notice]:
    """Write a notice for each member and plan its mail by their wish. Nothing is sent here.

    Called inside the transaction of the act that it tells of, so that notice and mail exist exactly when the act does,
    also when the process is killed. The payload holds ids only. Raises ValueError for an unknown kind or other values.
    """
    if kind not in {known.name for known in register.notice_kinds()}:
        raise ValueError(f"No app has registered notices of the kind {kind!r}.")
    ids = _ids_only(payload)
    now = timezone.now()
    members = _with_a_key(members)
    notices = [
        Notice(
            member=member,
            kind=kind,
            about=_about(member, kind, ids),
            sealed=json.dumps(ids),
            created_at=now,
        )
        for member in members
    ]
    plan_mail(notices, wishes(members, [kind]), now)
    Notice.objects.bulk_create(notices)
    return notices


def plan_mail(notices: Iterable[Notice], wish_of: Mapping[UUID, Wish], now: datetime) -> None:
    """Give each notice (not yet saved) the mail that will tell of it: one of its own, the next digest's, or none."""
    soon, later = [], []
    for notice in notices:
        wish = wish_of[notice.member_id]
        rhythm = wish.rhythm(notice.kind)
        if rhythm is Rhythm.NOW:
            notice.mail = OutboxMail(
                message_id=new_message_id(),
                kind=MailKind.NOTICE,
                member_id=notice.member_id,
                created_at=now,
                due_at=wish.leaves_at(now),
            )
            soon.append(notice.mail)
        elif rhythm in DIGESTS:
            later.append((notice, wish, wish.digest_after(now, rhythm)))
    OutboxMail.objects.bulk_create(soon)
    while later:
        later = _into_digests(later, now)


def _into_digests(
    planned: list[tuple[Notice, Wish, datetime]], now: datetime
) -> list[tuple[Notice, Wish, datetime]]:
    """Attach notices to their digests, made where missing; returns those whose digest has left already.

    A digest can have left before its time only when the clock was set back: the next one takes the notice.
    """
    rows = [
        OutboxMail(
            message_id=new_message_id(),
            kind=MailKind.DIGEST,
            member_id=notice.member_id,
            digest_at=at,
            created_at=now,
            due_at=wish.leaves_at(at),
        )
        for notice, wish, at in planned
    ]
    OutboxMail.objects.bulk_create(rows, ignore_conflicts=True)
    members = {notice.member_id for notice, _, _ in planned}
    times = {at for _, _, at in planned}
    waiting = {
        (mail.member_id, mail.digest_at): mail
        for mail in OutboxMail.objects.waiting().filter(member__in=members, digest_at__in=times)
    }
    missed = []
    for notice, wish, at in planned:
        notice.mail = waiting.get((notice.member_id, at))
        if notice.mail is None:
            rhythm = wish.rhythm(notice.kind)
            missed.append((notice, wish, wish.digest_after(at, rhythm)))
    return missed


def _ids_only(payload: Mapping[str, Any]) -> dict[str, str | int]:
    """The payload with UUIDs as text. Raises ValueError for anything that could be a person's words."""
    ids: dict[str, str | int] = {}
    for name, value in payload.items():
        if isinstance(value, int) and not isinstance(value, bool):
            ids[name] = value
        else:
            ids[name] = str(UUID(str(value)))
    return ids


def _with_a_key(members: Collection[Any]) -> list[Any]:
    """The members for whom something can be sealed: without those who are leaving, or whose key was damaged."""
    shut = owners.get_ready([Owner(OwnerKind.MEMBER, member.pk) for member in members])
    return [member for member in members if Owner(OwnerKind.MEMBER, member.pk) not in shut]


def not_yet_told(members: Collection[Any], *, kind: str, payload: Mapping[str, Any]) -> list[Any]:
    """Those of the members who have no unread notice of this kind about the same thing. One question for all."""
    ids = _ids_only(payload)
    tokens = {_about(member, kind, ids): member for member in members}
    told = set(Notice.objects.unread().filter(about__in=tokens).values_list("about", flat=True))
    return [member for token, member in tokens.items() if token not in told]


def _about(member: Any, kind: str, ids: Mapping[str, str | int]) -> str:
    """The same for the same member, kind and ids; another one for every other member."""
    return pseudonym(json.dumps([str(member.pk), kind, ids], sort_keys=True))


@transaction.atomic
def mark_read(*, notice: Notice, by: Any) -> None:
    """Mark one's own notice as read; a second time changes nothing."""
    require(notice.member_id == by.pk)
    Notice.objects.of(by).unread().filter(pk=notice.pk).update(read_at=timezone.now())


@transaction.atomic
def mark_all_read(*, by: Any) -> int:
    """Mark all of one's own notices as read; returns how many were not."""
    return Notice.objects.of(by).unread().update(read_at=timezone.now())


@transaction.atomic
def choose_mail(
    *,
    rhythms: Mapping[str, Rhythm],
    is_paused: bool,
    quiet_from: time | None,
    quiet_until: time | None,
    by: Any,
) -> None:
    """Keep how the member wants to be told. It counts for mail that is already waiting, too."""
    for kind, rhythm in rhythms.items():
        Preference.objects.update_or_create(member=by, kind=kind, defaults={"rhythm": rhythm})
    MailChoice.objects.update_or_create(
        member=by,
        defaults={"is_paused": is_paused, "quiet_from": quiet_from, "quiet_until": quiet_until},
    )


@transaction.atomic
def stop_mail(*, member_id: UUID) -> None:
    """Pause all mail about notices for a member, on the strength of the link in one of their mails.

    A member who has left meanwhile gets no mail anyway: nothing happens.
    """
    if User.objects.filter(pk=member_id).exists():
        MailChoice.objects.update_or_create(member_id=member_id, defaults={"is_paused": True})
