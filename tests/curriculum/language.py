"""Hands for stories about the shared language: a term as members agree on it."""

from __future__ import annotations

from typing import Any

from curriculum.glossary.actions import adopt_proposal, propose_wording
from curriculum.glossary.models import WORDS, InForce, Proposal, Term, TermVersion


def words(
    name: str = "Bridge", definition: str = "What leads over.", **others: Any
) -> dict[str, Any]:
    """What a proposal says, as a form would send it."""
    return {"name": name, "definition": definition, **others}


def proposed(by: Any, name: str = "Bridge", *, term: Term | None = None, **others: Any) -> Proposal:
    """A proposal that waits for the body."""
    return propose_wording(words=words(name, **others), by=by, term=term)


def agreed(
    cast: dict[str, Any], name: str = "Bridge", *, term: Term | None = None, **others: Any
) -> TermVersion:
    """A wording that Dev proposed and Ben adopted."""
    proposal = proposed(cast["dev"], name, term=term, **others)
    version = adopt_proposal(proposal=proposal, by=cast["ben"], seen_revision=proposal.revision)
    assert version is not None
    return version


def said_now(slug: str, language: str = "en") -> dict[str, Any]:
    """What readers see of a term."""
    version = InForce.objects.get(term__slug=slug, language=language).version
    return {name: getattr(version, name) for name in WORDS}


def empty_glossary() -> None:
    """As in an installation before its first proposal. Versions are for good, so their tables are emptied past the models."""
    from curriculum.glossary import models

    order = (
        "DefinitionRead", "LessonTerm", "NotLinked", "InForce", "TermVersion", "Comment", "Decision", "Proposal",
        "TermWord", "Relation", "Term",
    )  # fmt: skip
    Proposal.objects.update(based_on=None)
    Term.objects.update(replaced_by=None)
    for name in order:
        rows = getattr(models, name).objects.all()
        rows._raw_delete(rows.db)
