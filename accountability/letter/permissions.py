"""Who writes, reads and signs the letter. Whoever may act for an organization is read at the moment of the act: who speaks for it."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q

from accountability.letter.models import LetterVersion, Signature
from accountability.letter.querysets import LetterVersionQuerySet, SignatureQuerySet
from accounts.choices import RoleKind
from accounts.permissions import holds, speaks_for


def can_write_letter(user: Any) -> bool:
    """Whether they write and publish the letter: the backbone."""
    return bool(user.is_authenticated and holds(user, RoleKind.BACKBONE))


def versions_visible_to(user: Any) -> LetterVersionQuerySet:
    """Published versions for everybody; the draft for the backbone, too."""
    rows = LetterVersion.objects.all()
    return rows if can_write_letter(user) else rows.published()


def can_see_version(user: Any, version: LetterVersion) -> bool:
    """Whether they may read it."""
    return not version.is_draft or can_write_letter(user)


def current_version() -> LetterVersion | None:
    """The version that is signed now; none before the first one is published."""
    return LetterVersion.objects.published().first()


def is_current(version: LetterVersion) -> bool:
    """Whether it is the one that is signed now."""
    return not version.is_draft and not LetterVersion.objects.filter(number__gt=version.number).exists()  # fmt: skip


def signatures_visible_to(user: Any) -> SignatureQuerySet:
    """Whose names they may know: the public ones, one's own, and those for one's own organization, confirmed or not."""
    rows = Signature.objects.all()
    if not user.is_authenticated:
        return rows.named()
    return rows.filter(
        Q(name_is_public=True) | Q(confirmed_at__isnull=False) | _mine(user) | _ours(user)
    )


def can_see_signature(user: Any, signature: Signature) -> bool:
    """Whether they may know whose it is."""
    is_named = signature.name_is_public or signature.confirmed_at is not None
    return is_named or owns_signature(user, signature) or speaks_for_signature(user, signature)


def signatures_owned_by(user: Any) -> SignatureQuerySet:
    """Those for oneself: the signer alone shows or hides the name."""
    rows = Signature.objects.for_oneself()
    return rows.filter(member=user) if user.is_authenticated else rows.none()


def owns_signature(user: Any, signature: Signature) -> bool:
    """Whether it is theirs, for themselves."""
    return bool(
        user.is_authenticated
        and signature.organization_id is None
        and signature.member_id == user.pk
    )


def signatures_spoken_for_by(user: Any) -> SignatureQuerySet:
    """Those for the organization that the member speaks for now."""
    if not user.is_authenticated or not speaks_for(user, user.organization_id):
        return Signature.objects.none()
    return Signature.objects.filter(organization=user.organization_id)


def speaks_for_signature(user: Any, signature: Signature) -> bool:
    """Whether it is for the organization that they speak for now."""
    return speaks_for(user, signature.organization_id)


def signatures_withdrawable_by(user: Any) -> SignatureQuerySet:
    """One's own at any time; an organization's by any who speak for it: two are needed to sign, one is enough to stop."""
    if not user.is_authenticated:
        return Signature.objects.none()
    return Signature.objects.filter(_mine(user) | _ours(user))


def can_withdraw_signature(user: Any, signature: Signature) -> bool:
    """Whether they may withdraw it."""
    return owns_signature(user, signature) or speaks_for_signature(user, signature)


def signatures_confirmable_by(user: Any, current: Any = None) -> SignatureQuerySet:
    """Those under the current version that wait for a second person of the member's organization.

    Who signed first must still speak for it: else nobody of the organization would have said so. `current` is the id of that
    version where it is known already.
    """
    rows = signatures_spoken_for_by(user).waiting().filter(sent_back_reason="")
    current = current or LetterVersion.objects.published().values("pk")[:1]
    rows = rows.filter(
        version=current,
        member__organization=F("organization"),
        member__organization_confirmed_at__isnull=False,
        member__is_active=True,
    )
    return rows.exclude(member=user) if user.is_authenticated else rows.none()


def can_confirm_signature(user: Any, signature: Signature) -> bool:
    """Whether they may confirm it, or send it back."""
    return bool(
        speaks_for_signature(user, signature)
        and signature.is_waiting
        and signature.member_id != user.pk
        and first_still_speaks(signature)
        and is_current(signature.version)
    )


def first_still_speaks(signature: Signature) -> bool:
    """Whether who began it for an organization speaks for it now, too."""
    first = signature.member
    return first is not None and speaks_for(first, signature.organization_id)


def signatures_changeable_by(user: Any) -> SignatureQuerySet:
    """Those that the member began for their organization and that nobody has confirmed."""
    rows = signatures_spoken_for_by(user).waiting()
    return rows.filter(member=user) if user.is_authenticated else rows.none()


def can_change_signature(user: Any, signature: Signature) -> bool:
    """Whether they may change what it promises: who began it, until it is confirmed."""
    return bool(
        speaks_for_signature(user, signature)
        and signature.confirmed_at is None
        and signature.member_id == user.pk
    )


def _mine(user: Any) -> Q:
    return Q(organization__isnull=True, member=user)


def _ours(user: Any) -> Q:
    if not speaks_for(user, user.organization_id):
        return Q(pk__in=())
    return Q(organization=user.organization_id)
