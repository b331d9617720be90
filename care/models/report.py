"""A report of harm, and what is written back and forth about it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from care.choices import State
from care.querysets import ReportQuerySet
from core.crypto.fields import EncryptedTextField
from core.models import OwnerKind
from core.privacy import Audience, Field, seen_by

_BETWEEN = _("a report is between who writes it and the one contact whom they chose")


def _sealed(label: str, owner: str, words: str | Promise) -> EncryptedTextField:
    return EncryptedTextField(words, sealed_as=f"care.{label}", owner=owner, kind=OwnerKind.REPORT)


def _between(*names: str, class_s: bool = False) -> dict[str, Field]:
    return {
        name: seen_by(Audience.AUTHOR, Audience.CHOSEN, why=_BETWEEN, class_s=class_s)
        for name in names
    }


class Report(models.Model):
    """What somebody reports to one contact, sealed under a key of its own.

    The table names nobody: `writer` and `handler` are tokens (`care.tokens`), `parties` holds both ids, sealed. `about` is
    a JSON list of ids with own words, `wish` a JSON choice with own words (`care.texts`). `handler` is empty while the
    report has none any more. Of one that was withdrawn nothing is left but this row without words.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    writer = models.CharField(max_length=32, db_index=True)
    handler = models.CharField(max_length=32, blank=True, db_index=True)
    state = models.CharField(
        _("how far it is"), max_length=10, choices=State.choices, default=State.SENT
    )
    sent_at = models.DateTimeField(_("when it was sent"), default=timezone.now)
    changed_at = models.DateTimeField(_("when something was last new"), default=timezone.now)
    closed_at = models.DateTimeField(_("when it was closed or withdrawn"), null=True, blank=True)
    parties = _sealed("report.parties", "id", _("who wrote it, and to whom"))
    happened = _sealed("report.happened", "id", _("what happened"))
    wish = _sealed("report.wish", "id", _("what you want"))
    about = _sealed("report.about", "id", _("whom it is about"))

    objects = ReportQuerySet.as_manager()

    class Privacy:
        """Who wrote it and whom they chose. Nobody else learns that it exists."""

        fields: ClassVar[dict[str, Field]] = {
            **{
                name: seen_by(Audience.NOBODY, why=_("finds a report without naming anybody"))
                for name in ("writer", "handler")
            },
            **_between("id", "state", "sent_at", "changed_at", "closed_at", "parties"),
            **_between("happened", "wish", "about", class_s=True),
        }

    class Meta:
        verbose_name = _("report of harm")
        verbose_name_plural = _("reports of harm")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="report_is_in_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False)
                | ~Q(state__in=[State.CLOSED, State.WITHDRAWN]),
                name="report_that_is_over_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return "report"

    @property
    def is_withdrawn(self) -> bool:
        """Whether its words are gone."""
        return self.state == State.WITHDRAWN


class ReportNote(models.Model):
    """One message in a report, of who wrote it (`by_writer`) or of the contact."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(
        Report, verbose_name=_("which report"), on_delete=models.CASCADE, related_name="notes"
    )
    by_writer = models.BooleanField(_("which of the two wrote it"))
    written_at = models.DateTimeField(_("when it was written"), default=timezone.now)
    text = _sealed("note.text", "report_id", _("what you two write to each other"))

    class Privacy:
        """The two of the report."""

        fields: ClassVar[dict[str, Field]] = {
            **_between("id", "report", "by_writer", "written_at"),
            **_between("text", class_s=True),
        }

    class Meta:
        verbose_name = _("message in a report of harm")
        verbose_name_plural = _("messages in reports of harm")
        ordering: ClassVar[list[str]] = ["written_at", "id"]

    def __str__(self) -> str:
        return "message"
