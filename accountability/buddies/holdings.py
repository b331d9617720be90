"""What buddies hold about a member: nothing that an export by others may take."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accountability.buddies import mydata, notifications
from accountability.buddies.actions.lapsing import prune_requests
from accountability.buddies.actions.pairs import leave_pair, prune_pairs, remove_pair
from accountability.buddies.models import Agreement, Confirmation, Openness, Pair, Place, Request
from accountability.buddies.models.agreement import WORDS
from accountability.buddies.permissions import pairs_writable_by
from accountability.buddies.telling import TELLINGS
from accounts.leaving import leaves_what_was_shared
from core.privacy import Audience
from core.register import SEALED, Holding, NoticeKind, Retention, hold
from core.visible import Topic, Visible, fields


def _export(member: Any) -> dict[str, Any]:
    """What is not sealed. What a pair shares is exported by a page of its own, while it can be read."""
    places = member.buddy_places.order_by("since").values("since", "left_at")
    asked = member.buddy_requests.order_by("asked_at").values(
        "asked_at", "way", "state", "ended_at"
    )
    return {
        "open_to_being_asked": Openness.objects.filter(member=member).exists(),
        "pairs": [_dated(row) for row in places],
        "requests": [_dated(row) for row in asked],
    }


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in row.items()
    }


def _visible(member: Any) -> Iterable[Visible]:
    control = "buddies:buddy_show"
    mine = Place.objects.open().filter(member=member)
    two = {Audience.PAIR: _("the two of you (or three), and nobody else")}
    yield Visible(
        _("That you are open to being asked as a buddy"),
        fields("buddies.Openness", "member"),
        Topic.BUDDY,
        called={
            Audience.COHORT: _(
                "people of your cohorts who have no buddy; not those with whom contact is stopped"
            )
        },
        rows=Openness.objects.filter(member=member),
    )
    yield Visible(
        _("That you have a buddy, who it is, since when, and how they reach you"),
        fields("buddies.Place", "member", "pair", "since", "left_at", "resting_since", "contact")
        + fields("buddies.Pair", "cohort", "came_about", "begun_at", "ended_at"),
        Topic.BUDDY,
        called=two,
        control=control,
        rows=mine,
    )
    yield Visible(
        _("What you two agree on, in each text that was written, and who confirmed it"),
        fields(
            "buddies.Agreement",
            "pair",
            "number",
            "state",
            "written_by",
            "written_at",
            "in_force_at",
        )
        + fields("buddies.Agreement", "rhythm", "weekday", "at", "time_zone", "first_on", *WORDS)
        + fields("buddies.Confirmation", "agreement", "member", "at"),
        Topic.BUDDY,
        called=two,
        control=control,
        rows=Agreement.objects.filter(pair__places__in=mine),
    )
    yield Visible(
        _("That you asked somebody to be your buddy, and your words to them"),
        fields("buddies.Request", "by", "to", "state", "asked_at", "ended_at", "words"),
        Topic.BUDDY,
        called={Audience.CHOSEN: _("the one you asked")},
        control=control,
        rows=Request.objects.open().filter(by=member),
    )


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    """What they wrote goes, but for the text that two others of a trio still live by: that stays, without a name, until
    their pair ends. A pair that nobody is left of goes at once."""
    member_id = member.pk

    @transaction.atomic
    def asking() -> None:
        Openness.objects.filter(member=member_id).delete()
        Request.objects.filter(by=member_id).delete()
        Request.objects.open().filter(to=member_id).update(to=None)

    @transaction.atomic
    def places() -> None:
        for pair in pairs_writable_by(member):
            leave_pair(pair=pair, by=member)
        Place.objects.filter(member=member_id).delete()

    @transaction.atomic
    def agreements() -> None:
        Confirmation.objects.filter(member=member_id).delete()
        theirs = Agreement.objects.filter(written_by=member_id)
        living = theirs.in_force().filter(pair__ended_at__isnull=True)
        living.update(written_by=None)
        if leaves_what_was_shared(member):  # they go with their pair, 30 days after it ended
            theirs.filter(pair__ended_at__isnull=False).update(written_by=None)
        Agreement.objects.filter(written_by=member_id).delete()

    def empty_pairs() -> None:
        for pair in Pair.objects.filter(places__isnull=True, ended_at__isnull=False):
            remove_pair(pair)

    return (asking, places, agreements, empty_pairs)


_KINDS = (
    NoticeKind(
        notifications.ASKED,
        _("A request to be buddies"),
        _("When somebody asks you to be their buddy."),
        notifications.show_asked,
        known=notifications.known_asked,
    ),
    NoticeKind(
        notifications.ANSWERED,
        _("The answer to your request"),
        _("When somebody you asked has said yes, or it did not come about."),
        notifications.show_answered,
        known=notifications.known_answered,
    ),
    NoticeKind(
        notifications.PROPOSED,
        _("A text of your agreement"),
        _("When your buddy has written what you could agree on."),
        notifications.show_proposed,
        known=notifications.known_proposed,
    ),
    NoticeKind(
        notifications.AGREED,
        _("Your agreement is in force"),
        _("When all of you have confirmed what you agree on."),
        notifications.show_agreed,
        known=notifications.known_agreed,
    ),
    NoticeKind(
        notifications.CHANGED,
        _("Your pair"),
        _("When your pair has ended, or is smaller."),
        notifications.show_changed,
        known=notifications.known_changed,
    ),
)


def register() -> None:
    """Register the holding."""
    hold(
        Holding(
            name="buddies",
            title=_("Your buddy"),
            labels=mydata.LABELS,
            models=(
                "buddies.Pair",
                "buddies.Place",
                "buddies.Openness",
                "buddies.Request",
                "buddies.Agreement",
                "buddies.Confirmation",
            ),
            export=_export,
            private_export=mydata.own_copy,
            erase=_erase,
            visible=_visible,
            told=TELLINGS,
            retention=(
                Retention(
                    _("Your pair, and what you two shared in it"),
                    _("30 days after it ended, to read and to export; then it goes, with its key"),
                    prune_pairs,
                    where=SEALED,
                ),
                Retention(
                    _("How to reach you, for your buddy"),
                    _("until your pair ends or you leave it"),
                    where=SEALED,
                ),
                Retention(
                    _("A request to be buddies"),
                    _("open for 30 days; 30 more days after it was answered, taken back or lapsed"),
                    prune_requests,
                    where=SEALED,
                ),
                Retention(
                    _("That you are open to being asked"), _("until you turn it off or leave")
                ),
            ),
            notice_kinds=_KINDS,
        )
    )
