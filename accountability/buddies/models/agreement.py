"""What a pair agrees on at its first meeting, in versions, and who confirmed which."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accountability.buddies.choices import AgreementState, Rhythm, Weekday
from accountability.buddies.querysets import AgreementQuerySet
from core.crypto.fields import EncryptedTextField
from core.models import OwnerKind
from core.privacy import Audience, Field, seen_by

#: What is written in words, in the order in which it is asked and shown.
WORDS = ("why", "channel", "boundaries", "feedback", "quiet")
#: When they meet.
WHEN = ("rhythm", "weekday", "at", "time_zone", "first_on")
_OURS = _("what you agree on is between the two of you")


def _sealed(name: str, words: str | Promise) -> EncryptedTextField:
    return EncryptedTextField(
        words, sealed_as=f"buddies.agreement.{name}", owner="pair_id", kind=OwnerKind.PAIR
    )


class Agreement(models.Model):
    """One text of what a pair agrees on. It comes into force when everybody with an open place has confirmed it.

    There is at most one proposal and one text in force. Whoever answers a proposal with another text leaves the first
    one readable; a proposal that its writer takes back is deleted. `written_by` is empty once that person has left.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(
        "buddies.Pair",
        verbose_name=_("pair"),
        on_delete=models.CASCADE,
        related_name="agreements",
    )
    number = models.PositiveIntegerField(_("which version"))
    state = models.CharField(
        _("how far it is"),
        max_length=10,
        choices=AgreementState.choices,
        default=AgreementState.PROPOSED,
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who wrote it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="buddy_agreements",
    )
    written_at = models.DateTimeField(_("when it was written"), default=timezone.now)
    in_force_at = models.DateTimeField(_("since when it is in force"), null=True, blank=True)
    why = _sealed("why", _("why we do this"))
    channel = _sealed("channel", _("how and where we meet"))
    boundaries = _sealed("boundaries", _("our boundaries"))
    feedback = _sealed("feedback", _("how we give feedback"))
    quiet = _sealed("quiet", _("what we do if one of us goes quiet"))
    rhythm = models.CharField(_("how often"), max_length=12, choices=Rhythm.choices)
    weekday = models.PositiveSmallIntegerField(_("on which day"), choices=Weekday.choices)
    at = models.TimeField(_("at what time"))
    time_zone = models.CharField(_("in which time zone"), max_length=64)
    first_on = models.DateField(_("the first time"))

    objects = AgreementQuerySet.as_manager()

    class Privacy:
        """The pair alone."""

        fields: ClassVar[dict[str, Field]] = {
            **{
                name: seen_by(Audience.PAIR, why=_OURS)
                for name in (
                    *("id", "pair", "number", "state", "written_by", "written_at", "in_force_at"),
                    *WHEN,
                )
            },
            **{name: seen_by(Audience.PAIR, why=_OURS, class_s=True) for name in WORDS},
        }

    class Meta:
        verbose_name = _("agreement of a pair")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["pair", "number"], name="agreement_number_once_a_pair"),
            models.UniqueConstraint(
                fields=["pair"], condition=Q(state="proposed"), name="one_proposal_per_pair"
            ),
            models.UniqueConstraint(
                fields=["pair"],
                condition=Q(state="in_force"),
                name="one_agreement_in_force_per_pair",
            ),
            models.CheckConstraint(
                condition=Q(state__in=AgreementState.values), name="agreement_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(rhythm__in=Rhythm.values), name="agreement_rhythm_is_known"
            ),
            models.CheckConstraint(
                condition=Q(weekday__gte=0, weekday__lte=6), name="agreement_weekday_is_one"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="agreement_is_numbered_from_one"
            ),
            models.CheckConstraint(
                condition=Q(in_force_at__isnull=False) | ~Q(state__in=("in_force", "earlier")),
                name="agreement_in_force_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return "agreement"

    @property
    def is_open(self) -> bool:
        """Whether it waits to be confirmed."""
        return self.state == AgreementState.PROPOSED

    @property
    def time_zone_words(self) -> str:
        """The time zone as a person reads it."""
        return self.time_zone.replace("_", " ")

    def confirmed_by(self) -> set[Any]:
        """The ids of those who confirmed it: asks nothing when the confirmations were fetched along."""
        return {row.member_id for row in self.confirmations.all()}


class Confirmation(models.Model):
    """That a member of the pair confirmed this text. Writing it counts as confirming it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(
        Agreement,
        verbose_name=_("agreement"),
        on_delete=models.CASCADE,
        related_name="confirmations",
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who confirmed"),
        on_delete=models.CASCADE,
        related_name="buddy_confirmations",
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Privacy:
        """The pair alone."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.PAIR, why=_OURS) for name in ("id", "agreement", "member", "at")
        }

    class Meta:
        verbose_name = _("confirmation of an agreement")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["agreement", "member"], name="confirmation_once_per_agreement_and_member"
            )
        ]

    def __str__(self) -> str:
        return "confirmation"
