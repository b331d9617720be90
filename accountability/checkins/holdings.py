"""What check-ins hold about a member. What they wrote goes with them, and no export by others takes it.

What a pair shared is exported by each of them through the door `pair_export`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.checkins import mydata, notifications
from accountability.checkins.actions.leaving import prune_drafts, prune_parts
from accountability.checkins.models import Asking, CalendarLink, PairNotes, Part, PartDraft, Sign
from accountability.checkins.permissions import links_visible_to, own_places
from accountability.checkins.telling import TELLINGS
from accountability.checkins.texts import QUESTIONS
from accounts.leaving import leaves_what_was_shared
from core.privacy import Audience
from core.register import SEALED, Holding, NoticeKind, Retention, hold
from core.visible import Topic, Visible, fields


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    member_id = member.pk

    @transaction.atomic
    def unshared() -> None:
        PartDraft.objects.filter(member=member_id).delete()
        Sign.objects.filter(member=member_id).delete()
        Asking.objects.filter(member=member_id).delete()
        CalendarLink.objects.filter(member=member_id).delete()

    @transaction.atomic
    def shared() -> None:
        parts = Part.objects.filter(member=member_id)
        if leaves_what_was_shared(member):
            parts.update(member=None, left_behind_at=timezone.now())
        else:
            parts.delete()  # the older wordings go along
        PairNotes.objects.filter(changed_by=member_id).update(changed_by=None)

    return (unshared, shared)


def _visible(member: Any) -> Iterable[Visible]:
    yours = {Audience.PAIR: _("the others of your pair, and nobody else")}
    mine = own_places(member)
    yield Visible(
        _("What you handed in at check-ins, once all were in, with its earlier wordings"),
        fields(
            "checkins.Part",
            "check_in",
            "pair",
            "member",
            "version",
            "shared_at",
            "changed_at",
            "left_behind_at",
        )
        + fields("checkins.PartVersion", "part", "pair", "number", "written_at")
        + fields("checkins.Part", *QUESTIONS)
        + fields("checkins.PartVersion", *QUESTIONS),
        Topic.BUDDY,
        called=yours,
        control="buddies:buddy_show",
        rows=Part.objects.filter(member=member, pair__places__in=mine),
    )
    yield Visible(
        _("Your pair’s notes, and when you check in"),
        fields("checkins.PairNotes", "pair", "version", "changed_at", "changed_by", "body")
        + fields("checkins.Plan", "pair", "rhythm", "weekday", "at", "time_zone")
        + fields(
            "checkins.CheckIn", "pair", "number", "planned_on", "due_at", "moved", "revealed_at"
        ),
        Topic.BUDDY,
        called=yours,
        control="buddies:buddy_show",
        rows=mine,
    )
    yield Visible(
        _("When your next check-ins are, under the title that you chose"),
        fields("checkins.CalendarLink", "title"),
        Topic.BUDDY,
        to=(Audience.AUTHOR,),
        called={Audience.AUTHOR: _("whoever has the link for your calendar")},
        control="checkins:calendar_edit",
        rows=links_visible_to(member),
    )


def _has_buddy(member: Any) -> bool:
    return own_places(member).exists()


def _kind(name: str, label: Any, when: Any, show: Any, known: Any) -> NoticeKind:
    return NoticeKind(name, label, when, show, concerns=_has_buddy, known=known)


RETENTION = (
    Retention(
        _("What you shared at check-ins, and the pair’s notes"),
        _(
            "as long as the pair, and 30 days; what somebody wrote who left a pair of three, 30 days; "
            "without your name, or not at all if you say so, once you left the initiative"
        ),
        prune_parts,
        where=SEALED,
    ),
    Retention(
        _("What you were writing for a check-in when your pair ended, or left lying"),
        _("30 days, for you alone, or until you delete it"),
        prune_drafts,
        where=SEALED,
    ),
    Retention(
        _("What you answered when you were asked how it is going"), _("7 days"), where=SEALED
    ),
    Retention(_("The link for your calendar"), _("until you stop it or the pair ends")),
)


KINDS = (
    _kind(
        notifications.NEAR,
        _("A check-in is near"),
        _("A day before a check-in, if you have not handed in."),
        notifications.show_near,
        notifications.known_check_ins,
    ),
    _kind(
        notifications.OPEN,
        _("You can read each other’s words"),
        _("When all are in, or the date of a check-in has come."),
        notifications.show_open,
        notifications.known_check_ins,
    ),
    _kind(
        notifications.MOVED,
        _("Another date"),
        _("When the date of a check-in was moved."),
        notifications.show_moved,
        notifications.known_check_ins,
    ),
    _kind(
        notifications.ASKED,
        _("How your check-ins are going"),
        _("When there were few words for a while, each is asked apart."),
        notifications.show_asked,
        notifications.known_places,
    ),
    _kind(
        notifications.ONWARD,
        _("Looking for a new partner"),
        _("When the other side rests and you may look for somebody new."),
        notifications.show_onward,
        notifications.known_places,
    ),
)


def register() -> None:
    """Register the holding."""
    hold(
        Holding(
            name="checkins",
            title=_("Check-ins"),
            labels=mydata.LABELS,
            private_export=mydata.own_copy,
            models=tuple(
                f"checkins.{name}"
                for name in (
                    "Plan",
                    "CheckIn",
                    "Sign",
                    "PartDraft",
                    "Part",
                    "PartVersion",
                    "PairNotes",
                    "CalendarLink",
                    "Asking",
                )
            ),
            erase=_erase,
            visible=_visible,
            told=TELLINGS,
            retention=RETENTION,
            notice_kinds=KINDS,
        )
    )
