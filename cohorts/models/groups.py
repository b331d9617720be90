"""Groups and the way into them: cohorts, memberships, invitations."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import RoleKind
from cohorts.querysets import (
    READ_AFTER,
    CohortQuerySet,
    InvitationQuerySet,
    MembershipQuerySet,
    first_read_end,
)
from core.clock import today_here
from core.privacy import Audience, Field, seen_by


class Cohort(models.Model):
    """Members who learn together for a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    purpose = models.TextField(_("purpose"), blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    # Counts what it was called and when it was, so that a forgotten tab overwrites nothing (threats H9).
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = CohortQuerySet.as_manager()

    # The places that go on, where a page has read them all: then no rule asks for one of them again.
    places_read: list[Membership] | None = None

    class Privacy:
        """A cohort is known to its members, its facilitators and the backbone."""

        fields: ClassVar[dict[str, Field]] = {
            "revision": seen_by(Audience.NOBODY, why=_("keeps a forgotten tab from overwriting")),
            **{
                name: seen_by(
                    Audience.COHORT,
                    Audience.FACILITATOR,
                    Audience.BACKBONE,
                    why=_("what the cohort is about"),
                )
                for name in ("id", "slug", "name", "purpose", "starts_on", "ends_on")
            },
        }

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering: ClassVar[list[str]] = ["starts_on", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="cohort_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed: from then on nothing new is written in it."""
        return self.ends_on is not None and self.ends_on < today_here()

    def place_of(self, member: Any) -> Membership | None:
        """The place that this person has here now."""
        if self.places_read is not None:
            return next((one for one in self.places_read if one.member_id == member.pk), None)
        place: Membership | None = self.memberships.current().filter(member=member).first()
        return place

    @property
    def has_begun(self) -> bool:
        """Whether its first day has come."""
        return self.starts_on <= today_here()

    @property
    def read_until(self) -> date | None:
        """The last day on which its members read its page; None while it has no end."""
        return self.ends_on + READ_AFTER if self.ends_on else None

    @property
    def is_read_by_all(self) -> bool:
        """Whether all of its people read its page: until 30 days after its last day. Facilitators read it after that too."""
        return self.ends_on is None or self.ends_on >= first_read_end()


class Membership(models.Model):
    """That a member learns in a cohort, or facilitates it. Leaving ends the row; coming back makes a new one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(
        Cohort, verbose_name=_("cohort"), on_delete=models.CASCADE, related_name="memberships"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("member"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    is_facilitator = models.BooleanField(_("facilitates"), default=False)
    joined_at = models.DateTimeField(_("since when"), default=timezone.now)
    left_at = models.DateTimeField(_("until when"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Privacy:
        """Who is in a cohort is known in the cohort."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(
                Audience.COHORT,
                Audience.FACILITATOR,
                Audience.BACKBONE,
                why=_("people who learn together know each other"),
            )
            for name in ("id", "cohort", "member", "is_facilitator", "joined_at", "left_at")
        }

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["cohort", "member"],
                condition=Q(left_at__isnull=True),
                name="one_open_membership_per_cohort_and_member",
            )
        ]

    def __str__(self) -> str:
        return f"{self.cohort}: {self.member}"


class Invitation(models.Model):
    """A one-time link that lets its holder make an account, with a role or a place in a cohort. Only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), max_length=254)
    cohort = models.ForeignKey(
        Cohort,
        verbose_name=_("cohort"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="invitations",
    )
    role = models.CharField(_("role"), max_length=20, blank=True, choices=RoleKind.choices)
    as_facilitator = models.BooleanField(_("as facilitator"), default=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who invited"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="invitations_sent",
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    expires_at = models.DateTimeField(_("open until"))
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who accepted"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="invitations_accepted",
    )
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Privacy:
        """Between the backbone and the person invited."""

        fields: ClassVar[dict[str, Field]] = {
            "token_hash": seen_by(Audience.NOBODY, why=_("proves the link; the link itself is in the mail alone")),
            **{
                name: seen_by(Audience.BACKBONE, why=_("who was invited, so that nobody is asked twice"))
                for name in (
                    "id", "email", "cohort", "role", "as_facilitator", "sent_at",
                    "expires_at", "accepted_by", "accepted_at",
                )
            },
            "invited_by": seen_by(
                Audience.BACKBONE, Audience.AUTHOR, why=_("who came may know who invited them")
            ),
        }  # fmt: skip

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering: ClassVar[list[str]] = ["-sent_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(role="") | Q(role__in=RoleKind.values), name="invitation_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(as_facilitator=False) | Q(cohort__isnull=False),
                name="invited_facilitator_has_a_cohort",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sent_at:%Y-%m-%d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the address in lower case, as members have theirs."""
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)
