"""What the letter holds about a member: what they signed, for themselves and for their organization, and what they wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accountability.letter import mydata
from accountability.letter import notifications as told
from accountability.letter.actions import prune_unconfirmed
from accountability.letter.models import LetterVersion, Pledge, Signature
from accountability.letter.telling import TELLINGS
from accounts.permissions import speaks_for
from core.privacy import Audience
from core.register import Holding, NoticeKind, Retention, hold
from core.visible import Topic, Visible, fields

SIGNED = fields("letter.Signature", "member", "version", "organization", "name_is_public", "signed_at", "confirmed_at")  # fmt: skip


def _export(member: Any) -> dict[str, Any]:
    own = Signature.objects.for_oneself().filter(member=member)
    acted = Signature.objects.for_organizations().filter(Q(member=member) | Q(confirmed_by=member))
    acted = acted.for_page().order_by("signed_at")
    written = LetterVersion.objects.filter(written_by=member).order_by("written_at")
    return {
        "signed": [
            {"version": row.version.number, "at": row.signed_at.isoformat(), "name_is_public": row.name_is_public}
            for row in own.select_related("version").order_by("signed_at")
        ],
        "for_organizations": [_acted(row, member) for row in acted],
        "written": [
            {"version": row.number or None, "process": row.process, "outcome": row.outcome, "what_changed": row.what_changed}
            for row in written
        ],
    }  # fmt: skip


def _acted(row: Signature, member: Any) -> dict[str, Any]:
    """What a member did for an organization, with the pledges that they wrote themselves."""
    first = row.member_id == member.pk
    pledges = [
        {"part": one.part, "words": one.words, "by": one.due_on.isoformat()}
        for one in row.pledges.all()
    ]
    return {
        "organization": row.organization.name if row.organization else "",
        "version": row.version.number,
        "signed": row.signed_at.isoformat() if first else None,
        "confirmed": row.confirmed_at.isoformat() if row.confirmed_at and not first else None,
        "commitments": pledges if first else [],
    }


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    """One's own signatures go. An organization's stays when two had confirmed it, without the name of who left."""
    mine = Signature.objects.filter(member=member)

    @transaction.atomic
    def signatures() -> None:
        for row in mine.filter(Q(organization__isnull=True) | Q(confirmed_at__isnull=True)):
            row.delete()
        mine.update(member=None)
        Signature.objects.filter(confirmed_by=member).update(confirmed_by=None)

    def texts() -> None:
        LetterVersion.objects.filter(written_by=member).update(written_by=None)

    yield signatures
    yield texts


def _visible(member: Any) -> Iterable[Visible]:
    own, letter = (
        Signature.objects.for_oneself().filter(member=member),
        reverse("letter:letter_show"),
    )
    yield Visible(
        _("Your name under the public letter, in each version that you signed with it"),
        SIGNED,
        Topic.WORDS,
        rows=own.filter(name_is_public=True),
        url=letter,
    )
    yield Visible(
        _("That you signed a version of the public letter without your name"),
        SIGNED,
        Topic.WORDS,
        to=(Audience.AUTHOR,),
        called={Audience.AUTHOR: _("only you; others see a number")},
        rows=own.filter(name_is_public=False),
        url=letter,
    )
    acted = Signature.objects.for_organizations().filter(Q(member=member) | Q(confirmed_by=member))
    yield Visible(
        _("That you signed the public letter for your organization, as one of two"),
        fields("letter.Signature", "confirmed_by", "sent_back_reason"),
        Topic.WORDS,
        called={Audience.ORGANIZATION: _("the people of that organization")},
        rows=acted,
    )
    yield Visible(
        _("What you promised in the letter for your organization, without your name"),
        fields("letter.Pledge", "signature", "part", "words", "due_on"),
        Topic.WORDS,
        called={
            Audience.ORGANIZATION: _("the people of that organization"),
            Audience.PUBLIC: _("once a second person confirmed it, everybody"),
        },
        rows=Pledge.objects.filter(
            signature__in=Signature.objects.for_organizations().filter(member=member)
        ),
    )
    yield Visible(
        _("That you wrote a version of the public letter"),
        fields("letter.LetterVersion", "written_by", "written_at"),
        Topic.WORDS,
        rows=LetterVersion.objects.filter(written_by=member),
    )


def _signed(member: Any) -> bool:
    return Signature.objects.filter(Q(member=member) | Q(confirmed_by=member)).exists()


def _speaks(member: Any) -> bool:
    return speaks_for(member, member.organization_id)


def register() -> None:
    """Register the holding."""
    hold(
        Holding(
            name="letter",
            title=_("The public letter"),
            labels=mydata.LABELS,
            models=("letter.LetterVersion", "letter.Signature", "letter.Pledge", "letter.UnnamedTally"),
            export=_export,
            erase=_erase,
            visible=_visible,
            told=TELLINGS,
            retention=(
                Retention(_("The versions of the public letter"), _("as long as the initiative; without the name of who wrote them once they left")),
                Retention(_("How many signed a version of the letter without their name, as counted last"), _("as long as the version; nobody is named in it")),
                Retention(_("Your signature under the public letter"), _("until you withdraw it or leave")),
                Retention(_("An organization’s signature under the public letter, with its commitments"), _("until somebody of the organization withdraws it; without your name once you left")),
                Retention(
                    _("An organization’s signature that no second person confirmed"),
                    _("90 days after a newer version of the letter was published, or until who began it leaves"),
                    prune_unconfirmed,
                ),
            ),
            notice_kinds=(
                NoticeKind(told.NEW_VERSION, _("A new version of the public letter"), _("When you signed an earlier one."), told.show_new_version, _signed, told.known_versions),
                NoticeKind(told.WAITS, _("Your organization’s signature"), _("When a colleague signed the public letter for your organization and a second person is needed."), told.show_waits, _speaks, told.known_signatures),
                NoticeKind(told.SENT_BACK, _("Your organization’s signature, sent back"), _("When a colleague asks for a change in what you began."), told.show_sent_back, _speaks, told.known_signatures),
                NoticeKind(told.CONFIRMED, _("Your organization’s signature, confirmed"), _("When a colleague confirmed what you began."), told.show_confirmed, _speaks, told.known_signatures),
                NoticeKind(told.WITHDRAWN, _("Your organization’s signature, withdrawn"), _("When a colleague withdrew what you signed as one of two."), told.show_withdrawn, _signed, told.known_versions),
            ),
        )
    )  # fmt: skip
