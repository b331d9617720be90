"""The pair itself, and each one's place in it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.buddies.choices import KEPT_FOR, CameAbout
from accountability.buddies.querysets import PairQuerySet, PlaceQuerySet
from core.crypto.fields import EncryptedTextField
from core.models import OwnerKind
from core.privacy import Audience, Field, seen_by

_OURS = _("who walks beside whom is between the two")


class Pair(models.Model):
    """Two people who check in with each other, or three. What they write is sealed under the pair's own key.

    It ends when fewer than two places are open. 30 days later it goes, with its key.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(
        "cohorts.Cohort",
        verbose_name=_("cohort"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="pairs",
    )
    came_about = models.CharField(
        _("how you found each other"), max_length=10, choices=CameAbout.choices
    )
    begun_at = models.DateTimeField(_("since when"), default=timezone.now)
    ended_at = models.DateTimeField(_("until when"), null=True, blank=True)

    objects = PairQuerySet.as_manager()

    #: All its places, where a page has read them: the rules look here before they ask. A row that an action holds has none.
    places_read: list[Place] | None = None

    class Privacy:
        """The pair alone. Others get a number of pairs, and that only by the rules of `core.suppression`."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.PAIR, why=_OURS)
            for name in ("id", "cohort", "came_about", "begun_at", "ended_at")
        }

    class Meta:
        verbose_name = _("pair of buddies")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(came_about__in=CameAbout.values), name="pair_came_about_in_a_known_way"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["ended_at"], condition=Q(ended_at__isnull=False), name="pair_ended"
            )
        ]

    def __str__(self) -> str:
        return "pair"


class Place(models.Model):
    """A member's place in a pair. `resting_since` is a rest that anybody ends with one press; it says nothing else.

    `contact` is how the others reach this member for their meetings; it goes at once when the place is left.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(
        Pair, verbose_name=_("pair"), on_delete=models.CASCADE, related_name="places"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("member"),
        on_delete=models.CASCADE,
        related_name="buddy_places",
    )
    since = models.DateTimeField(_("since when"), default=timezone.now)
    left_at = models.DateTimeField(_("until when"), null=True, blank=True)
    resting_since = models.DateTimeField(_("rests since"), null=True, blank=True)
    contact = EncryptedTextField(
        _("how to reach you"),
        sealed_as="buddies.place.contact",
        owner="pair_id",
        kind=OwnerKind.PAIR,
    )

    objects = PlaceQuerySet.as_manager()

    class Privacy:
        """The pair alone."""

        fields: ClassVar[dict[str, Field]] = {
            **{
                name: seen_by(Audience.PAIR, why=_OURS)
                for name in ("id", "pair", "member", "since", "left_at", "resting_since")
            },
            "contact": seen_by(
                Audience.PAIR,
                why=_("so that you can meet; it goes when the pair ends"),
                class_s=True,
            ),
        }

    class Meta:
        verbose_name = _("place in a pair")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(left_at__isnull=True),
                name="one_open_place_per_member",
            ),
            models.UniqueConstraint(
                fields=["pair", "member"], name="place_once_per_pair_and_member"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["left_at"], condition=Q(left_at__isnull=False), name="place_left")
        ]

    def __str__(self) -> str:
        return "place"

    @property
    def readable_until(self) -> datetime | None:
        """Until when its member can read what was shared; None while the place is open."""
        return None if self.left_at is None else self.left_at + KEPT_FOR
