"""What the letter tells members, one function a message, and what a reader may see of each notice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accountability.letter.models import LetterVersion, Signature
from accountability.letter.permissions import signatures_visible_to
from accounts.models import User
from accounts.permissions import speakers_of
from core.register import Payload, Shown
from notices.actions import notify_all

NEW_VERSION = "letter.new_version"
WAITS = "letter.waits"
SENT_BACK = "letter.sent_back"
CONFIRMED = "letter.confirmed"
WITHDRAWN = "letter.withdrawn"


def version_published(version: LetterVersion, asked: Collection[User]) -> None:
    """Who signed an earlier version: there is a new one, under which their signature does not stand by itself."""
    notify_all(members=asked, kind=NEW_VERSION, payload={"version": version.pk})


def signature_waits(signature: Signature) -> None:
    """The others who speak for the organization: somebody signed for it, and a second person is needed."""
    everybody = speakers_of(signature.organization_id)
    others = [member for member in everybody if member.pk != signature.member_id]
    notify_all(members=others, kind=WAITS, payload={"signature": signature.pk})


def signature_sent_back(signature: Signature) -> None:
    """Who began it: a second person asks for a change."""
    _tell_the_first(signature, SENT_BACK)


def signature_confirmed(signature: Signature) -> None:
    """Who began it: it stands on the public page."""
    _tell_the_first(signature, CONFIRMED)


def organization_withdrawn(signature: Signature, by: Any) -> None:
    """The two who signed for an organization: somebody of it withdrew the signature."""
    two = [signature.member, signature.confirmed_by]
    told = [one for one in two if one is not None and one.is_active and one.pk != by.pk]
    notify_all(members=told, kind=WITHDRAWN, payload={"version": signature.version_id})


def _tell_the_first(signature: Signature, kind: str) -> None:
    first = signature.member
    if first is not None and first.is_active:
        notify_all(members=[first], kind=kind, payload={"signature": signature.pk})


def known_signatures(member: Any) -> dict[str, Any]:
    """Signatures for organizations that the member may know of."""
    return {"signature": signatures_visible_to(member).for_organizations()}


def known_versions(_member: Any) -> dict[str, Any]:
    """Published versions."""
    return {"version": LetterVersion.objects.published()}


def _of_signatures(words: Callable[[], str]) -> Callable[[Any, Sequence[Payload]], list[Shown | None]]:  # fmt: skip
    """What a reader sees of a notice about an organization's signature, while they may know of it. One query."""

    def show(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
        ids = {str(payload["signature"]) for payload in payloads}
        rows = signatures_visible_to(member).for_organizations().filter(pk__in=ids)
        names = {str(pk): name for pk, name in rows.values_list("pk", "organization__name")}
        return [_shown(words(), str(payload["signature"]), names) for payload in payloads]

    return show


def _shown(words: str, pk: str, names: dict[str, str]) -> Shown | None:
    if pk not in names:
        return None
    address = reverse("letter:signature_show", args=[pk])
    return Shown(words % {"organization": names[pk]}, address)


def _of_versions(words: Callable[[], str]) -> Callable[[Any, Sequence[Payload]], list[Shown | None]]:  # fmt: skip
    """What a reader sees of a notice about a published version. One query."""

    def show(_member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
        ids = {str(payload["version"]) for payload in payloads}
        rows = LetterVersion.objects.published().filter(pk__in=ids).values_list("pk", "number")
        known = {str(pk): number for pk, number in rows}
        address = reverse("letter:letter_show")
        return [
            Shown(words() % {"number": known[pk]}, address) if pk in known else None
            for pk in (str(payload["version"]) for payload in payloads)
        ]

    return show


show_new_version = _of_versions(lambda: _("There is version %(number)s of the public letter. You signed an earlier one; would you sign this one, too?"))  # fmt: skip
show_withdrawn = _of_versions(lambda: _("Your organization no longer signs version %(number)s of the public letter. A colleague withdrew its signature."))  # fmt: skip
show_waits = _of_signatures(lambda: _("A colleague signed the public letter for %(organization)s. It needs a second person: perhaps you?"))  # fmt: skip
show_sent_back = _of_signatures(lambda: _("A colleague asks for a change before %(organization)s signs the public letter."))  # fmt: skip
show_confirmed = _of_signatures(lambda: _("A second person confirmed: %(organization)s has signed the public letter."))  # fmt: skip
