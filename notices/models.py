"""Rows of `notices`: what happened for whom, how they want to be told, and the mail that waits to go out."""

from __future__ import annotations

import json
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.crypto.fields import EncryptedTextField
from core.models import OwnerKind
from core.privacy import Audience, Field, seen_by
from notices.choices import MailKind, MailState, Rhythm
from notices.querysets import ChoreQuerySet, NoticeQuerySet, OutboxQuerySet


class Notice(models.Model):
    """Something that happened for one member: its kind and the ids it is about. The words are made when it is shown.

    The ids are sealed under the member's key. `about` is a token of kind, ids and member, with which alone it can be
    asked whether somebody was told of the same thing before; it says nothing about what it is, or who else was told.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("for whom"),
        on_delete=models.CASCADE,
        related_name="notices",
    )
    kind = models.CharField(_("what kind of thing happened"), max_length=60)
    about = models.CharField(max_length=32, blank=True)
    sealed = EncryptedTextField(
        _("what it is about"), sealed_as="notice.payload", owner="member_id", kind=OwnerKind.MEMBER
    )
    created_at = models.DateTimeField(_("when it happened"), default=timezone.now, db_index=True)
    read_at = models.DateTimeField(_("when you read it"), null=True, blank=True)
    # One column, so that one notice can never have two mails; a digest has several notices.
    mail = models.ForeignKey(
        "OutboxMail", null=True, blank=True, on_delete=models.SET_NULL, related_name="notices"
    )

    objects = NoticeQuerySet.as_manager()

    class Privacy:
        """Only the member it is for."""

        fields: ClassVar[dict[str, Field]] = {
            "mail": seen_by(
                Audience.NOBODY, why=_("the mail that says that there is something new")
            ),
            "about": seen_by(Audience.NOBODY, why=_("so that nobody is told the same thing twice")),
            **{
                name: seen_by(Audience.AUTHOR, why=_("a notice is for one person"))
                for name in ("id", "member", "kind", "sealed", "created_at", "read_at")
            },
        }

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering: ClassVar[list[str]] = ["-created_at"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["member", "-created_at"], name="notice_newest_first"),
            models.Index(
                fields=["member"], condition=Q(read_at__isnull=True), name="notice_unread"
            ),
            models.Index(
                fields=["about"], condition=Q(read_at__isnull=True), name="notice_unread_about"
            ),
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def payload(self) -> dict[str, str | int]:
        """The ids it is about. Raises core.crypto.envelope.CannotOpen when they were damaged or the key is gone."""
        return dict(json.loads(self.sealed))


class Preference(models.Model):
    """How one member wants to be told of one kind of notice."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("whose wish"),
        on_delete=models.CASCADE,
        related_name="notice_preferences",
    )
    kind = models.CharField(_("kind of notice"), max_length=60)
    rhythm = models.CharField(_("by mail"), max_length=10, choices=Rhythm.choices)

    class Privacy:
        """Only the member."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(
                Audience.AUTHOR, why=_("one's own wish"), control="notices:preferences_edit"
            )
            for name in ("id", "member", "kind", "rhythm")
        }

    class Meta:
        verbose_name = _("how often a kind of notice is mailed")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member", "kind"], name="one_preference_per_member_and_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.rhythm}"


class MailChoice(models.Model):
    """How one member wants mail about notices in general: paused or not, and the hours in which none may come.

    Quiet hours are times of day in the member's own time zone and may run over midnight.
    """

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("whose wish"),
        on_delete=models.CASCADE,
        related_name="mail_choice",
    )
    is_paused = models.BooleanField(_("no mail about notices"), default=False)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)

    class Privacy:
        """Only the member."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(
                Audience.AUTHOR, why=_("one's own wish"), control="notices:preferences_edit"
            )
            for name in ("id", "member", "is_paused", "quiet_from", "quiet_until")
        }

    class Meta:
        verbose_name = _("how mail about notices comes")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_have_both_ends",
            )
        ]

    def __str__(self) -> str:
        return "paused" if self.is_paused else f"{self.quiet_from} to {self.quiet_until}"


class OutboxMail(models.Model):
    """One mail to one address. The worker claims it with a lease, retries with back-off, and empties it once it is done.

    A notice's mail (`member` set) is written when it goes out, so that address, preferences and access are asked at
    that moment; every other mail carries its text and its recipient from the start.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message_id = models.CharField(max_length=320, unique=True)
    kind = models.CharField(max_length=10, choices=MailKind.choices, default=MailKind.READY)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="mails",
    )
    digest_at = models.DateTimeField(null=True, blank=True)
    recipient = models.EmailField(max_length=254, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_key = models.UUIDField(null=True, blank=True)
    first_tried_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    refusals = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.WAITING)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Privacy:
        """The worker's; operators see counts and ages."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.NOBODY, why=_("mail on its way; emptied once it is done"))
            for name in (
                "id", "message_id", "kind", "member", "digest_at", "recipient", "subject", "text",
                "html", "created_at", "due_at", "lease_until", "lease_key", "first_tried_at",
                "attempts", "refusals", "last_error", "state", "done_at",
            )
        }  # fmt: skip

    class Meta:
        verbose_name = _("mail on its way")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["due_at"], condition=Q(state=MailState.WAITING), name="outbox_waiting"
            ),
            models.Index(fields=["done_at"], name="outbox_done"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(member__isnull=False) | ~Q(recipient="") | ~Q(state=MailState.WAITING),
                name="outbox_mail_has_a_recipient",
            ),
            models.CheckConstraint(
                condition=Q(state=MailState.WAITING, done_at__isnull=True)
                | (~Q(state=MailState.WAITING) & Q(done_at__isnull=False)),
                name="outbox_mail_is_waiting_or_done",
            ),
            models.CheckConstraint(
                condition=Q(state=MailState.WAITING)
                | Q(recipient="", subject="", text="", html=""),
                name="outbox_mail_is_empty_once_done",
            ),
            models.UniqueConstraint(
                fields=["member", "digest_at"], name="one_digest_per_member_and_time"
            ),
        ]

    def __str__(self) -> str:
        return self.message_id


class Chore(models.Model):
    """Something that is done at most once in a while, and when it is next due: regular work of the worker, each kind of alarm.

    One row each, claimed by one process at a time.
    """

    name = models.CharField(_("name"), max_length=40, unique=True)
    next_at = models.DateTimeField(_("next time"))

    objects = ChoreQuerySet.as_manager()

    class Privacy:
        """About no person."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.OPERATOR, why=_("when regular work is next due"))
            for name in ("id", "name", "next_at")
        }

    class Meta:
        verbose_name = _("regular work")

    def __str__(self) -> str:
        return self.name
