"""The shared language of the demonstration: what the steering committee has adopted, and what it still talks about."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from accounts.models import User
from curriculum.glossary.actions import (
    adopt_proposal,
    decide_together,
    post_comment,
    propose_retirement,
    propose_wording,
)
from curriculum.glossary.models import WORDS, Decision, InForce, Proposal, Term

ADOPTED_ON, CHANGED_ON, NEXT_REVIEW = date(2026, 2, 12), date(2026, 10, 8), date(2027, 10, 8)
#: Terms that have had more than one wording: what was changed since the first, who proposed it, and what was said against it.
LATER: tuple[tuple[str, str, dict[str, Any], str], ...] = (
    ("equity", "marisol", {
        "we_say": "Equity, and at once what we will do for whom: “a ride to each visit for mothers without a car”.",
        "we_avoid": "Equity as a decoration: “an equity lens”, with nothing after it.",
        "we_avoid_because": "People who were promised equity before ask what will be different on Monday.",
    }, "One member found the rule too strict for grant applications, which ask for the word alone."),
    ("lived-experience", "chioma", {
        "we_say": "Residents who have lived with it, paid for their time like any other expert.",
        "contested": "Some residents do not want to be named for what happened to them. We ask first, and name the seat, not the story.",
    }, ""),
    ("redlining", "ben", {
        "contested": "Historians disagree on how much the maps of the 1930s caused and how much they wrote down what lenders did anyway. We use the word for the whole practice.",
        "forms": ["redlined"],
    }, "Two members wanted to keep the word for the maps alone."),
)  # fmt: skip


def write_language(members: dict[str, User]) -> None:
    """Adopt the starter glossary, change three terms, leave one proposal open with what was said of it, retire one."""
    proposals = list(
        Proposal.objects.open().select_related("term", "body").order_by("written_at", "pk")
    )
    if not proposals:
        return
    decide_together(shown=[(one, one.revision) for one in proposals], by=members["chioma"])
    Decision.objects.update(decided_on=ADOPTED_ON, next_review_on=NEXT_REVIEW)
    for slug, name, changes, dissent in LATER:
        _change(
            slug, members[name], changes, dissent, members["chioma" if name != "chioma" else "ben"]
        )
    _retire(members)
    _leave_open(members)


def _change(slug: str, by: User, changes: dict[str, Any], dissent: str, decided_by: User) -> None:
    row = (
        InForce.objects.filter(term__slug=slug, language="en")
        .select_related("term", "version")
        .first()
    )
    if row is None:
        return
    words = {name: getattr(row.version, name) for name in WORDS} | changes
    proposal = propose_wording(words=words, by=by, term=row.term, reason="What we learned in the first half of the year.")  # fmt: skip
    adopt_proposal(
        proposal=proposal,
        by=decided_by,
        seen_revision=1,
        dissent=dissent,
        next_review_on=NEXT_REVIEW,
    )
    Decision.objects.filter(proposal=proposal).update(decided_on=CHANGED_ON)


def _retire(members: dict[str, User]) -> None:
    old, new = (
        Term.objects.filter(slug=slug).first()
        for slug in ("assimilation", "othering-and-belonging")
    )
    if old is None or new is None:
        return
    reason = "We never used it for our own work, and it was heard as advice."
    proposal = propose_retirement(term=old, by=members["marisol"], reason=reason, replaced_by=new)
    adopt_proposal(proposal=proposal, by=members["ben"], seen_revision=1)
    Decision.objects.filter(proposal=proposal).update(decided_on=CHANGED_ON)


def _leave_open(members: dict[str, User]) -> None:
    row = (
        InForce.objects.filter(term__slug="power-sharing", language="en")
        .select_related("term", "version")
        .first()
    )
    if row is None:
        return
    words = {name: getattr(row.version, name) for name in WORDS}
    words["definition"] = "Handing over a part of the decisions, with the money and the time that they need, to the people who live with the results."  # fmt: skip
    proposal = propose_wording(words=words, by=members["hana"], term=row.term, reason="Our wording does not say that sharing costs something.")  # fmt: skip
    Proposal.objects.filter(pk=proposal.pk).update(
        written_at=datetime(2026, 11, 16, 17, 0, tzinfo=UTC)
    )
    for name, at, text in (
        ("jo", datetime(2026, 11, 17, 15, 20, tzinfo=UTC), "“Handing over” sounds as if it had been ours. Could it be “giving back”?"),
        ("marisol", datetime(2026, 11, 18, 2, 5, tzinfo=UTC), "I like that the money is named. A seat without a budget line is a chair."),
    ):  # fmt: skip
        comment = post_comment(proposal=proposal, text=text, by=members[name])
        type(comment).objects.filter(pk=comment.pk).update(posted_at=at)
