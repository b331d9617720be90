"""A departure: a member has left, can come back for seven days, and is then erased step by step."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.querysets import DepartureQuerySet
from core.privacy import Audience, Field, seen_by


class Departure(models.Model):
    """One for each member who has left. It names them by a plain id, because it outlives their row by one moment.

    The name they go by waits here and nowhere else, so that no page can show it: whoever comes back gets it from here.
    `begun_at` is when erasing began; from then on nothing brings anything back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member_ref = models.UUIDField(_("who left"), unique=True)
    asked_at = models.DateTimeField(_("when you left"))
    erase_after = models.DateTimeField(_("until when you can come back"))
    chosen_name = models.CharField(_("name you went by"), max_length=80, blank=True)
    pronouns = models.CharField(_("pronouns"), max_length=40, blank=True)
    takes_along = models.BooleanField(_("what you shared goes with you"), default=False)
    begun_at = models.DateTimeField(_("when erasing began"), null=True)
    tries = models.PositiveIntegerField(_("how often it was begun"), default=0)
    step = models.CharField(_("the last step that was done"), max_length=120, blank=True)

    objects = DepartureQuerySet.as_manager()

    class Privacy:
        """For who left alone; the worker needs the rest."""

        fields: ClassVar[dict[str, Field]] = {
            **{
                name: seen_by(Audience.AUTHOR, why=_("leaving can be undone for seven days"))
                for name in ("asked_at", "erase_after", "chosen_name", "pronouns", "takes_along")
            },
            **{
                name: seen_by(Audience.NOBODY, why=_("erasing goes on where it was interrupted"))
                for name in ("id", "member_ref", "begun_at", "tries", "step")
            },
        }

    class Meta:
        verbose_name = _("departure")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(erase_after__gte=F("asked_at")),
                name="departure_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(begun_at__isnull=True) | Q(chosen_name="", pronouns=""),
                name="no_name_waits_once_erasing_began",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["erase_after"], name="departure_due")
        ]

    def __str__(self) -> str:
        return "departure"
