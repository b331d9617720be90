"""Announcements, replies, and a reply that was removed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from cohorts.models import Announcement, Prompt, Reply
from cohorts.notifications.addresses import address_of, reply_address, talk_of
from cohorts.permissions import (
    announcements_visible_to,
    prompts_visible_to,
    replies_deletable_by,
)
from core.register import Payload, Shown
from notices.actions import not_yet_told, notify, notify_all

ANNOUNCEMENT = "cohorts.announcement"
REPLY = "cohorts.reply"
REMOVED = "cohorts.removed"


def announcement_posted(announcement: Announcement) -> None:
    """Everybody in the cohort but the author: there is an announcement."""
    rows = User.objects.filter(memberships__in=announcement.cohort.memberships.current())
    others = [member for member in rows if member.pk != announcement.author_id]
    notify_all(members=others, kind=ANNOUNCEMENT, payload={"announcement": announcement.pk})


def reply_posted(reply: Reply) -> None:
    """The others in the cohort: there is a reply. Whoever has not yet read of this prompt is not told once more."""
    prompt = reply.prompt
    rows = User.objects.filter(memberships__in=prompt.cohort.memberships.current())
    others = [member for member in rows if member.pk != reply.author_id]
    payload = {"prompt": prompt.pk}
    members = not_yet_told(others, kind=REPLY, payload=payload)
    notify_all(members=members, kind=REPLY, payload=payload)


def reply_removed(reply: Reply) -> None:
    """Its author: a facilitator has removed it. The reason stands beside it."""
    if reply.author is not None and reply.author.is_active:
        notify(member=reply.author, kind=REMOVED, payload={"reply": reply.pk})


def known_announcements(member: Any) -> dict[str, Any]:
    """The announcements that the member may read now."""
    return {"announcement": announcements_visible_to(member)}


def known_prompts(member: Any) -> dict[str, Any]:
    """The prompts that the member may see now."""
    return {"prompt": prompts_visible_to(member)}


def known_replies(member: Any) -> dict[str, Any]:
    """The replies of the member that are still there."""
    return {"reply": replies_deletable_by(member)}


def show_announcements(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The announcements that the member may read now: one query for all."""
    ids = {str(payload["announcement"]) for payload in payloads}
    rows = announcements_visible_to(member).filter(pk__in=ids).select_related("cohort")
    found = {str(row.pk): row for row in rows}
    return [_announcement(found.get(str(payload["announcement"]))) for payload in payloads]


def show_replies(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The prompts that the member may see now: one query for all."""
    ids = {str(payload["prompt"]) for payload in payloads}
    rows = prompts_visible_to(member).filter(pk__in=ids).select_related("cohort")
    found = {str(row.pk): row for row in rows}
    return [_talk(found.get(str(payload["prompt"]))) for payload in payloads]


def show_removed(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The removed replies of the member that are still there: one query for all."""
    ids = {str(payload["reply"]) for payload in payloads}
    rows = replies_deletable_by(member).filter(pk__in=ids).select_related("prompt__cohort")
    found = {str(row.pk): row for row in rows}
    return [_removed(found.get(str(payload["reply"]))) for payload in payloads]


def _announcement(row: Announcement | None) -> Shown | None:
    if row is None:
        return None
    words = _("A new announcement in %(cohort)s") % {"cohort": row.cohort.name}
    return Shown(words, f"{address_of(row.cohort)}#announcement-{row.pk}")


def _talk(row: Prompt | None) -> Shown | None:
    if row is None:
        return None
    return Shown(_("There is a reply in %(cohort)s") % {"cohort": row.cohort.name}, talk_of(row))


def _removed(row: Reply | None) -> Shown | None:
    if row is None:
        return None
    words = _("A reply of yours in %(cohort)s was removed; the reason stands beside it")
    return Shown(words % {"cohort": row.prompt.cohort.name}, reply_address(row))
