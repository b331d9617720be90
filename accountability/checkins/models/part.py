"""What each writes for a check-in: alone first, then for the pair, with the wordings that stood there before."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.checkins.querysets import PartDraftQuerySet, PartQuerySet
from accountability.checkins.texts import QUESTIONS
from core.crypto.fields import EncryptedTextField
from core.models import OwnerKind
from core.privacy import Audience, Field, seen_by

_OURS = _("what you tell each other is between the two of you")
_YOURS = _("until it is shared it is yours alone")


def _of_member(name: str) -> EncryptedTextField:
    return EncryptedTextField(
        QUESTIONS[name],
        sealed_as=f"checkins.draft.{name}",
        owner="member_id",
        kind=OwnerKind.MEMBER,
    )


def _of_pair(name: str, model: str) -> EncryptedTextField:
    return EncryptedTextField(
        QUESTIONS[name], sealed_as=f"checkins.{model}.{name}", owner="pair_id", kind=OwnerKind.PAIR
    )


def _between(names: tuple[str, ...]) -> dict[str, Field]:
    return {
        **{name: seen_by(Audience.PAIR, why=_OURS) for name in names},
        **{name: seen_by(Audience.PAIR, why=_OURS, class_s=True) for name in QUESTIONS},
    }


class PartDraft(models.Model):
    """What somebody writes for a check-in, sealed under their own key. Handed in, it waits until all see all.

    `version` rises with each save: a tab that knows an older one is shown both texts. `kept_since`: the pair ended, or its
    author left it, while this was being written; they alone can read and copy it for 30 days more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    check_in = models.ForeignKey(
        "checkins.CheckIn",
        verbose_name=_("check-in"),
        on_delete=models.CASCADE,
        related_name="drafts",
        db_index=False,  # the index of `one_draft_per_member_and_check_in` begins with it
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who wrote it"),
        on_delete=models.CASCADE,
        related_name="check_in_drafts",
    )
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(_("when it was saved"), default=timezone.now)
    handed_in_at = models.DateTimeField(_("when you handed it in"), null=True)
    kept_since = models.DateTimeField(_("since when it is kept for you alone"), null=True)
    did = _of_member("did")
    avoided = _of_member("avoided")
    need = _of_member("need")
    ahead = _of_member("ahead")

    objects = PartDraftQuerySet.as_manager()

    class Privacy:
        """The author alone."""

        fields: ClassVar[dict[str, Field]] = {
            **{
                name: seen_by(Audience.AUTHOR, why=_YOURS)
                for name in (
                    "id",
                    "check_in",
                    "member",
                    "version",
                    "saved_at",
                    "handed_in_at",
                    "kept_since",
                )
            },
            **{name: seen_by(Audience.AUTHOR, why=_YOURS, class_s=True) for name in QUESTIONS},
        }

    class Meta:
        verbose_name = _("what you write for a check-in")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["check_in", "member"], name="one_draft_per_member_and_check_in"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["kept_since"], condition=Q(kept_since__isnull=False), name="draft_kept"
            )
        ]

    def __str__(self) -> str:
        return "draft"


class Part(models.Model):
    """What somebody told the pair at a check-in, sealed under the pair's key. Its author may word it anew; all see how it was.

    `shared_at` is when it came before the others: one who had left by then does not see it. When its author leaves the
    initiative and does not take it along, it stays for the others as long as for anybody who left, without a name.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    check_in = models.ForeignKey(
        "checkins.CheckIn",
        verbose_name=_("check-in"),
        on_delete=models.CASCADE,
        related_name="parts",
        db_index=False,  # the index of `one_part_per_member_and_check_in` begins with it
    )
    pair = models.ForeignKey(
        "buddies.Pair",
        verbose_name=_("pair"),
        on_delete=models.CASCADE,
        related_name="check_in_parts",
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who wrote it"),
        null=True,
        on_delete=models.CASCADE,
        related_name="check_in_parts",
    )
    left_behind_at = models.DateTimeField(_("since when it has no author"), null=True)
    version = models.PositiveIntegerField(default=1)
    shared_at = models.DateTimeField(_("when it was shared"))
    changed_at = models.DateTimeField(_("when it was last changed"))
    did = _of_pair("did", "part")
    avoided = _of_pair("avoided", "part")
    need = _of_pair("need", "part")
    ahead = _of_pair("ahead", "part")

    objects = PartQuerySet.as_manager()

    class Privacy:
        """The pair alone."""

        fields: ClassVar[dict[str, Field]] = _between(
            (
                *("id", "check_in", "pair", "member", "version"),
                *("shared_at", "changed_at", "left_behind_at"),
            )
        )

    class Meta:
        verbose_name = _("part of a check-in")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["check_in", "member"], name="one_part_per_member_and_check_in"
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=True, left_behind_at__isnull=False)
                | Q(member__isnull=False, left_behind_at__isnull=True),
                name="part_has_an_author_or_was_left_behind",
            ),
        ]

    def __str__(self) -> str:
        return "part"


class PartVersion(models.Model):
    """How a part was worded before, sealed under the pair's key. Goes with its part."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    part = models.ForeignKey(
        Part,
        verbose_name=_("part of a check-in"),
        on_delete=models.CASCADE,
        related_name="versions",
        db_index=False,  # the index of `part_version_numbers` begins with it
    )
    pair = models.ForeignKey(
        "buddies.Pair",
        verbose_name=_("pair"),
        on_delete=models.CASCADE,
        related_name="check_in_part_versions",
    )
    number = models.PositiveIntegerField(_("which one"))
    written_at = models.DateTimeField(_("when it was written"))
    did = _of_pair("did", "version")
    avoided = _of_pair("avoided", "version")
    need = _of_pair("need", "version")
    ahead = _of_pair("ahead", "version")

    class Privacy:
        """The pair alone."""

        fields: ClassVar[dict[str, Field]] = _between(
            ("id", "part", "pair", "number", "written_at")
        )

    class Meta:
        verbose_name = _("older wording of a part")
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["part", "number"], name="part_version_numbers"),
        ]

    def __str__(self) -> str:
        return "version"
