"""What commitments hold about a member."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accountability.commitments import mydata, notifications
from accountability.commitments.choices import THERE, Circle
from accountability.commitments.models import (
    Commitment,
    OrganizationRole,
    Progress,
    PublishedCopy,
    Witness,
)
from accountability.commitments.permissions import witnessing_of
from accountability.commitments.telling import TELLINGS
from core.content import raise_version
from core.register import SEALED, Holding, NoticeKind, Retention, Visible, hold

MODELS = (
    "commitments.OrganizationRole", "commitments.Commitment", "commitments.Wording", "commitments.Progress",
    "commitments.PublishedCopy", "commitments.PublishedProgress", "commitments.Witness",
)  # fmt: skip


def _export(member: Any) -> dict[str, Any]:
    """Everything that is not sealed: what was published, for whom things are, roles, where one is a witness."""
    mine = Commitment.objects.filter(owner=member).order_by("written_at", "pk")
    copies = PublishedCopy.objects.filter(commitment__owner=member).order_by("published_at", "pk")
    return {
        "commitments": list(
            mine.values("kind", "circle", "cohort__name", "written_at", "changed_at", "review_on")
        ),
        "published": [
            {
                "kind": copy.kind,
                "name": copy.name,
                "published": copy.published_at.isoformat(),
                "will": copy.will,
                "by": copy.by,
                "first_step": copy.first_step,
                "know": copy.know,
                "levels": copy.levels,
                "later": list(copy.later.values("at", "state", "sentence")),
            }
            for copy in copies.prefetch_related("later")
        ],
        "roles": list(
            OrganizationRole.objects.filter(holder=member).values(
                "organization__name", "title", "accepted_at"
            )
        ),
        "witness_of": list(witnessing_of(member).values("state", "invited_at", "accepted_at")),
    }


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    """Their own go with every copy; what a role promised stays with its organization, and the role is vacant."""

    @transaction.atomic
    def own() -> None:
        was_public = PublishedCopy.objects.filter(commitment__owner=member, circle=Circle.PUBLIC).exists()  # fmt: skip
        Commitment.objects.filter(owner=member).delete()
        if was_public:
            raise_version()

    @transaction.atomic
    def roles() -> None:
        held = OrganizationRole.objects.filter(holder=member)
        held.update(holder=None, accepted_at=None)
        OrganizationRole.objects.filter(successor=member).update(successor=None)
        for name in ("made_by", "confirmed_by", "named_by"):
            OrganizationRole.objects.filter(**{name: member}).update(**{name: None})
        Commitment.objects.filter(carrier=member).update(carrier=None)
        Progress.objects.filter(by=member).update(by=None)

    @transaction.atomic
    def witnessing() -> None:
        Witness.objects.filter(member=member).delete()

    return (own, roles, witnessing)


def _visible(member: Any) -> Iterable[Visible]:
    """One line for each circle in which something stands, and one for each role."""
    control = "commitments:commitment_list"
    mine = Commitment.objects.filter(owner=member).select_related("cohort")
    rows = list(mine)
    if any(row.circle == Circle.PUBLIC for row in rows):
        yield Visible(_("The commitments that you made public, under your name"), _("Everybody, also without an account"), control)  # fmt: skip
    for name in sorted({row.cohort.name for row in rows if row.cohort is not None}):
        yield Visible(_("The commitments that you let your cohort read"), _("The people in %(name)s") % {"name": name}, control)  # fmt: skip
    if any(row.circle != Circle.ME for row in rows):
        yield Visible(_("The commitments that you let your buddy read"), _("Your buddy, while you have one"), control)  # fmt: skip
    asked = Witness.objects.filter(commitment__owner=member, state__in=sorted(THERE))
    if asked.exists():
        yield Visible(_("A commitment of yours, to its witnesses"), _("The witnesses whom you chose, each for themselves"), control)  # fmt: skip
    if witnessing_of(member).exists():
        yield Visible(_("That you are a witness of a commitment, or were asked to be"), _("Who keeps that commitment"), control)  # fmt: skip
    for role in OrganizationRole.objects.filter(holder=member).select_related("organization"):
        words = _("That you hold the role “%(title)s”") % {"title": role.title}
        who = _("The people of %(name)s and the backbone team") % {"name": role.organization.name}
        yield Visible(words, who, "commitments:role_list")


RETENTION = (
    Retention(_("Your commitments, with how they went"), _("until you delete them or leave"), where=SEALED),
    Retention(_("What you published of them"), _("until you let fewer people see it, delete it or leave")),
    Retention(_("What a role promised for its organization"), _("until somebody who holds the role deletes it"), where=SEALED),
    Retention(_("That you are or were asked to be a witness"), _("until the commitment is deleted, or you leave")),
)  # fmt: skip

KINDS = (
    NoticeKind(
        notifications.INVITED,
        _("Asked to be a witness"),
        _("When somebody asks you to be a witness of a commitment."),
        notifications.show_invited,
        known=notifications.known_invited,
    ),
    NoticeKind(
        notifications.ACCEPTED,
        _("A witness of yours"),
        _("When somebody whom you asked to be a witness has said yes."),
        notifications.show_accepted,
        known=notifications.known_accepted,
    ),
    NoticeKind(
        notifications.REWORDED,
        _("A commitment that you witness was reworded"),
        _("When a commitment of which you are a witness says something else."),
        notifications.show_reworded,
        known=notifications.known_witnessed,
    ),
    NoticeKind(
        notifications.PROGRESS,
        _("How a commitment that you witness goes"),
        _("When there is a word on how it goes."),
        notifications.show_progress,
        known=notifications.known_witnessed,
    ),
    NoticeKind(
        notifications.REVIEW,
        _("Looking at your own commitments again"),
        _("On the day that you chose, and once more two weeks later."),
        notifications.show_review,
        known=notifications.known_review,
    ),
    NoticeKind(
        notifications.SUCCESSOR,
        _("Asked to take a role"),
        _("When you are asked to take a role in your organization."),
        notifications.show_successor,
        known=notifications.known_successor,
    ),
)


def register() -> None:
    """Register the holding."""
    hold(
        Holding(
            name="commitments",
            title=_("Commitments"),
            labels=mydata.LABELS,
            models=MODELS,
            export=_export,
            private_export=mydata.own_copy,
            erase=_erase,
            visible=_visible,
            told=TELLINGS,
            retention=RETENTION,
            notice_kinds=KINDS,
        )
    )
