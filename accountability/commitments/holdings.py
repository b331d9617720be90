"""What commitments hold about a member."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
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
from core.privacy import Audience
from core.register import SEALED, Holding, NoticeKind, Retention, hold
from core.visible import Topic, Visible, fields

MODELS = (
    "commitments.OrganizationRole", "commitments.Commitment", "commitments.Wording", "commitments.Progress",
    "commitments.PublishedCopy", "commitments.PublishedProgress", "commitments.Witness",
)  # fmt: skip

CONTROL = "commitments:commitment_list"
_SAID = ("will", "first_step", "know", "by", "levels")
COPIED = (
    *fields(
        "commitments.PublishedCopy",
        "commitment",
        "kind",
        "circle",
        "cohort",
        "name",
        "published_at",
        "changed_at",
        *_SAID,
    ),
    *fields("commitments.PublishedProgress", "of", "progress", "at", "sentence", "state"),
)
KEPT = fields(
    "commitments.Commitment",
    "owner",
    "kind",
    "circle",
    "cohort",
    "version",
    "written_at",
    "changed_at",
    "about",
    *_SAID,
)
EARLIER = (
    *fields("commitments.Wording", "commitment", "version", "until", *_SAID),
    *fields("commitments.Progress", "commitment", "by", "at", "sentence", "state", "reason"),
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
    mine = Commitment.objects.filter(owner=member)
    copies = PublishedCopy.objects.filter(commitment__owner=member)
    yield Visible(
        _("The commitments that you made public, under your name"),
        COPIED,
        Topic.COMMITMENTS,
        to=(Audience.PUBLIC,),
        called={Audience.PUBLIC: _("everybody, also without an account")},
        control=CONTROL,
        url=reverse("commitments:statement_list"),
        rows=copies.filter(circle=Circle.PUBLIC),
    )
    yield Visible(
        _("The commitments that you let your cohort read, under your name"),
        COPIED,
        Topic.COMMITMENTS,
        to=(Audience.COHORT,),
        called={Audience.COHORT: _("the people in the cohort that you chose for each")},
        control=CONTROL,
        rows=copies.filter(circle=Circle.COHORT),
    )
    yield Visible(
        _("The commitments that you let your buddy read"),
        KEPT,
        Topic.COMMITMENTS,
        called={Audience.CHOSEN: _("your buddy, while you have one")},
        control=CONTROL,
        rows=mine.exclude(circle=Circle.ME),
    )
    yield Visible(
        _(
            "Commitments of yours, to their witnesses, with how they went and their earlier wordings"
        ),
        KEPT + EARLIER,
        Topic.COMMITMENTS,
        called={Audience.CHOSEN: _("the witnesses whom you chose, each for themselves")},
        control=CONTROL,
        rows=mine.filter(witnesses__state__in=sorted(THERE)).distinct(),
    )
    yield from _for_others(member)


def _for_others(member: Any) -> Iterable[Visible]:
    """What a member does for the commitments of others, and for their organization."""
    yield Visible(
        _("That you are a witness of a commitment, or were asked to be"),
        fields(
            "commitments.Witness",
            "member",
            "commitment",
            "state",
            "invited_at",
            "accepted_at",
            "ended_at",
        ),
        Topic.COMMITMENTS,
        called={Audience.CHOSEN: _("who keeps that commitment")},
        control=CONTROL,
        rows=witnessing_of(member),
    )
    for role in OrganizationRole.objects.filter(holder=member).select_related("organization"):
        yield Visible(
            _now("That you hold the role “%(title)s”") % {"title": role.title},
            fields(
                "commitments.OrganizationRole", "organization", "title", "holder", "accepted_at"
            ),
            Topic.COMMITMENTS,
            called={
                Audience.ORGANIZATION: _now("the people of %(name)s")
                % {"name": role.organization.name}
            },
            control="commitments:role_list",
        )
    yield Visible(
        _("Commitments of a role that you took on"),
        fields("commitments.Commitment", "role", "carrier"),
        Topic.COMMITMENTS,
        called={Audience.CHOSEN: _("those whom you let read them")},
        control="commitments:role_list",
        rows=Commitment.objects.filter(carrier=member),
    )
    had_a_part = Q(made_by=member) | Q(confirmed_by=member) | Q(named_by=member)
    offered = OrganizationRole.objects.offered_to(member).values("pk")
    yield Visible(
        _(
            "What you did for roles of your organization: created, confirmed, handed on, or were asked to take"
        ),
        fields(
            "commitments.OrganizationRole",
            "made_by",
            "made_at",
            "confirmed_by",
            "confirmed_at",
            "successor",
            "named_by",
        ),
        Topic.COMMITMENTS,
        control="commitments:role_list",
        rows=OrganizationRole.objects.filter(had_a_part | Q(pk__in=offered)),
    )


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
