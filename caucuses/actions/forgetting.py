"""What is left of somebody outside of the seats they had: requests, invitations, removals. It goes with their account."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from caucuses.models import Caucus, Invitation, JoinRequest, Parting
from caucuses.tokens import address_token, outside_stand_in, token_for
from core.crypto import alerts, owners
from core.crypto.envelope import CannotOpen
from core.crypto.owners import Owner
from core.idempotency import forget_results
from core.models import OwnerKind


@transaction.atomic
def forget_member(*, member: Any) -> None:
    """Forget that they asked, were invited or were removed, anywhere. Their seats are left before. May be run again."""
    caucuses = list(Caucus.objects.all())
    owners.get_ready([Owner(OwnerKind.CAUCUS, caucus.pk) for caucus in caucuses])
    addresses = {member.email, *_addresses(member)}
    tokens: set[str] = set()
    for caucus in caucuses:
        try:
            tokens.add(token_for(caucus, member.pk))
            tokens |= {address_token(caucus, address) for address in addresses}
        except CannotOpen:
            alerts.could_not_open(caucus)  # whose is whose there, nobody can tell any more
    JoinRequest.objects.filter(token__in=tokens).delete()
    Parting.objects.filter(token__in=tokens).delete()
    Invitation.objects.filter(address_token__in=tokens).delete()
    forget_results(outside_stand_in(member.pk))


def _addresses(member: Any) -> list[str]:
    return list(EmailAddress.objects.filter(user_id=member.pk).values_list("email", flat=True))
