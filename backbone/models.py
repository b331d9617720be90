"""What the desk keeps: the numbers about each cohort that are on show, those of past weeks, who is shown by name, and pulses."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from backbone.insights.models import NamedProgress, PublishedWeek
from backbone.pulse.models import Answered, Ballot, Box, Pulse, Question
from core.privacy import Audience, Field, seen_by

__all__ = [
    "Answered",
    "Ballot",
    "Box",
    "NamedProgress",
    "PublishedWeek",
    "Pulse",
    "Question",
    "Snapshot",
]


class Snapshot(models.Model):
    """The last weekly publication of a cohort's insights.

    `published` holds for each measure what is on show, and `people` once: who could be counted, whom the measures name by
    their place in the list. Nobody's state is in it. Somebody who was erased has a random id there, so that the next week
    still knows that one of them left.

    `named` holds for each measure who is shown by name to those who facilitate, and who of them had done it that day; both
    chose it (`NamedProgress`). Whoever takes it back or is erased goes from it at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.OneToOneField(
        "cohorts.Cohort", on_delete=models.CASCADE, related_name="snapshot"
    )
    taken_on = models.DateField(_("counted on"))
    published = models.JSONField(_("what is on show"), default=dict)
    people = models.JSONField(default=list)
    named = models.JSONField(_("who is shown by name"), default=dict)

    class Privacy:
        """What is on show is the cohort's; who could be counted follows from who is in it."""

        fields: ClassVar[dict[str, Field]] = {
            **{
                name: seen_by(
                    Audience.COHORT, Audience.FACILITATOR, Audience.BACKBONE,
                    why=_("the numbers that all of them see alike"),
                )
                for name in ("cohort", "taken_on", "published")
            },
            **{
                name: seen_by(Audience.NOBODY, why=_("so that a number moves only when enough people differ"))
                for name in ("id", "people")
            },
            "named": seen_by(
                Audience.FACILITATOR, Audience.AUTHOR,
                why=_("those who chose to be shown by name to whoever facilitates"),
                control="accounts:visible_show",
            ),
        }  # fmt: skip

    class Meta:
        verbose_name = _("numbers about a cohort")

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.taken_on}"
