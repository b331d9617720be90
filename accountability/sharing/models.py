"""The one model of sharing."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accountability.sharing.querysets import ExcerptQuerySet
from core.crypto.fields import EncryptedTextField
from core.models import OwnerKind
from core.privacy import Audience, Field, seen_by

WORDS = ("title", "words", "html")
_SHOWN = _("you cut it out of your journal to show it")


def _sealed(name: str, words: str | Promise) -> EncryptedTextField:
    return EncryptedTextField(
        words, sealed_as=f"sharing.excerpt.{name}", owner="pair_id", kind=OwnerKind.PAIR
    )


class Excerpt(models.Model):
    """A copy of a part of an entry, which the others of the author's pair read through the day `until`.

    `until` is a day where the author was when they shared it, `ends_at` the moment at which that day is over there. `entry_id` names
    the entry that it was cut out of, so that it goes when that does; it is no key into the journal. `html` is `words` as they are
    shown, made by the cleaner of version `html_by`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(
        "buddies.Pair", verbose_name=_("pair"), on_delete=models.CASCADE, related_name="excerpts"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("whose journal"),
        on_delete=models.CASCADE,
        related_name="excerpts",
    )
    entry_id = models.UUIDField(_("which entry it is of"))
    shared_at = models.DateTimeField(_("when it was shared"), default=timezone.now)
    until = models.DateField(_("the last day on which it is read"))
    ends_at = models.DateTimeField(_("when it ends"))
    title = _sealed("title", _("title"))
    words = _sealed("words", _("text"))
    html = _sealed("html", _("text as it is shown"))
    html_by = models.PositiveSmallIntegerField(default=0)

    objects = ExcerptQuerySet.as_manager()

    class Privacy:
        """The pair, as long as it lasts; the entry behind it is the author's alone."""

        fields: ClassVar[dict[str, Field]] = {
            **{
                name: seen_by(Audience.PAIR, why=_SHOWN, control="buddies:buddy_show")
                for name in ("id", "pair", "author", "shared_at", "until", "ends_at")
            },
            **{
                name: seen_by(Audience.PAIR, why=_SHOWN, control="buddies:buddy_show", class_s=True)
                for name in WORDS
            },
            "entry_id": seen_by(
                Audience.AUTHOR, why=_("so that what was shared goes when the entry goes")
            ),
            "html_by": seen_by(
                Audience.NOBODY, why=_("which cleaner made the text as it is shown")
            ),
        }

    class Meta:
        verbose_name = _("excerpt of your journal that you share")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("shared_at")), name="excerpt_ends_after_it_was_shared"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["ends_at"], name="excerpt_ends"),
            models.Index(fields=["author", "entry_id"], name="excerpt_of_entry"),
        ]

    def __str__(self) -> str:
        return "excerpt"
