"""The caucus itself, and its own log."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from caucuses.choices import Happening, Joining
from caucuses.models.sealing import by_nobody, in_the_room, sealed
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.privacy import Audience, Field, seen_by

_DOOR = _("a listed caucus tells every member of the initiative what it is for and how to join")


class Caucus(models.Model):
    """A room. It is sealed under a key of its own, which is destroyed when the last seat is left.

    `secret` makes the tokens of its seats (`caucuses.tokens`). `joining`, `is_listed`, `name`, `purpose` and `agreement`
    (the number of the version in force) follow from the agreement and are changed with it alone. The row says neither how
    many there are nor when something last happened. `mailed` (JSON) says when invitations went out by mail and by which
    seats, as far as that still counts; of a seat that has gone, only when.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    joining = models.CharField(_("how people come in"), max_length=10, choices=Joining.choices)
    is_listed = models.BooleanField(_("whether its door is shown"), default=False)
    agreement = models.PositiveIntegerField(_("which agreement is in force"), default=1)
    secret = sealed("caucuses.caucus.secret", owner="id")
    mailed = sealed("caucuses.caucus.mailed", owner="id")
    name = sealed("caucuses.caucus.name", _("name"), owner="id")
    purpose = sealed("caucuses.caucus.purpose", _("purpose"), owner="id")

    class Privacy:
        """Its members; of a listed one name, purpose and way in are told to every member."""

        fields: ClassVar[dict[str, Field]] = {
            **in_the_room("agreement"),
            **by_nobody("secret", why=_("finds a seat without naming anybody")),
            **by_nobody("mailed", why=_("limits how many invitations go by mail")),
            **{
                name: seen_by(Audience.CAUCUS, Audience.MEMBERS, why=_DOOR)
                for name in ("id", "joining", "is_listed")
            },
            **{
                name: seen_by(Audience.CAUCUS, Audience.MEMBERS, why=_DOOR, class_s=True)
                for name in ("name", "purpose")
            },
        }

    class Meta:
        verbose_name = _("caucus")
        verbose_name_plural = _("caucuses")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(joining__in=Joining.values), name="caucus_is_joined_in_a_known_way"
            ),
            models.CheckConstraint(
                condition=Q(agreement__gte=1), name="caucus_has_an_agreement_in_force"
            ),
        ]

    def __str__(self) -> str:
        return "caucus"

    @property
    def called(self) -> str:
        """The name as its pages show it, also where it was damaged."""
        try:
            return str(self.name)
        except CannotOpen:
            could_not_open(self)
            return _text("A room whose name cannot be opened")


class Event(models.Model):
    """A line of the room's own log: what happened, and by whose seat. Nothing of it is in the central log of acts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caucus = models.ForeignKey(Caucus, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(_("when"), default=timezone.now)
    what = models.CharField(_("what happened"), max_length=20, choices=Happening.choices)
    seat = models.ForeignKey(
        "caucuses.Seat", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Privacy:
        """The members."""

        fields: ClassVar[dict[str, Field]] = in_the_room("id", "caucus", "at", "what", "seat")

    class Meta:
        verbose_name = _("line of a caucus’s own log")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["caucus", "-at"], name="caucus_event_newest_first")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(what__in=Happening.values), name="caucus_event_is_a_known_one"
            )
        ]

    def __str__(self) -> str:
        return "event"


class Ended(models.Model):
    """A caucus that has ended and whose key is still to be destroyed: written with the end, gone with the key.

    That a room has no row says nothing (a restored backup has few); that it ended, this row alone says.
    """

    id = models.UUIDField(primary_key=True, editable=False)

    class Privacy:
        """Says that a room ended, and no more."""

        fields: ClassVar[dict[str, Field]] = by_nobody("id", why=_("whose key is to be destroyed"))

    class Meta:
        verbose_name = _("caucus that has ended")

    def __str__(self) -> str:
        return "ended"
