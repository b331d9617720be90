"""What a cohort or everybody reads: a copy in plain words, which goes when its owner narrows the circle."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.commitments.choices import PUBLISHED, Circle, Kind
from accountability.commitments.models.commitment import Commitment
from accountability.commitments.models.history import Progress
from accountability.commitments.querysets import CopyQuerySet
from core.privacy import Audience, Field, seen_by

_PUBLISHED = _("its owner published it, for their cohort or for everybody")
SAID = ("will", "first_step", "know", "by", "levels")
SHOWN = ("commitment", "kind", "circle", "cohort", "name", "published_at", "changed_at", *SAID)


class PublishedCopy(models.Model):
    """The copy that is listed, searched and fed. Its words are plain sentences, shown escaped; `name` is the name that the
    owner said may stand there. `folded` holds the words as the search compares them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    commitment = models.OneToOneField(
        Commitment, verbose_name=_("commitment"), on_delete=models.CASCADE, related_name="copy"
    )
    kind = models.CharField(_("what kind it is"), max_length=16, choices=Kind.choices)
    circle = models.CharField(_("who sees it"), max_length=8, choices=Circle.choices)
    cohort = models.ForeignKey(
        "cohorts.Cohort",
        verbose_name=_("which cohort sees it"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="published_commitments",
    )
    name = models.CharField(_("the name beside it"), max_length=300)
    will = models.TextField(_("what is promised"))
    first_step = models.TextField(_("the first step"), blank=True)
    know = models.TextField(_("how one will know"), blank=True)
    by = models.TextField(_("by when"), blank=True)
    levels = models.JSONField(_("on which levels"), default=list)
    folded = models.TextField(blank=True)
    published_at = models.DateTimeField(_("when it was published"), default=timezone.now)
    changed_at = models.DateTimeField(_("when it was last changed"), default=timezone.now)

    objects = CopyQuerySet.as_manager()

    class Privacy:
        """Public, or for the one cohort that it names."""

        fields: ClassVar[dict[str, Field]] = {
            "folded": seen_by(Audience.NOBODY, why=_("its words as the search compares them")),
            **{
                name: seen_by(Audience.PUBLIC, Audience.COHORT, why=_PUBLISHED)
                for name in ("id", *SHOWN)
            },
        }

    class Meta:
        verbose_name = _("published copy of a commitment")
        ordering: ClassVar[list[str]] = ["-published_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(circle=Circle.COHORT, cohort__isnull=False)
                | Q(circle=Circle.PUBLIC, cohort__isnull=True),
                name="copy_is_for_one_cohort_or_for_everybody",
            ),
            models.CheckConstraint(
                condition=Q(circle__in=sorted(PUBLISHED)), name="copy_has_a_published_circle"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["circle", "-published_at"], name="copy_newest_first")
        ]

    def __str__(self) -> str:
        return "published copy"


class PublishedProgress(models.Model):
    """A sentence of progress that its owner published with the copy."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    of = models.ForeignKey(
        PublishedCopy,
        verbose_name=_("published copy"),
        on_delete=models.CASCADE,
        related_name="later",
    )
    progress = models.OneToOneField(
        Progress, verbose_name=_("progress"), on_delete=models.CASCADE, related_name="published"
    )
    at = models.DateTimeField(_("when"))
    sentence = models.TextField(_("how it goes"))
    state = models.CharField(_("its state"), max_length=12)

    class Privacy:
        """As the copy it belongs to."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.PUBLIC, Audience.COHORT, why=_PUBLISHED)
            for name in ("id", "of", "progress", "at", "sentence", "state")
        }

    class Meta:
        verbose_name = _("published progress of a commitment")
        ordering: ClassVar[list[str]] = ["-at", "-id"]

    def __str__(self) -> str:
        return "published progress"
