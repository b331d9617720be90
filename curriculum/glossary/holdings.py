"""What the glossary holds about a member: what they proposed, said and read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.permissions import bodies_decided_by
from core.register import Holding, NoticeKind, Retention, Visible, hold
from curriculum.glossary import notifications as told
from curriculum.glossary.models import WORDS

MODELS = (
    "Term", "TermVersion", "InForce", "Relation", "TermWord", "Proposal", "Decision", "Comment", "DefinitionRead",
    "LessonTerm", "LessonLinks", "ChangedWord", "NotLinked",
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
        "definitions_read": [
            {"term": row.version.name, "version": row.version.number, "read_at": row.read_at.isoformat()}
            for row in member.definitions_read.select_related("version").order_by("read_at")
        ],
    }  # fmt: skip


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    """What was agreed stays without the name; what one read goes."""
    yield lambda: member.definitions_read.all().delete() and None
    yield lambda: member.term_comments.update(author=None) and None
    yield lambda: member.proposals.update(author=None) and None


def _visible(member: Any) -> Iterable[Visible]:
    yield Visible(_("Which definitions you marked as read"), _("Only you"), "glossary:term_list")
    if member.proposals.exists() or member.term_comments.exists():
        yield Visible(_("What you proposed and said about the shared language, by name"), _("Members"), "glossary:proposal_list")  # fmt: skip


def _decides(member: Any) -> bool:
    return bodies_decided_by(member).exists()


def register() -> None:
    """Register the holding of the glossary."""
    hold(
        Holding(
            name="glossary",
            models=tuple(f"glossary.{name}" for name in MODELS),
            export=_export,
            erase=_erase,
            visible=_visible,
            retention=(
                Retention(_("Proposals, comments and decisions about the shared language"), _("as long as the glossary; without your name once you left")),
                Retention(_("Which definitions you marked as read"), _("until you leave")),
            ),
            notice_kinds=(
                NoticeKind(told.PROPOSED, _("Proposals that you decide about"), _("When somebody proposes a wording to your body."), told.show_proposed, _decides),
                NoticeKind(told.TO_CONFIRM, _("Meetings to confirm"), _("When the record of a meeting waits for somebody of your body."), told.show_to_confirm, _decides),
                NoticeKind(told.DECIDED, _("Your proposals"), _("When a proposal of yours was decided."), told.show_decided),
                NoticeKind(told.COMMENTED, _("Comments on your proposals"), _("When somebody comments on a proposal of yours."), told.show_commented),
            ),
        )
    )  # fmt: skip
