"""Asking somebody to be one's buddy, and being open to it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.buddies.choices import RequestState, Way
from accountability.buddies.querysets import RequestQuerySet
from core.crypto.fields import EncryptedTextField
from core.models import OwnerKind
from core.privacy import Audience, Field, seen_by

_YOURS = _("whom you ask is between you and the one you ask")


class Openness(models.Model):
    """That a member is open to being asked by people of their cohorts. No row means: they are not, as everybody at first."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who is open to being asked"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="buddy_openness",
    )
    since = models.DateTimeField(_("since when"), default=timezone.now)

    class Privacy:
        """For those of the cohorts who look for a buddy; the day is the member's own."""

        fields: ClassVar[dict[str, Field]] = {
            "member": seen_by(
                Audience.COHORT,
                why=_("so that people of your cohorts who have no buddy can ask you"),
                control="buddies:buddy_show",
            ),
            "since": seen_by(Audience.AUTHOR, why=_("so that you know since when")),
        }

    class Meta:
        verbose_name = _("being open to a request")

    def __str__(self) -> str:
        return "openness"


class Request(models.Model):
    """One member asks another to be their buddy.

    `whom` is what the asker's own page calls the other: the address they typed, or the name they chose. `to` is the other
    as the program knows them. It stays empty for an address that belongs to nobody who may be asked, and is emptied when
    the other stops contact: the asker's page shows `whom`, and so says the same in all these cases. `passed_on_at` is when
    the worker looked the address up; only what was passed on is shown to the other.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who asks"),
        on_delete=models.CASCADE,
        related_name="buddy_requests",
    )
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who is asked"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="buddy_requests_to",
    )
    way = models.CharField(_("how you asked"), max_length=10, choices=Way.choices)
    state = models.CharField(
        _("how far it is"),
        max_length=10,
        choices=RequestState.choices,
        default=RequestState.OPEN,
    )
    asked_at = models.DateTimeField(_("when you asked"), default=timezone.now)
    passed_on_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(_("when it was answered"), null=True, blank=True)
    whom = EncryptedTextField(
        _("the address or name of the one you ask"),
        sealed_as="buddies.request.whom",
        owner="by_id",
        kind=OwnerKind.MEMBER,
    )
    words = EncryptedTextField(
        _("a few words for the one you ask"),
        sealed_as="buddies.request.words",
        owner="by_id",
        kind=OwnerKind.MEMBER,
    )

    objects = RequestQuerySet.as_manager()

    class Privacy:
        """Between the two; what the asker's page calls the other is the asker's own."""

        fields: ClassVar[dict[str, Field]] = {
            "passed_on_at": seen_by(
                Audience.NOBODY, why=_("asking takes the same work, whoever the address belongs to")
            ),
            "to": seen_by(Audience.CHOSEN, why=_YOURS),
            "way": seen_by(Audience.AUTHOR, why=_YOURS),
            **{
                name: seen_by(Audience.AUTHOR, Audience.CHOSEN, why=_YOURS)
                for name in ("id", "by", "state", "asked_at", "ended_at")
            },
            "whom": seen_by(Audience.AUTHOR, why=_YOURS, class_s=True),
            "words": seen_by(Audience.AUTHOR, Audience.CHOSEN, why=_YOURS, class_s=True),
        }

    class Meta:
        verbose_name = _("request to be buddies")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["by"], condition=Q(state="open"), name="one_open_request_per_asker"
            ),
            models.CheckConstraint(
                condition=Q(state__in=RequestState.values), name="request_state_is_known"
            ),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="request_way_is_known"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True)
                | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="request_has_an_end_when_answered",
            ),
            models.CheckConstraint(
                condition=Q(to__isnull=True) | ~Q(to=models.F("by")), name="nobody_asks_themselves"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["to"], condition=Q(state="open"), name="request_open_to"),
            models.Index(
                fields=["asked_at"],
                condition=Q(state="open", passed_on_at__isnull=True),
                name="request_to_pass_on",
            ),
        ]

    def __str__(self) -> str:
        return "request"
