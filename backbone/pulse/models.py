"""What is kept of a pulse: its questions and its result, and until it closes, sealed, the answers and who has answered."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backbone.pulse.limits import LONGEST_QUESTION, SHORTEST
from core.clock import today_here
from core.crypto.fields import EncryptedTextField
from core.models import OwnerKind
from core.privacy import Audience, Field, seen_by

ALL_ALIKE = (Audience.COHORT, Audience.FACILITATOR, Audience.BACKBONE)


def _sealed(words: Any, label: str) -> Any:
    return EncryptedTextField(
        words, sealed_as=f"pulse.{label}", owner="pulse_id", kind=OwnerKind.PULSE
    )


class PulseQuerySet(models.QuerySet):
    """Filters for pulses."""

    def open(self) -> PulseQuerySet:
        """Those that were not closed, also when their last day has passed and the worker has not come yet."""
        return self.filter(closed_on__isnull=True)

    def due(self) -> PulseQuerySet:
        """Those to be closed: their last day has passed, or that of their cohort."""
        today = today_here()
        return self.open().filter(Q(closes_on__lt=today) | Q(cohort__ends_on__lt=today))


class Pulse(models.Model):
    """One to three questions to a cohort. Days, never moments; who opened it stands in the log of acts alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(
        "cohorts.Cohort", verbose_name=_("cohort"), on_delete=models.CASCADE, related_name="pulses"
    )
    opened_on = models.DateField(_("opened on"))
    closes_on = models.DateField(_("last day to answer"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    # How many were asked. Fixed when it opens, so that who leaves moves no number.
    asked = models.PositiveSmallIntegerField(_("how many were asked"))
    result = models.JSONField(_("what is shown of the answers"), default=list)
    key_is_gone = models.BooleanField(default=False)

    objects = PulseQuerySet.as_manager()

    class Privacy:
        """What is asked and what came of it is the cohort's: everybody sees the same."""

        fields: ClassVar[dict[str, Field]] = {
            **{
                name: seen_by(*ALL_ALIKE, why=_("a question to all of them, and a result that all of them see alike"))
                for name in ("cohort", "opened_on", "closes_on", "closed_on", "asked", "result")
            },
            **{
                name: seen_by(Audience.NOBODY, why=_("so that the key of the answers goes for certain"))
                for name in ("id", "key_is_gone")
            },
        }  # fmt: skip

    class Meta:
        verbose_name = _("pulse of a cohort")
        ordering: ClassVar[list[str]] = ["-opened_on"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["cohort"], condition=Q(closed_on__isnull=True), name="one_open_pulse_a_cohort"
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gt=F("opened_on")), name="pulse_closes_after_it_opens"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.opened_on}"

    @property
    def takes_answers(self) -> bool:
        """Whether somebody can answer today: not closed, and neither its last day nor that of its cohort has passed."""
        return self.closed_on is None and self.closes_on >= today_here() and not self.cohort.is_over

    @property
    def is_too_soon(self) -> bool:
        """Whether a close today would show nothing: who had been there to answer in so short a time could be known."""
        return today_here() < self.opened_on + timedelta(days=SHORTEST)

    @property
    def last_day(self) -> date:
        """The last day on which it can be answered, as it stands now."""
        ends_on: date | None = self.cohort.ends_on
        return min(self.closes_on, ends_on) if ends_on else self.closes_on


class Question(models.Model):
    """One question, with two to five answers of which one is chosen, or none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pulse = models.ForeignKey(
        Pulse, verbose_name=_("pulse"), on_delete=models.CASCADE, related_name="questions"
    )
    number = models.PositiveSmallIntegerField(_("which question"))
    words = models.CharField(_("question"), max_length=LONGEST_QUESTION)
    answers = models.JSONField(_("answers to choose from"))

    class Privacy:
        """Read by everybody in the cohort."""

        fields: ClassVar[dict[str, Field]] = {
            "id": seen_by(Audience.NOBODY, why=_("key of the row")),
            **{
                name: seen_by(*ALL_ALIKE, why=_("a question to all of them"))
                for name in ("pulse", "number", "words", "answers")
            },
        }

    class Meta:
        verbose_name = _("question of a pulse")
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["pulse", "number"], name="question_once_a_pulse"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=3), name="pulse_has_three_questions_at_most"
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Ballot(models.Model):
    """What somebody chose, without whom and when: a digit for each question, 0 for none. Inserted in shuffled batches."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="ballots")
    answers = _sealed(_("answers"), "ballot")

    class Privacy:
        """Nobody's: counted once when the pulse closes, and then deleted."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(
                Audience.NOBODY,
                why=_("counted once, when the pulse closes"),
                class_s=name == "answers",
            )
            for name in ("id", "pulse", "answers")
        }

    class Meta:
        verbose_name = _("ballot of a pulse")

    def __str__(self) -> str:
        return "ballot"


class Box(models.Model):
    """The ballots that wait for their batch: one row a pulse, one line a ballot, in an order that says nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pulse = models.OneToOneField(Pulse, on_delete=models.CASCADE, related_name="box")
    waiting = _sealed(_("ballots that wait"), "box")

    class Privacy:
        """Nobody's."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(
                Audience.NOBODY, why=_("holds ballots until their batch"), class_s=name == "waiting"
            )
            for name in ("id", "pulse", "waiting")
        }

    class Meta:
        verbose_name = _("box of a pulse")

    def __str__(self) -> str:
        return "box"


class Answered(models.Model):
    """Who was asked, and who of them has answered: one row a pulse, of one size whoever has, so that nobody answers twice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pulse = models.OneToOneField(Pulse, on_delete=models.CASCADE, related_name="answered")
    people = _sealed(_("who has answered"), "answered")

    class Privacy:
        """Nobody reads it but the program, which tells each only of themselves."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(
                Audience.NOBODY,
                why=_("so that nobody answers twice; deleted at the close"),
                class_s=name == "people",
            )
            for name in ("id", "pulse", "people")
        }

    class Meta:
        verbose_name = _("who has answered a pulse")

    def __str__(self) -> str:
        return "answered"
