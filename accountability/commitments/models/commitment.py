"""The commitment itself."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.commitments.choices import PUBLISHED, Circle, Kind
from accountability.commitments.models.role import OrganizationRole
from accountability.commitments.models.sealing import sealed
from accountability.commitments.querysets import CommitmentQuerySet
from core.models import OwnerKind
from core.privacy import Audience, Field, seen_by

WORDS = ("will", "first_step", "know", "by", "levels")
_CHOSEN = _("those whom its owner chose, and nobody else")
_YOURS = _("between you and your own promise")


class Commitment(models.Model):
    """What a member, or an organization by a role in it, promises; a stand taken; a harm acknowledged with its repair.

    `levels` is a JSON list of `choices.Level`; `about` a JSON copy of the lesson that prompted it (`texts`). Those of the
    circles cohort and public read `PublishedCopy` and never this row. `carrier` is the holder of a role who has taken this
    promise on; after a change of person it waits for the next one to do so. `nudges` counts the reminders of the review
    date that have gone out, the last one on `nudged_on`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who promises"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="commitments",
    )
    role = models.ForeignKey(
        OrganizationRole,
        verbose_name=_("which role promises"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="commitments",
    )
    carrier = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who has taken it on for the role"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="commitments_carried",
    )
    kind = models.CharField(_("what kind it is"), max_length=16, choices=Kind.choices)
    circle = models.CharField(
        _("who sees it"), max_length=8, choices=Circle.choices, default=Circle.ME
    )
    cohort = models.ForeignKey(
        "cohorts.Cohort",
        verbose_name=_("which cohort sees it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="commitments",
    )
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField(_("when it was written"), default=timezone.now)
    changed_at = models.DateTimeField(_("when it was last changed"), default=timezone.now)
    review_on = models.DateField(_("when you look at it again"), null=True, blank=True)
    nudges = models.PositiveSmallIntegerField(default=0)
    nudged_on = models.DateField(null=True, blank=True)
    will = sealed("will", _("what is promised"))
    first_step = sealed("first_step", _("the first step"))
    know = sealed("know", _("how one will know"))
    by = sealed("by", _("by when"))
    levels = sealed("levels", _("on which levels"))
    about = sealed("about", _("the lesson that prompted it"))

    objects = CommitmentQuerySet.as_manager()

    class Privacy:
        """The owner, those they choose by name as witnesses, and their buddy where they say so."""

        fields: ClassVar[dict[str, Field]] = {
            **{
                name: seen_by(Audience.CHOSEN, why=_CHOSEN)
                for name in ("id", "owner", "role", "carrier", "kind", "circle", "cohort", "version", "written_at", "changed_at")
            },
            "review_on": seen_by(Audience.AUTHOR, why=_YOURS),
            **{
                name: seen_by(Audience.NOBODY, why=_("so that nobody is reminded twice"))
                for name in ("nudges", "nudged_on")
            },
            **{
                name: seen_by(Audience.CHOSEN, why=_CHOSEN, class_s=True)
                for name in (*WORDS, "about")
            },
        }  # fmt: skip

    class Meta:
        verbose_name = _("commitment")
        ordering: ClassVar[list[str]] = ["-written_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(owner__isnull=True, role__isnull=False)
                | Q(owner__isnull=False, role__isnull=True),
                name="commitment_of_a_member_or_of_a_role",
            ),
            models.CheckConstraint(
                condition=Q(circle=Circle.COHORT, cohort__isnull=False)
                | (~Q(circle=Circle.COHORT) & Q(cohort__isnull=True)),
                name="commitment_names_a_cohort_exactly_for_that_circle",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="commitment_is_of_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(circle__in=Circle.values), name="commitment_has_a_known_circle"
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1), name="commitment_has_a_version_from_one"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner", "-written_at"], name="commitment_newest_first"),
            models.Index(fields=["owner", "review_on"], name="commitment_of_owner_to_look_at"),
            models.Index(
                fields=["review_on"], condition=Q(nudges__lt=2), name="commitment_to_look_at"
            ),
        ]

    def __str__(self) -> str:
        return "commitment"

    @property
    def key_kind(self) -> str:
        """Whose key seals it: a member's or an organization's."""
        return str(OwnerKind.MEMBER if self.role_id is None else OwnerKind.ORGANIZATION)

    @property
    def key_ref(self) -> Any:
        """The id of that member or organization."""
        return self.owner_id if self.role is None else self.role.organization_id

    @property
    def is_published(self) -> bool:
        """Whether a copy of it is read by a cohort or by everybody."""
        return self.circle in PUBLISHED
