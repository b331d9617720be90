"""Ways into a caucus: asking a facilitator, and being invited."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caucuses.models.caucus import Caucus
from caucuses.models.sealing import by_nobody, sealed
from core.privacy import Audience, Field, seen_by

_FINDS = _("finds it without naming anybody")
_BETWEEN = _("between who wants to come in and the facilitators of the caucus")


def _between(*names: str, class_s: bool = False) -> dict[str, Field]:
    return {
        name: seen_by(Audience.AUTHOR, Audience.CHOSEN, why=_BETWEEN, class_s=class_s)
        for name in names
    }


class JoinRequest(models.Model):
    """Somebody asks the facilitators to let them in. These read the name and words given, and nothing else about them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caucus = models.ForeignKey(Caucus, on_delete=models.CASCADE, related_name="requests")
    token = models.CharField(max_length=64)
    asked_at = models.DateTimeField(_("when it was asked"), default=timezone.now)
    declined_at = models.DateTimeField(_("when it was declined"), null=True, blank=True)
    who = sealed("caucuses.request.who")
    name = sealed("caucuses.request.name", _("name in the room"))
    words = sealed("caucuses.request.words", _("a few words to the facilitators"))
    answer = sealed("caucuses.request.answer", _("what the facilitators answer"))

    class Privacy:
        """Who asks, and the facilitators."""

        fields: ClassVar[dict[str, Field]] = {
            **by_nobody("token", "who", why=_FINDS),
            **_between("id", "caucus", "asked_at", "declined_at"),
            **_between("name", "words", "answer", class_s=True),
        }

    class Meta:
        verbose_name = _("request to join a caucus")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["caucus", "token"], name="join_request_once_per_caucus")
        ]

    def __str__(self) -> str:
        return "request"


class Invitation(models.Model):
    """A facilitator invites an address. Whoever signs in with it finds the invitation; `address_token` stands for the address.

    `link_hash` is a keyed stand-in for the link in a mail that says nothing of a caucus, to somebody who may have no account;
    empty otherwise. The room reads none of it: that it is there, or has gone, may tell whose seat somebody's is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caucus = models.ForeignKey(Caucus, on_delete=models.CASCADE, related_name="invitations")
    seat = models.ForeignKey(
        "caucuses.Seat", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    address_token = models.CharField(max_length=64)
    link_hash = models.CharField(max_length=64, blank=True, db_index=True)
    as_facilitator = models.BooleanField(_("to facilitate"), default=False)
    made_at = models.DateTimeField(_("when"), default=timezone.now)
    expires_at = models.DateTimeField(_("open until"))
    address = sealed("caucuses.invitation.address", _("e-mail address"))
    words = sealed("caucuses.invitation.words", _("a few words to who is invited"))

    class Privacy:
        """Who is invited. The facilitator who wrote it knows what they wrote, and reads it nowhere."""

        fields: ClassVar[dict[str, Field]] = {
            **by_nobody("address_token", "link_hash", why=_FINDS),
            **_between("id", "caucus", "seat", "as_facilitator", "made_at", "expires_at"),
            **_between("address", "words", class_s=True),
        }

    class Meta:
        verbose_name = _("invitation to a caucus")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["caucus", "address_token"], name="caucus_invitation_once_per_address"
            )
        ]

    def __str__(self) -> str:
        return "invitation"
