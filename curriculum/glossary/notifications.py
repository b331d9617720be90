"""What the glossary tells members, one function a message, and what a reader may see of each notice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core.register import Payload, Shown
from curriculum.glossary.models import Comment, Decision, Proposal
from curriculum.glossary.permissions import proposals_visible_to
from notices.actions import notify, notify_all

PROPOSED = "glossary.proposed"
DECIDED = "glossary.decided"
COMMENTED = "glossary.commented"
TO_CONFIRM = "glossary.to_confirm"


def proposal_opened(proposal: Proposal) -> None:
    """Those who decide: a proposal waits. Imports come by the hundred and tell nobody one by one."""
    if proposal.imported_from or proposal.body is None:
        return
    notify_all(
        members=_seated(proposal, proposal.author_id),
        kind=PROPOSED,
        payload={"proposal": proposal.pk},
    )


def proposal_decided(decision: Decision) -> None:
    """Its author: it is decided."""
    proposal = decision.proposal
    author = proposal.author
    if author is None or not author.is_active or proposal.imported_from:
        return
    notify(member=author, kind=DECIDED, payload={"proposal": proposal.pk})


def comment_posted(comment: Comment) -> None:
    """The author of the proposal: somebody said something about it."""
    author = comment.proposal.author
    if author is not None and author.is_active and author.pk != comment.author_id:
        notify(member=author, kind=COMMENTED, payload={"proposal": comment.proposal_id})


def meeting_recorded(decision: Decision) -> None:
    """Those who may confirm it."""
    proposal = decision.proposal
    others = [m for m in _seated(proposal, proposal.author_id) if m.pk != decision.recorded_by_id]
    notify_all(members=others, kind=TO_CONFIRM, payload={"proposal": proposal.pk})


def _seated(proposal: Proposal, but: Any) -> list[User]:
    assert proposal.body is not None  # noqa: S101 (asked by the callers)
    rows = User.objects.filter(seats__in=proposal.body.seats.filled(), is_active=True).distinct()
    return [member for member in rows if member.pk != but]


def known_proposals(member: Any) -> dict[str, Any]:
    """The proposals that the member may read."""
    return {"proposal": proposals_visible_to(member)}


def shows(words: Callable[[], str]) -> Callable[[Any, Sequence[Payload]], list[Shown | None]]:
    """What a reader sees of a notice about a proposal: the sentence with its name, while they may read it. One query."""

    def show(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
        ids = {payload["proposal"] for payload in payloads}
        rows = (
            proposals_visible_to(member).filter(pk__in=ids).values_list("pk", "name", "term__slug")
        )
        known = {str(pk): (name, slug) for pk, name, slug in rows}
        return [
            _shown(words(), known.get(str(payload["proposal"])), payload) for payload in payloads
        ]

    return show


def _shown(words: str, found: tuple[str, str] | None, payload: Payload) -> Shown | None:
    if found is None:
        return None
    name, slug = found
    url = reverse("glossary:proposal_show", args=[slug, payload["proposal"]])
    return Shown(words % {"name": name}, url)


show_proposed = shows(lambda: _("There is a proposal for “%(name)s”, which waits for you and the others who decide."))  # fmt: skip
show_decided = shows(lambda: _("Your proposal for “%(name)s” was decided."))
show_commented = shows(lambda: _("Somebody said something about your proposal for “%(name)s”."))
show_to_confirm = shows(lambda: _("What a meeting decided about “%(name)s” waits to be confirmed."))
