"""What `cohorts` tells members, one function a message, and what a reader may see of each notice."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Initiative, User
from cohorts.choices import Step
from cohorts.models import (
    Announcement,
    Cohort,
    Invitation,
    Meeting,
    Membership,
    Prompt,
    Reply,
)
from cohorts.permissions import (
    announcements_visible_to,
    cohorts_visible_to,
    meetings_visible_to,
    prompts_visible_to,
    replies_deletable_by,
)
from core.clock import zone_named
from core.mail import build
from core.register import Payload, Shown
from notices.actions import not_yet_told, notify, notify_all

ANNOUNCEMENT = "cohorts.announcement"
ADDED = "cohorts.added"
REPLY = "cohorts.reply"
REMOVED = "cohorts.removed"
PLACE = "cohorts.place"
ENDS = "cohorts.ends"
MEETING = "cohorts.meeting"


class News(IntEnum):
    """What a notice of a meeting tells."""

    CALLED = 1
    SEVERAL_CALLED = 2
    CHANGED = 3
    CALLED_OFF = 4


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


def meeting_called(meeting: Meeting, *, by: Any, are_more: bool) -> None:
    """The others in the cohort: a meeting is called, or several of which this is the first."""
    _tell_of_meeting(meeting, News.SEVERAL_CALLED if are_more else News.CALLED, by)


def meeting_changed(meeting: Meeting, *, by: Any) -> None:
    """The others in the cohort: it has another time or place."""
    _tell_of_meeting(meeting, News.CHANGED, by)


def meeting_called_off(meeting: Meeting, *, by: Any) -> None:
    """The others in the cohort: it does not take place."""
    _tell_of_meeting(meeting, News.CALLED_OFF, by)


def _tell_of_meeting(meeting: Meeting, news: News, by: Any) -> None:
    rows = User.objects.filter(memberships__in=meeting.cohort.memberships.current())
    others = [member for member in rows if member.pk != by.pk]
    payload = {"meeting": meeting.pk, "news": int(news)}
    notify_all(members=others, kind=MEETING, payload=payload)


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


def known_announcements(member: Any) -> dict[str, Any]:
    """The announcements that the member may read now."""
    return {"announcement": announcements_visible_to(member)}


def known_meetings(member: Any) -> dict[str, Any]:
    """The meetings that the member may know of now."""
    return {"meeting": meetings_visible_to(member)}


def known_prompts(member: Any) -> dict[str, Any]:
    """The prompts that the member may see now."""
    return {"prompt": prompts_visible_to(member)}


def known_replies(member: Any) -> dict[str, Any]:
    """The replies of the member that are still there."""
    return {"reply": replies_deletable_by(member)}


def known_cohorts(member: Any) -> dict[str, Any]:
    """The cohorts that the member may know of now."""
    return {"cohort": cohorts_visible_to(member)}


def known_places(member: Any) -> dict[str, Any]:
    """The member's own places in cohorts, those that ended too."""
    return {"membership": Membership.objects.filter(member=member)}


def show_announcements(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The announcements that the member may read now: one query for all."""
    ids = {str(payload["announcement"]) for payload in payloads}
    rows = announcements_visible_to(member).filter(pk__in=ids).select_related("cohort")
    found = {str(row.pk): row for row in rows}
    return [_announcement(found.get(str(payload["announcement"]))) for payload in payloads]


def show_meetings(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The meetings that the member may know of now, in the member's time zone: one query for all."""
    ids = {str(payload["meeting"]) for payload in payloads}
    rows = meetings_visible_to(member).filter(pk__in=ids).select_related("cohort")
    found = {str(row.pk): row for row in rows}
    return [
        _meeting(found.get(str(payload["meeting"])), payload.get("news"), member)
        for payload in payloads
    ]


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


def _announcement(row: Announcement | None) -> Shown | None:
    if row is None:
        return None
    words = _("A new announcement in %(cohort)s") % {"cohort": row.cohort.name}
    return Shown(words, f"{address_of(row.cohort)}#announcement-{row.pk}")


def _meeting(row: Meeting | None, news: Any, member: Any) -> Shown | None:
    if row is None:
        return None
    sentences = {
        News.SEVERAL_CALLED: _("Meetings of %(cohort)s are called, the first one for %(when)s"),
        News.CHANGED: _("A meeting of %(cohort)s has another time or place: %(when)s"),
        News.CALLED_OFF: _("The meeting of %(cohort)s on %(when)s is called off"),
    }
    what = News.CALLED_OFF if row.called_off_at else news
    words = sentences.get(what, _("A meeting of %(cohort)s is called for %(when)s"))
    local = row.starts_at.astimezone(zone_named(member.time_zone))
    when = date_format(local, "DATETIME_FORMAT")
    return Shown(words % {"cohort": row.cohort.name, "when": when}, meeting_address(row))


def _talk(row: Prompt | None) -> Shown | None:
    if row is None:
        return None
    return Shown(_("There is a reply in %(cohort)s") % {"cohort": row.cohort.name}, talk_of(row))


def _removed(row: Reply | None) -> Shown | None:
    if row is None:
        return None
    words = _("A reply of yours in %(cohort)s was removed; the reason stands beside it")
    return Shown(words % {"cohort": row.prompt.cohort.name}, reply_address(row))


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


def address_of(cohort: Cohort) -> str:
    """The address of the cohort's page."""
    return reverse("cohorts:cohort_show", args=[cohort.slug])


def meeting_address(meeting: Meeting) -> str:
    """The address of a meeting's page."""
    return reverse("cohorts:meeting_show", args=[meeting.cohort.slug, meeting.pk])


def talk_of(prompt: Prompt) -> str:
    """The address of the talk about a prompt."""
    return reverse("cohorts:talk_show", args=[prompt.cohort.slug, prompt.pk])


def reply_address(reply: Reply) -> str:
    """The address at which a reply is looked up and shown, on whichever page of the talk it stands."""
    cohort = reply.prompt.cohort.slug
    return reverse("cohorts:reply_show", args=[cohort, reply.prompt_id, reply.pk])
