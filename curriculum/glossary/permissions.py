"""Who proposes, discusses and decides about the shared language. Who decides is read at the moment of the decision.

No role changes a definition: not editor, not backbone, not operator. A member of the body does, and never their own proposal.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import F, Max, Q, QuerySet

from accounts.choices import RoleKind
from accounts.models import Body
from accounts.permissions import bodies_decided_by, can_decide_for_body, holds
from curriculum.glossary.choices import CHANGEABLE, ProposalStatus
from curriculum.glossary.models import Comment, Decision, Proposal


def deciding_body() -> Body | None:
    """The body that decides about the shared language: that of the setting GLOSSARY_BODY.

    None where that body does not exist: rather nobody decides than a body that was never asked (`checks` says so). Without
    the setting it is the body that decided last, so that a second one takes nothing over; before, the first by name.
    """
    if settings.GLOSSARY_BODY:
        return Body.objects.filter(slug=settings.GLOSSARY_BODY).first()
    bodies = Body.objects.annotate(decided_at=Max("decisions__confirmed_at"))
    return bodies.order_by(F("decided_at").desc(nulls_last=True), "name").first()


def proposals_visible_to(user: Any) -> QuerySet[Proposal]:
    """Every proposal for members, and their own drafts; none for the signed-out."""
    if not user.is_authenticated:
        return Proposal.objects.none()
    return Proposal.objects.filter(~Q(status=ProposalStatus.DRAFT) | Q(author=user))


def can_read_proposal(user: Any, proposal: Proposal) -> bool:
    """Whether the member may read it."""
    is_draft = proposal.status == ProposalStatus.DRAFT
    return bool(user.is_authenticated and (not is_draft or proposal.author_id == user.pk))


def can_propose(user: Any) -> bool:
    """Whether they may propose a wording: any member."""
    return bool(user.is_authenticated and user.is_active)


def can_change_proposal(user: Any, proposal: Proposal) -> bool:
    """Whether they may change or withdraw it: its author, until it is decided."""
    mine = user.is_authenticated and proposal.author_id == user.pk
    return bool(mine and proposal.status in CHANGEABLE and not hasattr(proposal, "decision"))


def can_comment_on_proposal(user: Any, proposal: Proposal) -> bool:
    """Whether they may say something about it: any member while it is open."""
    return bool(user.is_authenticated and proposal.status == ProposalStatus.OPEN)


def can_settle_comment(user: Any, comment: Comment) -> bool:
    """Whether they may call it settled: its author, and who decides about the proposal."""
    if not user.is_authenticated or comment.settled_at is not None:
        return False
    body = comment.proposal.body or deciding_body()
    return comment.author_id == user.pk or bool(body and can_decide_for_body(user, body))


def comments_settled_by(user: Any, proposal: Proposal) -> QuerySet[Comment]:
    """The comments of a proposal that they may call settled."""
    if not user.is_authenticated:
        return Comment.objects.none()
    rows, body = proposal.comments.unsettled(), proposal.body or deciding_body()
    return rows if body and can_decide_for_body(user, body) else rows.filter(author=user)


def can_decide_proposal(user: Any, proposal: Proposal) -> bool:
    """Whether they may decide about it now: whoever holds a seat in its body, other than its author."""
    if (
        not user.is_authenticated
        or proposal.status != ProposalStatus.OPEN
        or proposal.author_id == user.pk
    ):
        return False
    body = proposal.body or deciding_body()
    return body is not None and can_decide_for_body(user, body)


def proposals_decided_by(user: Any) -> QuerySet[Proposal]:
    """The open proposals that they may decide about now."""
    if not user.is_authenticated:
        return Proposal.objects.none()
    mine, body = bodies_decided_by(user), deciding_body()
    no_body = Q(body=None) if body is not None and mine.filter(pk=body.pk).exists() else Q(pk=None)
    return Proposal.objects.open().filter(Q(body__in=mine) | no_body).exclude(author_id=user.pk)


def can_record_meeting(user: Any) -> bool:
    """Whether they may record what a body decided in a meeting: the backbone. It has no effect until it is confirmed."""
    return holds(user, RoleKind.BACKBONE)


def can_confirm_decision(user: Any, decision: Decision) -> bool:
    """Whether they may confirm a recorded decision: a member of the body who neither recorded nor proposed it."""
    if not user.is_authenticated or decision.is_in_effect:
        return False
    own = {decision.recorded_by_id, decision.proposal.author_id}
    return user.pk not in own and can_decide_for_body(user, decision.body)
