"""A version of the letter: what is being written, and what was published and stays as it is."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import ProtectedError, Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accountability.letter.choices import DRAFT, LONGEST_CHANGE, LONGEST_PART
from accountability.letter.querysets import VERSIONS_STAY, LetterVersionQuerySet
from core.privacy import Audience, Field, seen_by
from core.text import trusted


class LetterVersion(models.Model):
    """The letter in its two parts. The draft has the number 0, so there is one at most; publishing gives it the next.

    Once published, a trigger of the database refuses any change but that its writer's name goes, and that the HTML is made anew by
    a newer cleaner (migrations/0001_initial.py).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(_("number of the version"), default=DRAFT)
    process = models.TextField(_("process"), max_length=LONGEST_PART, blank=True)
    process_html = models.TextField(_("process, as shown"), editable=False, blank=True)
    outcome = models.TextField(_("outcome"), max_length=LONGEST_PART, blank=True)
    outcome_html = models.TextField(_("outcome, as shown"), editable=False, blank=True)
    cleaner_version = models.PositiveSmallIntegerField(editable=False)
    what_changed = models.TextField(_("what changed"), max_length=LONGEST_CHANGE, blank=True)
    # Who saved it last.
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="letters_written",
    )
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    # Counts the texts the draft has had, so that of two who write neither overwrites the other (threats H9).
    revision = models.PositiveIntegerField(default=1, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    objects = LetterVersionQuerySet.as_manager()

    class Privacy:
        """A published version is public; a draft, and who wrote which, is known to the backbone."""

        fields: ClassVar[dict[str, Field]] = {
            **dict.fromkeys(
                ("id", "number", "process", "process_html", "outcome", "outcome_html", "what_changed", "published_at"),
                seen_by(Audience.PUBLIC, why=_("the letter is public once it is published")),
            ),
            **dict.fromkeys(
                ("written_by", "written_at", "revision", "cleaner_version"),
                seen_by(Audience.BACKBONE, why=_("the backbone writes it together")),
            ),
        }  # fmt: skip

    class Meta:
        verbose_name = _("version of the letter")
        verbose_name_plural = _("versions of the letter")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["number"], name="letter_number_once_and_one_draft"),
            models.CheckConstraint(
                condition=Q(number=DRAFT, published_at__isnull=True)
                | Q(number__gt=DRAFT, published_at__isnull=False),
                name="letter_has_a_number_once_published",
            ),
            models.CheckConstraint(
                condition=Q(number=DRAFT) | (~Q(process="") & ~Q(outcome="")),
                name="published_letter_has_both_parts",
            ),
            models.CheckConstraint(
                condition=Q(number__lte=1) | ~Q(what_changed=""),
                name="later_letter_says_what_changed",
            ),
        ]

    def __str__(self) -> str:
        if self.number == DRAFT:
            return gettext("draft")
        return gettext("version %(number)s") % {"number": self.number}

    @property
    def is_draft(self) -> bool:
        """Whether it is being written."""
        return self.number == DRAFT

    @property
    def mark(self) -> str:
        """Names this text of the draft: another save, or another draft, has another."""
        return f"{self.pk}-{self.revision}"

    @property
    def process_shown(self) -> SafeString:
        """The first part as it was cleaned when it was written."""
        return trusted(self.process_html)

    @property
    def outcome_shown(self) -> SafeString:
        """The second part as it was cleaned when it was written."""
        return trusted(self.outcome_html)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """A draft can be thrown away. Raises ProtectedError for a published version: what people signed stays."""
        if not self.is_draft:
            raise ProtectedError(VERSIONS_STAY, {self})
        return super().delete(*args, **kwargs)
