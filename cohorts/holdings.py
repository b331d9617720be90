"""What `cohorts` holds about a member."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.traces import addresses_of
from cohorts import mydata, notifications
from cohorts.actions.imports import prune_imports
from cohorts.models import (
    Announcement,
    ImportRow,
    Invitation,
    JoinLink,
    MemberImport,
    Membership,
    Prompt,
    Reply,
)
from cohorts.telling import TELLINGS
from cohorts.visible import acts, visible
from core.register import Holding, NoticeKind, Retention, hold

INVITATION_DAYS = 90
WORDS_STAY = _("as long as the cohort stands, also after its last day: its participants read them for 30 days more, its facilitators and the backbone team after that; without your name once you left the initiative")  # fmt: skip
LINK_DAYS = 90


def prune_invitations() -> int:
    """Delete invitations past their age, used or not; returns how many rows went. What they gave stays."""
    old = timezone.now() - timedelta(days=INVITATION_DAYS)
    return Invitation.objects.filter(sent_at__lt=old).delete()[0]


def prune_join_links() -> int:
    """Delete links past their age, used or not; returns how many rows went. Who joined by them stays."""
    old = timezone.now() - timedelta(days=LINK_DAYS)
    return JoinLink.objects.filter(made_at__lt=old).delete()[0]


def _export(member: Any) -> dict[str, Any]:
    """Where the member learns or learned, what they announced, and the invitations they accepted."""
    return {
        "memberships": [
            {
                "cohort": row.cohort.name,
                "facilitator": row.is_facilitator,
                "joined": row.joined_at.isoformat(),
                "left": row.left_at.isoformat() if row.left_at else None,
            }
            for row in member.memberships.select_related("cohort").order_by("joined_at")
        ],
        "announcements": [
            {"cohort": row.cohort.name, "text": row.text, "posted": row.posted_at.isoformat()}
            for row in member.announcements.select_related("cohort").order_by("posted_at")
        ],
        "prompts_opened": [
            {"cohort": row.cohort.name, "words": row.words, "opened": row.opened_at.isoformat()}
            for row in member.prompts_opened.select_related("cohort").order_by("opened_at")
        ],
        "replies": [
            {
                "cohort": row.prompt.cohort.name,
                "to": row.prompt.words,
                "text": row.text,
                "posted": row.posted_at.isoformat(),
                "removed_because": row.removal_reason,
            }
            for row in member.replies.select_related("prompt__cohort").order_by("posted_at")
        ],
        "invitations_accepted": [
            {"sent_to": row.email, "sent": row.sent_at.isoformat(), "role": row.role}
            for row in member.invitations_accepted.order_by("sent_at")
        ],
        "join_links_made": [
            {"cohort": row.cohort.name, "made": row.made_at.isoformat(), "used": row.used}
            for row in member.join_links_made.select_related("cohort").order_by("made_at")
        ],
        "files_uploaded": [
            {"cohort": row.cohort.name, "uploaded": row.uploaded_at.isoformat(), "state": row.state}
            for row in member.member_imports.defer("data").select_related("cohort")
        ],
    }


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    """Memberships and invitations go; what was said to a cohort stays without a name, unless it was removed."""
    member_id, addresses = member.pk, addresses_of(member)

    @transaction.atomic
    def memberships() -> None:
        Membership.objects.filter(member=member_id).delete()

    @transaction.atomic
    def invitations() -> None:
        Invitation.objects.filter(accepted_by=member_id).delete()
        Invitation.objects.filter(email__in=addresses).delete()
        Invitation.objects.filter(invited_by=member_id).update(invited_by=None)

    @transaction.atomic
    def lists() -> None:
        MemberImport.objects.filter(uploaded_by=member_id).delete()
        ImportRow.objects.filter(email__in=addresses).delete()
        JoinLink.objects.filter(made_by=member_id).update(made_by=None)

    @transaction.atomic
    def announcements() -> None:
        Announcement.objects.filter(author=member_id).update(author=None)

    @transaction.atomic
    def talk() -> None:
        Reply.objects.filter(author=member_id, removed_at__isnull=False).delete()
        Reply.objects.filter(author=member_id).update(author=None)
        Prompt.objects.filter(opened_by=member_id).update(opened_by=None)

    return (memberships, invitations, lists, announcements, talk)


KINDS = (
    NoticeKind(
        notifications.ANNOUNCEMENT,
        _("Announcements in your cohort"),
        _("When a facilitator or the backbone team tells your cohort something."),
        notifications.show_announcements,
        known=notifications.known_announcements,
    ),
    NoticeKind(
        notifications.REPLY,
        _("Replies in talks of your cohort"),
        _("When somebody replies to a question that your cohort talks about."),
        notifications.show_replies,
        known=notifications.known_prompts,
    ),
    NoticeKind(
        notifications.REMOVED,
        _("A reply of yours was removed"),
        _("When a facilitator has taken a reply of yours out of a talk."),
        notifications.show_removed,
        known=notifications.known_replies,
    ),
    NoticeKind(
        notifications.ADDED,
        _("A new cohort"),
        _("When the backbone team has added you to a cohort."),
        notifications.show_added,
        known=notifications.known_cohorts,
    ),
    NoticeKind(
        notifications.PLACE,
        _("Your place in a cohort"),
        _(
            "When the backbone team has ended your place in a cohort, or you begin or stop facilitating one."
        ),
        notifications.show_places,
        known=notifications.known_places,
    ),
    NoticeKind(
        notifications.ENDS,
        _("The end of your cohort"),
        _("When the backbone team has set the last day of your cohort."),
        notifications.show_ends,
        known=notifications.known_cohorts,
    ),
)


def register() -> None:
    """Register the holding of cohorts."""
    hold(
        Holding(
            name="cohorts",
            title=_("Cohorts"),
            labels=mydata.LABELS,
            models=(
                "cohorts.Cohort",
                "cohorts.Membership",
                "cohorts.Announcement",
                "cohorts.Prompt",
                "cohorts.Reply",
                "cohorts.Invitation",
                "cohorts.JoinLink",
                "cohorts.MemberImport",
                "cohorts.ImportRow",
            ),
            export=_export,
            erase=_erase,
            visible=visible,
            acts=acts,
            told=TELLINGS,
            retention=(
                Retention(
                    _("Invitations, with the address they were sent to"),
                    _("90 days"),
                    prune_invitations,
                ),
                Retention(_("Links to join a cohort by"), _("90 days"), prune_join_links),
                Retention(
                    _("Files of people to invite, and the addresses in them"),
                    _("until they are carried out, 24 hours at most"),
                    prune_imports,
                ),
                Retention(_("That you are in a cohort"), _("until you leave the initiative")),
                Retention(_("Replies in talks of a cohort"), WORDS_STAY),
                Retention(_("Announcements"), WORDS_STAY),
            ),
            notice_kinds=KINDS,
        )
    )
