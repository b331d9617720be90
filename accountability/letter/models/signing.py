"""Who stands behind a version of the letter, and what an organization promises with it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.letter.choices import LONGEST_PLEDGE, LONGEST_REASON, Part
from accountability.letter.models.version import LetterVersion
from accountability.letter.querysets import SignatureQuerySet
from core.privacy import Audience, Field, seen_by

CONTROL = "letter:letter_show"
INSIDE = seen_by(
    Audience.ORGANIZATION,
    why=_("who acts for an organization is known in it"),
    control=CONTROL,
)


class Signature(models.Model):
    """A member under a version, for themselves or for their organization.

    For oneself the name is public only if the signer turned that on. For an organization a second person of it confirms, and from
    then on it is public under the organization's name; who the two were stays in the organization.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(
        LetterVersion,
        verbose_name=_("version of the letter"),
        on_delete=models.PROTECT,
        related_name="signatures",
    )
    # Empty once somebody who signed for an organization has left the site.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who signed"),
        null=True,
        on_delete=models.CASCADE,
        related_name="letter_signatures",
    )
    organization = models.ForeignKey(
        "accounts.Organization",
        verbose_name=_("organization"),
        null=True,
        on_delete=models.CASCADE,
        related_name="letter_signatures",
    )
    name_is_public = models.BooleanField(_("my name is public"), default=False)
    signed_at = models.DateTimeField(_("signed"), default=timezone.now)
    # Counts what an organization's signature held, so that the second person confirms what they read.
    revision = models.PositiveIntegerField(default=1, editable=False)
    sent_back_reason = models.TextField(
        _("what a colleague asks to change"), max_length=LONGEST_REASON, blank=True
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    objects = SignatureQuerySet.as_manager()

    class Privacy:
        """A name is public only if its signer said so; an organization's once a second person confirmed it."""

        fields: ClassVar[dict[str, Field]] = {
            "member": seen_by(
                Audience.AUTHOR,
                Audience.PUBLIC,
                why=_("public only if you turned it on; for an organization only people of it see who signed"),
                control=CONTROL,
            ),
            **dict.fromkeys(
                ("id", "version", "organization", "name_is_public", "signed_at", "confirmed_at"),
                seen_by(
                    Audience.PUBLIC,
                    why=_("the letter is signed in the open; without a public name a signature is only counted"),
                    control=CONTROL,
                ),
            ),
            **dict.fromkeys(("revision", "sent_back_reason", "confirmed_by"), INSIDE),
        }  # fmt: skip

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["version", "member"],
                condition=Q(organization__isnull=True),
                name="one_signature_for_oneself_a_version",
            ),
            models.UniqueConstraint(
                fields=["version", "organization"],
                condition=Q(organization__isnull=False),
                name="one_signature_an_organization_and_version",
            ),
            models.CheckConstraint(
                condition=Q(organization__isnull=False) | Q(member__isnull=False),
                name="signature_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(organization__isnull=True) | Q(name_is_public=False),
                name="no_name_is_public_for_an_organization",
            ),
            models.CheckConstraint(
                condition=Q(organization__isnull=False)
                | Q(confirmed_at__isnull=True, confirmed_by__isnull=True, sent_back_reason=""),
                name="only_an_organization_is_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | (Q(confirmed_at__isnull=False) & ~Q(confirmed_by=F("member"))),
                name="the_second_is_never_the_first",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(sent_back_reason=""),
                name="what_is_confirmed_was_not_sent_back",
            ),
        ]

    def __str__(self) -> str:
        return f"signature {self.signed_at:%Y-%m-%d}"

    @property
    def is_waiting(self) -> bool:
        """Whether a second person of the organization has yet to look at it."""
        return self.organization_id is not None and self.confirmed_at is None and not self.sent_back_reason  # fmt: skip


class Pledge(models.Model):
    """What an organization promises with its signature: for a part of the letter, in its own words, by a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signature = models.ForeignKey(
        Signature, verbose_name=_("signature"), on_delete=models.CASCADE, related_name="pledges"
    )
    part = models.CharField(_("part of the letter"), max_length=7, choices=Part.choices)
    words = models.TextField(_("what we will do"), max_length=LONGEST_PLEDGE)
    due_on = models.DateField(_("by"))

    class Privacy:
        """Public with the organization's name once its signature is confirmed; before, known in the organization."""

        fields: ClassVar[dict[str, Field]] = dict.fromkeys(
            ("id", "signature", "part", "words", "due_on"),
            seen_by(
                Audience.ORGANIZATION,
                Audience.PUBLIC,
                why=_("public once a second person of the organization confirmed it"),
                control=CONTROL,
            ),
        )

    class Meta:
        verbose_name = _("commitment of an organization")
        verbose_name_plural = _("commitments of organizations")
        ordering: ClassVar[list[str]] = ["due_on", "words"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(part__in=Part.values), name="pledge_is_for_a_known_part"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="pledge_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.due_on}"
