"""What a member writes: the entry that is kept, and the draft that is saved while they type."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accountability.journal.querysets import DraftQuerySet, EntryQuerySet
from core.crypto.fields import EncryptedTextField
from core.models import OwnerKind
from core.privacy import Audience, Field, seen_by

WORDS = ("title", "body", "tags", "prompt", "about")
ROW = ("id", "author", "version")
_YOURS = _("what you write for yourself is yours alone")


def _sealed(label: str, words: str | Promise) -> EncryptedTextField:
    return EncryptedTextField(
        words, sealed_as=f"journal.{label}", owner="author_id", kind=OwnerKind.MEMBER
    )


def _private(names: tuple[str, ...], *, class_s: bool) -> dict[str, Field]:
    return {name: seen_by(Audience.AUTHOR, why=_YOURS, class_s=class_s) for name in names}


def _between_tabs(*names: str) -> dict[str, Field]:
    why = _("so that two tabs do not overwrite each other")
    return {name: seen_by(Audience.NOBODY, why=why) for name in names}


class Entry(models.Model):
    """One page of a member's journal. `version` rises with each save; a deleted one can be taken back for 30 days.

    `tags` is a JSON list of words; `prompt` and `about` are JSON copies of the suggestion it began with and of the lesson
    or commitment it is about, so that they stay true when those change (`texts`). `html` is the body as it is shown,
    made by the cleaner of version `html_by`; 0 means that it is made when the entry is first read. `tab` and `turn` are those
    of the form that saved it last, as a draft has them: what that page sent before, and comes after, makes no draft.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("whose journal"),
        on_delete=models.CASCADE,
        related_name="journal_entries",
    )
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField(_("when it was written"), default=timezone.now)
    changed_at = models.DateTimeField(_("when it was last changed"), default=timezone.now)
    tab = models.UUIDField(null=True)
    turn = models.PositiveIntegerField(default=0)
    deleted_at = models.DateTimeField(_("when you deleted it"), null=True, blank=True)
    title = _sealed("title", _("title"))
    body = _sealed("body", _("text"))
    html = _sealed("html", _("text as it is shown"))
    html_by = models.PositiveSmallIntegerField(default=0)
    tags = _sealed("tags", _("tags"))
    prompt = _sealed("prompt", _("the suggestion it began with"))
    about = _sealed("about", _("the lesson or commitment it is about"))

    objects = EntryQuerySet.as_manager()

    class Privacy:
        """The author alone; not even that it exists is anybody else's business."""

        fields: ClassVar[dict[str, Field]] = {
            "html_by": seen_by(
                Audience.NOBODY, why=_("which cleaner made the text as it is shown")
            ),
            **_between_tabs("tab", "turn"),
            **_private((*ROW, "written_at", "changed_at", "deleted_at"), class_s=False),
            **_private((*WORDS, "html"), class_s=True),
        }

    class Meta:
        verbose_name = _("entry of your journal")
        ordering: ClassVar[list[str]] = ["-written_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            # A list of thousands, and how many there are, are read from an index alone: with what is asked for in it, as SQLite
            # would otherwise take the one of the author and read each row.
            models.Index(
                fields=["author", "deleted_at", "-written_at", "-id"],
                name="entry_kept_newest_first",
            ),
            models.Index(
                fields=["author", "-deleted_at", "-id"],
                condition=models.Q(deleted_at__isnull=False),
                name="entry_deleted_newest_first",
            ),
            models.Index(
                fields=["deleted_at"],
                condition=models.Q(deleted_at__isnull=False),
                name="entry_deleted",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(version__gte=1), name="entry_has_a_version_from_one"
            )
        ]

    def __str__(self) -> str:
        return "entry"


class Draft(models.Model):
    """What is being typed, saved every few seconds; it becomes the entry of the same id, or is thrown away.

    `of_version` is the entry's version it was begun on, 0 for a new entry. `version` rises with each save: a tab that
    knows an older one is shown both texts. `tab` is the page that saved last, by the one-time key of its form: a page
    whose line dropped before the answer came knows an older version of its own words, and those are no conflict. `turn`
    is which of its saves this was, 0 where the page counts none: an older one that comes late overwrites nothing.
    """

    id = models.UUIDField(primary_key=True, editable=False, default=uuid.uuid4)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("whose journal"),
        on_delete=models.CASCADE,
        related_name="journal_drafts",
    )
    version = models.PositiveIntegerField(default=1)
    of_version = models.PositiveIntegerField(default=0)
    tab = models.UUIDField(null=True)
    turn = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(_("when it was saved"), default=timezone.now)
    title = _sealed("draft.title", _("title"))
    body = _sealed("draft.body", _("text"))
    tags = _sealed("draft.tags", _("tags"))
    prompt = _sealed("draft.prompt", _("the suggestion it began with"))
    about = _sealed("draft.about", _("the lesson or commitment it is about"))

    objects = DraftQuerySet.as_manager()

    class Privacy:
        """The author alone."""

        fields: ClassVar[dict[str, Field]] = {
            **_between_tabs("of_version", "tab", "turn"),
            **_private((*ROW, "saved_at"), class_s=False),
            **_private(WORDS, class_s=True),
        }

    class Meta:
        verbose_name = _("draft of an entry of your journal")
        ordering: ClassVar[list[str]] = ["-saved_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["author", "-saved_at"], name="draft_newest_first")
        ]

    def __str__(self) -> str:
        return "draft"
