"""What the glossary holds about a member: what they proposed, said and read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import bodies_decided_by
from core.register import Holding, NoticeKind, Retention, hold
from core.visible import Topic, Visible, fields
from curriculum.glossary import mydata
from curriculum.glossary import notifications as told
from curriculum.glossary.choices import ProposalStatus
from curriculum.glossary.models import WORDS, Comment, Decision, Term
from curriculum.glossary.telling import TELLINGS

MODELS = (
    "Term", "TermVersion", "InForce", "Relation", "TermWord", "Proposal", "Decision", "Comment", "DefinitionRead",
    "LessonTerm", "LessonLinks", "ChangedWord", "NotLinked",
)  # fmt: skip

PROPOSED = (
    "term", "kind", "replaced_by", "status", "body", "author", "reason", "based_on", "imported_from", "written_at", "changed_at",
)  # fmt: skip


def _export(member: Any) -> dict[str, Any]:
    return {
        "proposals": [
            {"term": row.term.slug, "status": row.status, "written_at": row.written_at.isoformat(), "reason": row.reason,
             **{name: getattr(row, name) for name in WORDS}}
            for row in member.proposals.select_related("term")
        ],
        "comments": [
            {"about": str(row.proposal_id), "text": row.text, "posted_at": row.posted_at.isoformat()}
            for row in member.term_comments.all()
        ],
        "decisions": [
            {"about": str(row.proposal_id), "outcome": row.outcome, "decided_on": row.decided_on.isoformat(),
             "recorded": row.recorded_by_id == member.pk, "confirmed": row.confirmed_by_id == member.pk,
             **({"reason": row.reason, "dissent": row.dissent, "present": row.present} if row.recorded_by_id == member.pk else {})}
            for row in Decision.objects.filter(Q(recorded_by=member) | Q(confirmed_by=member)).order_by("recorded_at")
        ],
        "definitions_read": [
            {"term": row.version.name, "version": row.version.number, "read_at": row.read_at.isoformat()}
            for row in member.definitions_read.select_related("version").order_by("read_at")
        ],
    }  # fmt: skip


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    """What was agreed stays without the name; what one read goes."""
    yield lambda: member.definitions_read.all().delete() and None
    yield partial(_erase_drafts, member)
    for rows, name in (
        (member.term_comments, "author"), (member.proposals, "author"), (Comment.objects.filter(settled_by=member), "settled_by"),
        (Decision.objects.filter(recorded_by=member), "recorded_by"), (Decision.objects.filter(confirmed_by=member), "confirmed_by"),
    ):  # fmt: skip
        yield partial(_take_name, rows, name)


def _take_name(rows: Any, name: str) -> None:
    rows.update(**{name: None})


def _erase_drafts(member: Any) -> None:
    """What was never put before anybody goes, and with it the terms that only it names."""
    drafts = member.proposals.filter(status=ProposalStatus.DRAFT)
    terms = list(drafts.values_list("term", flat=True))
    drafts.delete()
    Term.objects.filter(pk__in=terms, proposals=None, versions=None, related_from=None).delete()


def _visible(member: Any) -> Iterable[Visible]:
    yield Visible(
        _("Which definitions you marked as read"),
        fields("glossary.DefinitionRead", "member", "version", "read_at"),
        Topic.TRACES,
    )
    yield Visible(
        _("What you proposed for the shared language, by name"),
        fields("glossary.Proposal", *PROPOSED, *WORDS),
        Topic.WORDS,
        control="glossary:proposal_list",
        rows=member.proposals.exclude(status=ProposalStatus.DRAFT),
    )
    yield Visible(
        _("What you said about proposals, and comments that you settled, by name"),
        fields(
            "glossary.Comment",
            "proposal",
            "author",
            "text",
            "posted_at",
            "settled_at",
            "settled_by",
        ),
        Topic.WORDS,
        control="glossary:proposal_list",
        rows=Comment.objects.filter(Q(author=member) | Q(settled_by=member)),
    )
    yield Visible(
        _("Decisions about the shared language that you recorded or confirmed, by name"),
        fields(
            "glossary.Decision",
            "proposal",
            "revision",
            "reason",
            "present",
            "recorded_by",
            "recorded_at",
            "confirmed_by",
        ),
        Topic.WORDS,
        control="glossary:proposal_list",
        rows=Decision.objects.filter(Q(recorded_by=member) | Q(confirmed_by=member)),
    )


def _decides(member: Any) -> bool:
    return bodies_decided_by(member).exists()


def register() -> None:
    """Register the holding of the glossary."""
    hold(
        Holding(
            name="glossary",
            title=_("Shared language"),
            labels=mydata.LABELS,
            models=tuple(f"glossary.{name}" for name in MODELS),
            export=_export,
            erase=_erase,
            visible=_visible,
            told=TELLINGS,
            retention=(
                Retention(_("Proposals, comments and decisions about the shared language"), _("as long as the glossary; without your name once you left")),
                Retention(_("Which definitions you marked as read"), _("until you leave")),
            ),
            notice_kinds=(
                NoticeKind(told.PROPOSED, _("Proposals that you decide about"), _("When somebody proposes a wording to your body."), told.show_proposed, _decides, known=told.known_proposals),
                NoticeKind(told.TO_CONFIRM, _("Meetings to confirm"), _("When the record of a meeting waits for somebody of your body."), told.show_to_confirm, _decides, known=told.known_proposals),
                NoticeKind(told.DECIDED, _("Your proposals"), _("When a proposal of yours was decided."), told.show_decided, known=told.known_proposals),
                NoticeKind(told.COMMENTED, _("Comments on your proposals"), _("When somebody comments on a proposal of yours."), told.show_commented, known=told.known_proposals),
            ),
        )
    )  # fmt: skip
