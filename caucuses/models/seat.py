"""A seat in a caucus, whom a seat keeps folded away, and what is left for somebody who was removed."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caucuses.models.caucus import Caucus
from caucuses.models.sealing import by_nobody, by_the_author, in_the_room, sealed
from core.privacy import Audience, Field, seen_by

_FINDS = _("finds a seat without naming anybody")


class Seat(models.Model):
    """That somebody is in a caucus. The id is random; `token` stands for caucus and member, `who` is the member's id, sealed.

    Everything else in the room names the seat and no member. `since` is when its member first accepted the agreement: what
    was said before is not shown to them. `accepted` is the version they accepted last. `is_asked` says that a facilitator has
    asked them to facilitate, too; they have not answered. Leaving deletes the row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caucus = models.ForeignKey(Caucus, on_delete=models.CASCADE, related_name="seats")
    token = models.CharField(max_length=64)
    is_facilitator = models.BooleanField(_("facilitates"), default=False)
    is_asked = models.BooleanField(_("whether they are asked to facilitate"), default=False)
    is_named_at_door = models.BooleanField(_("whether the door names them"), default=False)
    taken_at = models.DateTimeField(_("when it was taken"), default=timezone.now)
    since = models.DateTimeField(_("since when"), null=True, blank=True)
    accepted = models.PositiveIntegerField(_("which agreement they accepted"), default=0)
    who = sealed("caucuses.seat.who")
    name = sealed("caucuses.seat.name", _("name in the room"))

    class Privacy:
        """The members know each other by the names they chose; nobody learns whose seat it is."""

        fields: ClassVar[dict[str, Field]] = {
            **by_nobody("token", "who", why=_FINDS),
            **in_the_room("id", "caucus", "is_facilitator"),
            **in_the_room("name", class_s=True),
            **by_the_author("taken_at", "since", "accepted", "is_named_at_door"),
            "is_asked": seen_by(
                Audience.AUTHOR, Audience.CHOSEN, why=_("known to the facilitators, who asked")
            ),
        }

    class Meta:
        verbose_name = _("seat in a caucus")
        verbose_name_plural = _("seats in caucuses")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["caucus", "token"], name="seat_once_per_caucus"),
            models.CheckConstraint(
                condition=Q(accepted=0) | Q(since__isnull=False),
                name="seat_that_accepted_says_since_when",
            ),
            models.CheckConstraint(
                condition=Q(is_facilitator=False) | Q(is_asked=False),
                name="who_facilitates_is_not_asked_to",
            ),
        ]

    def __str__(self) -> str:
        return "seat"

    @property
    def must_accept(self) -> bool:
        """Whether the agreement in force is still to be accepted; before that nothing of the room is shown."""
        return self.since is None or self.accepted != self.caucus.agreement


class Fold(models.Model):
    """One seat has stopped contact with another: it sees the other's posts folded. The other sees no change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="folds")
    other = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Privacy:
        """Who stopped alone."""

        fields: ClassVar[dict[str, Field]] = by_the_author("id", "seat", "other", "at")

    class Meta:
        verbose_name = _("stopped contact in a caucus")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["seat", "other"], name="fold_once_per_two_seats"),
            models.CheckConstraint(condition=~Q(seat=F("other")), name="nobody_folds_themselves"),
        ]

    def __str__(self) -> str:
        return "fold"


class Parting(models.Model):
    """What is left for somebody who was removed: the reason, what they were writing, and which posts were theirs.

    Found by the same token as their seat was. It goes after 30 days, or when they have read it; `reason`, `kept` (JSON: a list
    of texts) and `posts` (JSON: ids) are emptied then, and the row without words keeps them from joining again by
    themselves, until a facilitator invites them (`may_return`) or a year has passed. `name` is what the caucus was called on
    that day: what it is called afterwards is not theirs to know.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caucus = models.ForeignKey(Caucus, on_delete=models.CASCADE, related_name="partings")
    token = models.CharField(max_length=64)
    at = models.DateTimeField(_("when"), default=timezone.now)
    read_at = models.DateTimeField(_("when you put it away"), null=True, blank=True)
    may_return = models.BooleanField(_("whether you may come in again"), default=False)
    name = sealed("caucuses.parting.name", _("what the caucus was called"))
    reason = sealed("caucuses.parting.reason", _("the reason"))
    kept = sealed("caucuses.parting.kept", _("what you were writing"))
    posts = sealed("caucuses.parting.posts")

    class Privacy:
        """Who was removed, and of the reason who gave it."""

        fields: ClassVar[dict[str, Field]] = {
            **by_nobody("token", "posts", why=_FINDS),
            **by_the_author("id", "caucus", "at", "read_at", "may_return"),
            "reason": seen_by(
                Audience.AUTHOR, Audience.CHOSEN, why=_("told to who was removed"), class_s=True
            ),
            **by_the_author("name", "kept", class_s=True),
        }

    class Meta:
        verbose_name = _("removal from a caucus")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["caucus", "token"], name="parting_once_per_caucus")
        ]

    def __str__(self) -> str:
        return "parting"
