"""What others can see of a member in cohorts, and what others did to their place there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.models import Membership
from core.acts import Act, ActsOn
from core.privacy import Audience
from core.visible import Topic, Visible, fields

READERS = {Audience.FACILITATOR: gettext_lazy("its facilitators")}
PLACE, INVITATION, REPLY = "place", "invitation", "reply"
#: How each verb of the log of acts is told of a place, an invitation and a reply of theirs.
TOLD = {
    PLACE: {
        "cohort.joined": gettext_lazy("%(who)s added you to the cohort %(what)s."),
        "cohort.left": gettext_lazy("%(who)s ended your place in the cohort %(what)s."),
        "cohort.facilitator_made": gettext_lazy("%(who)s let you facilitate the cohort %(what)s."),
        "cohort.facilitator_ended": gettext_lazy("%(who)s made you a participant of the cohort %(what)s again."),
        "cohort.place_opened": gettext_lazy("%(who)s opened the page about your place in the cohort %(what)s."),
    },
    INVITATION: {"invitation.sent": gettext_lazy("%(who)s invited you.")},
    REPLY: {"reply.removed": gettext_lazy("%(who)s removed a reply of yours from a talk of the cohort %(what)s.")},
}  # fmt: skip


def visible(member: Any) -> Iterable[Visible]:
    """What others see: being in a cohort, facilitating it, and what one said there under one's name."""
    for row in member.memberships.current().select_related("cohort"):
        yield _place(row)
    yield Visible(
        _("The announcements that you posted, with your name"),
        fields("cohorts.Announcement", "author", "cohort", "text", "posted_at", "edited_at"),
        Topic.COHORTS,
        called=READERS,
        rows=member.announcements.all(),
        ask=_("beside each of them, on the page of the cohort"),
    )
    yield Visible(
        _("What you replied in talks of your cohort, with your name"),
        fields("cohorts.Reply", "author", "prompt", "text", "posted_at", "edited_at"),
        Topic.COHORTS,
        called=READERS,
        rows=member.replies.filter(removed_at__isnull=True),
        ask=_("beside each of them, in its talk"),
    )
    yield Visible(
        _("Which questions you opened for talk, with your name"),
        fields(
            "cohorts.Prompt",
            "opened_by", "opened_at", "cohort", "lesson_key", "block", "words", "title", "address",
        ),
        Topic.COHORTS,
        called=READERS,
        rows=member.prompts_opened.all(),
    )  # fmt: skip
    yield from _inviting(member)


def _place(row: Membership) -> Visible:
    """Being in one cohort; once it is over for participants, for those who still read it."""
    words = _("That you facilitate the cohort %(name)s") if row.is_facilitator else _("That you are in the cohort %(name)s, and since when")  # fmt: skip
    is_read = row.cohort.is_read_by_all
    ended = {Audience.FACILITATOR: _("facilitators of that cohort, which has ended,")}
    opens = is_read or row.is_facilitator
    return Visible(
        words % {"name": row.cohort.name},
        fields("cohorts.Membership", "member", "cohort", "is_facilitator", "joined_at", "left_at"),
        Topic.COHORTS,
        to=() if is_read else (Audience.FACILITATOR, Audience.BACKBONE),
        called=READERS if is_read else ended,
        url=reverse("cohorts:cohort_show", args=[row.cohort.slug]) if opens else "",
    )


def _inviting(member: Any) -> Iterable[Visible]:
    """That they were invited; and for who invites others, what of it the team sees."""
    about = ("email", "cohort", "role", "as_facilitator", "sent_at", "expires_at", "accepted_by", "accepted_at")  # fmt: skip
    yield Visible(
        _("That you were invited and came, with the address that the invitation went to"),
        fields("cohorts.Invitation", *about),
        Topic.COHORTS,
        rows=member.invitations_accepted.all(),
        ask=_("it goes after 90 days"),
    )
    yield Visible(
        _("Whom you invited by mail, and when"),
        fields("cohorts.Invitation", "invited_by"),
        Topic.COHORTS,
        rows=member.invitations_sent.all(),
    )
    yield Visible(
        _("Which links to join by you made, and when"),
        fields(
            "cohorts.JoinLink", "made_by", "cohort", "made_at", "expires_at", "most_uses", "used", "ended_at"
        ),
        Topic.COHORTS,
        rows=member.join_links_made.all(),
    )  # fmt: skip
    yield Visible(
        _("Files of people to invite that you uploaded"),
        fields("cohorts.MemberImport", "uploaded_by"),
        Topic.TRACES,
        rows=member.member_imports.all(),
    )


def visible_of_meetings(member: Any) -> Iterable[Visible]:
    """The meetings that one called, and, for facilitators alone, what stands of one's attendance."""
    yield Visible(
        _("The meetings that you called, with your name"),
        fields(
            "cohorts.Meeting",
            "made_by", "cohort", "title", "starts_at", "ends_at", "time_zone", "place", "link", "agenda", "called_at",
            "called_off_at", "is_changed_by_others",
        ),
        Topic.COHORTS,
        called=READERS,
        rows=member.meetings_called.all(),
    )  # fmt: skip
    yield Visible(
        _("Whether you were at meetings of your cohorts, as you said or a facilitator noted"),
        fields("cohorts.Attendance", "meeting", "member", "state", "noted_by", "noted_at", "noted_before"),
        Topic.COHORTS,
        called={Audience.FACILITATOR: _("who facilitates the cohort of the meeting")},
        rows=member.attendances.all(),
        ask=_("on the page of each meeting"),
    )  # fmt: skip


def acts(member: Any) -> Iterable[ActsOn]:
    """Places in cohorts, the invitations they came by, and replies that were removed. Who facilitates may have acted, too."""
    places = member.memberships.all()
    rows = _named(places, PLACE, "cohort__name").union(
        _named(member.invitations_accepted.all(), INVITATION),
        _named(member.replies.filter(removed_at__isnull=False), REPLY, "prompt__cohort__name"),
        all=True,
    )
    found: dict[str, dict[UUID, str]] = {}
    for kind, key, name in rows:
        found.setdefault(kind, {})[key] = name
    # Also those who facilitate no more: the place does not say who did.
    there = Membership.objects.filter(cohort__in=places.values("cohort"))
    by = set(there.values_list("member", flat=True))
    for kind, words in TOLD.items():
        yield ActsOn(found.get(kind, {}), words, by=by)


def _named(rows: QuerySet[Any], kind: str, name: str = "") -> QuerySet[Any]:
    """Kind, key and name of each, so that several kinds are one query."""
    said = F(name) if name else Value("")
    return rows.order_by().values_list(Value(kind), "pk", Coalesce(said, Value("")))


def acts_at_meetings(member: Any) -> Iterable[Act]:
    """What a facilitator noted of their attendance."""
    words = gettext_lazy("%(who)s noted whether you were at “%(what)s”.")
    noted = member.attendances.filter(noted_by__isnull=False).exclude(noted_by=member.pk)
    for at, title, by in noted.values_list("noted_at", "meeting__title", "noted_by"):
        yield Act(at, words, title, by)
