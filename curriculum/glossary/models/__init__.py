"""Rows of the glossary: plain models, of which none is a page, a snippet or a draft of the CMS."""

from curriculum.glossary.models.agreement import Comment, Decision, Proposal
from curriculum.glossary.models.linking import ChangedWord, LessonLinks, LessonTerm, NotLinked
from curriculum.glossary.models.reading import DefinitionRead
from curriculum.glossary.models.terms import InForce, Relation, Term, TermVersion, TermWord
from curriculum.glossary.models.wording import WORDS, Wording

__all__ = [
    "WORDS",
    "ChangedWord",
    "Comment",
    "Decision",
    "DefinitionRead",
    "InForce",
    "LessonLinks",
    "LessonTerm",
    "NotLinked",
    "Proposal",
    "Relation",
    "Term",
    "TermVersion",
    "TermWord",
    "Wording",
]
