"""Inviting many: links to join by, and files of people with what becomes of each row."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohorts.choices import Became, FileProblem, ImportState, Reason, Verdict
from cohorts.models.groups import Cohort
from cohorts.querysets import ImportQuerySet, ImportRowQuerySet, JoinLinkQuerySet
from core.privacy import Audience, Field, seen_by

MOST_USES = 100


class JoinLink(models.Model):
    """A link with which whoever holds it joins a cohort as participant. It is shown once; only its hash is kept.

    Who came by it is written nowhere: that they are in the cohort says their membership.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(
        Cohort, verbose_name=_("cohort"), on_delete=models.CASCADE, related_name="join_links"
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who made the link"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="join_links_made",
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("open until"))
    most_uses = models.PositiveSmallIntegerField(_("how many can join by it"))
    used = models.PositiveSmallIntegerField(_("how many have joined by it"), default=0)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = JoinLinkQuerySet.as_manager()

    class Privacy:
        """The backbone's; whoever holds the link reads what it leads to."""

        fields: ClassVar[dict[str, Field]] = {
            "token_hash": seen_by(Audience.NOBODY, why=_("proves the link; the link itself is with who holds it")),
            **{
                name: seen_by(Audience.BACKBONE, why=_("which links are open, so that they can be ended"))
                for name in ("id", "cohort", "made_by", "made_at", "expires_at", "most_uses", "used", "ended_at")
            },
        }  # fmt: skip

    class Meta:
        verbose_name = _("link to join by")
        verbose_name_plural = _("links to join by")
        ordering: ClassVar[list[str]] = ["-made_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(most_uses__gte=1) & Q(most_uses__lte=MOST_USES),
                name="join_link_is_for_1_to_100",
            ),
            models.CheckConstraint(
                condition=Q(used__lte=F("most_uses")), name="join_link_is_not_used_more_often"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="join_link_expires_after_it_is_made"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"

    @property
    def uses_left(self) -> int:
        """How many can still join by it."""
        return self.most_uses - self.used


class MemberImport(models.Model):
    """A file of people for a cohort: read, looked at, carried out. What it held goes when that is done, or after a day.

    `data` is the file itself while the worker has yet to read it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(
        Cohort, verbose_name=_("cohort"), on_delete=models.CASCADE, related_name="member_imports"
    )
    # None is a command on the server. It goes with its member: what they began must never go on with the server's rights.
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who uploaded the file"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="member_imports",
    )
    state = models.CharField(
        _("how far it is"),
        max_length=10,
        choices=ImportState.choices,
        default=ImportState.READING,
    )
    problem = models.CharField(
        _("why it cannot be used"), max_length=10, blank=True, choices=FileProblem.choices
    )
    problem_row = models.PositiveIntegerField(default=0, editable=False)
    data = models.BinaryField(default=bytes, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now, db_index=True)
    finished_at = models.DateTimeField(_("over"), null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Privacy:
        """Only who uploaded it, of the backbone."""

        fields: ClassVar[dict[str, Field]] = {
            **{
                name: seen_by(Audience.AUTHOR, why=_("who uploads a file sees what becomes of it"))
                for name in ("id", "cohort", "uploaded_by", "state", "problem", "uploaded_at", "finished_at")
            },
            **{
                name: seen_by(Audience.NOBODY, why=_("so that the worker reads and carries it out once"))
                for name in ("data", "problem_row")
            },
        }  # fmt: skip

    class Meta:
        verbose_name = _("file of people to invite")
        verbose_name_plural = _("files of people to invite")
        ordering: ClassVar[list[str]] = ["-uploaded_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values), name="import_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=ImportState.REFUSED, problem__in=FileProblem.values)
                | (~Q(state=ImportState.REFUSED) & Q(problem="")),
                name="import_is_refused_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uploaded_at:%Y-%m-%d}"

    @property
    def why(self) -> str:
        """Why the file cannot be used, as a sentence."""
        return str(FileProblem(self.problem).label) % {"row": self.problem_row}


class ImportRow(models.Model):
    """One row of such a file: the address until it is carried out, what will happen with it, and what did."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member_import = models.ForeignKey(
        MemberImport, verbose_name=_("file"), on_delete=models.CASCADE, related_name="rows"
    )
    number = models.PositiveIntegerField(_("row"))
    email = models.CharField(_("e-mail address"), max_length=254, blank=True, db_index=True)
    as_facilitator = models.BooleanField(_("as facilitator"), default=False)
    verdict = models.CharField(_("what will happen"), max_length=10, choices=Verdict.choices)
    reason = models.CharField(_("why not"), max_length=10, blank=True, choices=Reason.choices)
    became = models.CharField(_("what happened"), max_length=10, blank=True, choices=Became.choices)

    objects = ImportRowQuerySet.as_manager()

    class Privacy:
        """Only who uploaded the file, and no longer than it takes."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.AUTHOR, why=_("who uploads a file looks at it before anybody is invited"))
            for name in ("id", "member_import", "number", "email", "as_facilitator", "verdict", "reason", "became")
        }  # fmt: skip

    class Meta:
        verbose_name = _("row of a file of people to invite")
        verbose_name_plural = _("rows of files of people to invite")
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member_import", "number"], name="import_row_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="import_row_verdict_is_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)
