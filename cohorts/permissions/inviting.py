"""Who invites, who accepts, who joins by a link, and who looks at a file of people."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from accounts.choices import RoleKind
from accounts.permissions import holds
from cohorts.models import Invitation, JoinLink, MemberImport


def can_invite(user: Any) -> bool:
    """Whether the person may invite others: the backbone."""
    return holds(user, RoleKind.BACKBONE)


def invitations_for(user: Any) -> QuerySet[Invitation]:
    """The open invitations that this person may accept: those sent to an address they have proven to be theirs."""
    if not user.is_authenticated:
        return Invitation.objects.none()
    proven = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return Invitation.objects.open().filter(email__in=[address.lower() for address in proven])


def can_accept_invitation(user: Any, invitation: Invitation) -> bool:
    """Whether the person may accept it. A forwarded link opens nothing for somebody else (threats E4)."""
    return (
        user.is_authenticated
        and EmailAddress.objects.filter(
            user=user, verified=True, email__iexact=invitation.email
        ).exists()
    )


def invitations_visible_to(user: Any) -> QuerySet[Invitation]:
    """The invitations that the person may look through, send again and withdraw: all for the backbone."""
    return Invitation.objects.all() if can_invite(user) else Invitation.objects.none()


def can_see_invitation(user: Any, invitation: Invitation) -> bool:
    """Whether the person may look at this invitation, send it again and withdraw it: the backbone."""
    return can_invite(user)


def join_links_visible_to(user: Any) -> QuerySet[JoinLink]:
    """The links to join by that the person may look through and end: all for the backbone."""
    return JoinLink.objects.all() if can_invite(user) else JoinLink.objects.none()


def can_end_join_link(user: Any, link: JoinLink) -> bool:
    """Whether the person may end this link: any of the backbone, whoever made it."""
    return can_invite(user)


def can_join_by_link(user: Any) -> bool:
    """Whether the person may join by a link they hold: every member."""
    return bool(user.is_authenticated and user.is_active)


def imports_visible_to(user: Any) -> QuerySet[MemberImport]:
    """The files of people that the person may look at: those they uploaded themselves, while they are of the backbone."""
    if not can_invite(user):
        return MemberImport.objects.none()
    return MemberImport.objects.filter(uploaded_by=user)


def can_see_import(user: Any, member_import: MemberImport) -> bool:
    """Whether the person may look at this file, have it carried out or thrown away."""
    return can_invite(user) and member_import.uploaded_by_id == user.pk
