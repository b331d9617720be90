"""Where members work, and the bodies that decide."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.querysets import SeatQuerySet
from core.privacy import Audience, Field, seen_by


class Organization(models.Model):
    """Where a member works or belongs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=160, unique=True)

    class Privacy:
        """Organizations of the initiative are known to its members."""

        fields: ClassVar[dict[str, Field]] = {
            "id": seen_by(Audience.NOBODY, why=_("key of the row")),
            "name": seen_by(Audience.MEMBERS, why=_("people meet as colleagues")),
        }

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class Body(models.Model):
    """A named group that decides, such as a steering committee."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=160, unique=True)
    purpose = models.TextField(_("purpose"), blank=True)

    class Privacy:
        """Who decides is public."""

        fields: ClassVar[dict[str, Field]] = {
            "id": seen_by(Audience.NOBODY, why=_("key of the row")),
            "slug": seen_by(Audience.PUBLIC, why=_("part of addresses")),
            "name": seen_by(Audience.PUBLIC, why=_("who decides is public")),
            "purpose": seen_by(Audience.PUBLIC, why=_("what it decides is public")),
        }

    class Meta:
        verbose_name = pgettext_lazy("that decides", "body")
        verbose_name_plural = _("bodies")
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A place in a body, offered to a member and accepted by them. A seat of lived experience is a seat, not a trait."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="seats")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seats"
    )
    title = models.CharField(_("name of the seat"), max_length=120, blank=True)
    offered_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Privacy:
        """A body's seats are known to its members; an offer only to the one it is made to."""

        fields: ClassVar[dict[str, Field]] = {
            "id": seen_by(Audience.NOBODY, why=_("key of the row")),
            "body": seen_by(Audience.MEMBERS, why=_("who decides is known")),
            "member": seen_by(Audience.MEMBERS, why=_("who decides is known")),
            "title": seen_by(
                Audience.BODY,
                why=_("seats of lived experience are named among those who share the table"),
            ),
            "offered_at": seen_by(Audience.AUTHOR, Audience.BACKBONE, why=_("an open offer")),
            "accepted_at": seen_by(Audience.BODY, why=_("since when the seat is filled")),
            "ended_at": seen_by(Audience.BODY, why=_("until when the seat was filled")),
        }

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["body", "member"],
                condition=Q(ended_at__isnull=True),
                name="one_open_seat_per_body_and_member",
            )
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.title or self.member}"
