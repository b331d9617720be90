"""What a member says for matching: the buddy they wish for, and who it must not be."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.matching.querysets import LimitQuerySet
from core.crypto.fields import EncryptedTextField
from core.models import OwnerKind
from core.privacy import Audience, Field, seen_by

_YOURS = _("what you answer serves to find you a buddy and is yours alone")
_NEVER = _("who you do not want to be matched with is told to nobody, now or later")


class Answers(models.Model):
    """Whether a member wants to be in the next round, and what they answered. `version` rises with each save.

    `said` is the JSON text of `said.Said`; `note` is free text that the member alone ever sees, matching included.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("member"),
        on_delete=models.CASCADE,
        related_name="matching_answers",
    )
    wanted = models.BooleanField(_("in the next round"), default=False)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(_("when it was last changed"), default=timezone.now)
    said = EncryptedTextField(
        _("your answers"),
        sealed_as="matching.answers.said",
        owner="member_id",
        kind=OwnerKind.MEMBER,
    )
    note = EncryptedTextField(
        _("a note to yourself"),
        sealed_as="matching.answers.note",
        owner="member_id",
        kind=OwnerKind.MEMBER,
    )

    class Privacy:
        """The member alone. That they are in a round, the backbone sees in its preview."""

        fields: ClassVar[dict[str, Field]] = {
            "version": seen_by(
                Audience.NOBODY, why=_("so that two tabs do not overwrite each other")
            ),
            "wanted": seen_by(
                Audience.AUTHOR,
                Audience.BACKBONE,
                why=_("who starts a round sees who is in it"),
                control="matching:answers_edit",
            ),
            **{
                name: seen_by(
                    Audience.AUTHOR,
                    why=_YOURS,
                    control="matching:answers_edit",
                    class_s=name in {"said", "note"},
                )
                for name in ("id", "member", "changed_at", "said", "note")
            },
        }

    class Meta:
        verbose_name = _("answers for matching")
        verbose_name_plural = _("answers for matching")

    def __str__(self) -> str:
        return "answers"


class Limit(models.Model):
    """A member does not want to be matched with another one: "not this person". The other never learns of it.

    `other` says whom it is about (`whom.Whom`: a member, or a name as it was written), sealed under the key of who set the
    limit. `token` stands for the two in either order, or for the member and the name (`care.tokens`, with purposes of their
    own), so that the limit holds even where `other` does not open.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("member"),
        on_delete=models.CASCADE,
        related_name="matching_limits",
    )
    token = models.CharField(max_length=32, db_index=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    other = EncryptedTextField(
        _("not this person"),
        sealed_as="matching.limit.other",
        owner="member_id",
        kind=OwnerKind.MEMBER,
    )

    objects = LimitQuerySet.as_manager()

    class Privacy:
        """Who set it alone."""

        fields: ClassVar[dict[str, Field]] = {
            "token": seen_by(Audience.NOBODY, why=_("keeps the two apart")),
            **{
                name: seen_by(
                    Audience.AUTHOR,
                    why=_NEVER,
                    control="matching:limit_list",
                    class_s=name == "other",
                )
                for name in ("id", "member", "at", "other")
            },
        }

    class Meta:
        verbose_name = _("not this person")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member", "token"], name="limit_once_per_member_and_other"
            )
        ]

    def __str__(self) -> str:
        return "limit"
