"""Say something about a proposal, and call it settled."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.access import require
from core.text import strip_control
from curriculum.glossary import notifications
from curriculum.glossary.actions.proposals import held
from curriculum.glossary.models import Comment, Proposal
from curriculum.glossary.permissions import can_comment_on_proposal, can_settle_comment
from curriculum.glossary.wordings import check_lengths


@transaction.atomic
def post_comment(*, proposal: Proposal, text: str, by: Any) -> Comment:
    """Say something by name. Raises ValidationError at `text`."""
    proposal = held(proposal)
    require(
        can_comment_on_proposal(by, proposal),
        _("This proposal is decided, so nothing is added to it."),
    )
    comment = Comment(proposal=proposal, author=by, text=strip_control(text).strip())
    if not comment.text:
        raise ValidationError({"text": _("Write something first.")})
    check_lengths(comment, ["text"])
    comment.full_clean(exclude=["proposal", "author", "settled_by"])
    comment.save()
    audit.record("glossary.commented", by=by, subject=comment)
    notifications.comment_posted(comment)
    return comment


@transaction.atomic
def settle_comment(*, comment: Comment, by: Any) -> Comment:
    """Call a comment settled; twice counts once."""
    comment = (
        Comment.objects.select_for_update(of=("self",))
        .select_related("proposal__body")
        .get(pk=comment.pk)
    )
    if comment.settled_at is None:
        require(can_settle_comment(by, comment))
        comment.settled_at, comment.settled_by = timezone.now(), by
        comment.save(update_fields=["settled_at", "settled_by"])
        audit.record("glossary.comment_settled", by=by, subject=comment)
    return comment
