"""How a definition comes about: a proposal, what is said about it, and the decision of a body."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Body
from core.privacy import Audience, Field, seen_by
from curriculum.glossary.choices import Outcome, ProposalKind, ProposalStatus
from curriculum.glossary.models.terms import Term, TermVersion
from curriculum.glossary.models.wording import Wording, words_seen_by
from curriculum.glossary.querysets import CommentQuerySet, ProposalQuerySet

LONGEST_COMMENT = 2_000
TO_MEMBERS = seen_by(
    Audience.MEMBERS, why=_("proposals are made and discussed by name among members")
)


class Proposal(Wording):
    """What a member wants a term to say, or that it be retired. It lives beside the text in force and never changes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(
        max_length=10, choices=ProposalKind.choices, default=ProposalKind.WORDING
    )
    replaced_by = models.ForeignKey(
        Term, verbose_name=_("replaced by"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # fmt: skip
    status = models.CharField(
        max_length=9, choices=ProposalStatus.choices, default=ProposalStatus.OPEN
    )
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="proposals")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="proposals"
    )
    reason = models.TextField(_("why"), max_length=LONGEST_COMMENT, blank=True)
    # What was in force when it was written; a decision shows what is in force then.
    based_on = models.ForeignKey(TermVersion, null=True, on_delete=models.PROTECT, related_name="+")
    # Counts its texts, so that a decision is on the one that was shown.
    revision = models.PositiveIntegerField(default=1)
    imported_from = models.CharField(max_length=200, blank=True)  # the file, of an import
    written_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ProposalQuerySet.as_manager()

    class Privacy:
        """Members read proposals; a draft is its author's (`permissions.proposals_visible_to`)."""

        fields: ClassVar[dict[str, Field]] = {
            **words_seen_by(Audience.MEMBERS, why=_("proposals are made among members")),
            **dict.fromkeys(
                ("id", "term", "kind", "replaced_by", "status", "body", "author", "reason", "based_on", "revision",
                 "imported_from", "written_at", "changed_at"),
                TO_MEMBERS,
            ),
        }  # fmt: skip

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering: ClassVar[list[str]] = ["written_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(status__in=ProposalStatus.values), name="proposal_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | Q(kind=ProposalKind.RETIREMENT),
                name="only_a_retirement_names_a_replacement",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_status_display()})"


class Decision(models.Model):
    """What a body decided about a proposal, when, and what was said against it.

    One that was taken in a meeting and recorded by the backbone changes nothing until a member of the body confirms it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="decision")
    revision = models.PositiveIntegerField()  # of the proposal, that was decided on
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    decided_on = models.DateField(default=timezone.localdate)
    reason = models.TextField(_("reason"), max_length=LONGEST_COMMENT, blank=True)
    dissent = models.TextField(
        _("what was said against it"), max_length=LONGEST_COMMENT, blank=True
    )
    next_review_on = models.DateField(_("look at it again on"), null=True, blank=True)
    present = models.TextField(_("who was present"), max_length=LONGEST_COMMENT, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        """That, when and by whom a wording was adopted is public; names are for members."""

        fields: ClassVar[dict[str, Field]] = {
            **dict.fromkeys(
                ("id", "body", "outcome", "decided_on", "dissent", "next_review_on", "confirmed_at"),
                seen_by(Audience.PUBLIC, why=_("a definition is a recorded agreement")),
            ),
            **dict.fromkeys(
                ("proposal", "revision", "reason", "present", "recorded_by", "recorded_at", "confirmed_by"),
                seen_by(Audience.MEMBERS, why=_("members see how their language is decided")),
            ),
        }  # fmt: skip

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="decision_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.ADOPTED) | ~Q(reason=""),
                name="who_declines_says_why",
                violation_error_message=_(
                    "Say why it is declined; the proposal is archived with it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.get_outcome_display()}"

    @property
    def is_in_effect(self) -> bool:
        """Whether it is more than the record of a meeting that waits to be confirmed."""
        return self.confirmed_at is not None


class Comment(models.Model):
    """What a member says about a proposal, by name. Open until its author or somebody of the body settles it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="term_comments"
    )
    text = models.TextField(_("comment"), max_length=LONGEST_COMMENT)
    posted_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = CommentQuerySet.as_manager()

    class Privacy:
        """Read by members."""

        fields: ClassVar[dict[str, Field]] = dict.fromkeys(
            ("id", "proposal", "author", "text", "posted_at", "settled_at", "settled_by"),
            TO_MEMBERS,
        )

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering: ClassVar[list[str]] = ["posted_at", "pk"]

    def __str__(self) -> str:
        return f"{self.proposal} {self.posted_at:%Y-%m-%d}"
