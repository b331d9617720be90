"""What `/privacy/` tells of the shared language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.privacy import Audience
from core.telling import NEWS_ALONE, Chapter, Telling

LANGUAGE = Telling(
    name="language",
    chapter=Chapter.SITE,
    title=_("The shared language"),
    models=(
        "glossary.Term",
        "glossary.TermVersion",
        "glossary.InForce",
        "glossary.Relation",
        "glossary.TermWord",
        "glossary.LessonTerm",
        "glossary.LessonLinks",
        "glossary.ChangedWord",
        "glossary.NotLinked",
        "glossary.Proposal",
        "glossary.Decision",
        "glossary.Comment",
    ),
    circles=frozenset({Audience.PUBLIC, Audience.MEMBERS, Audience.OPERATOR}),
    readers=_(
        "Everybody reads the definitions and what a body decided. Members read proposals and comments, by name. A draft of a proposal is read by who writes it."
    ),
    readable=_("all of it"),
    mail=NEWS_ALONE,
    held_by=(
        "tests/curriculum/test_agreement.py::test_the_two_forms_agree_for_everybody",
        "tests/curriculum/test_agreement.py::test_a_draft_is_its_authors_alone",
    ),
    kept=(_("Proposals, comments and decisions about the shared language"),),
)

READ = Telling(
    name="definitions-read",
    chapter=Chapter.YOU,
    title=_("Definitions that you marked as read"),
    models=("glossary.DefinitionRead",),
    circles=frozenset({Audience.AUTHOR}),
    readers=_("You alone. A cohort sees a number, and only where it is about enough people."),
    readable=_("which you marked, and when"),
    held_by=("tests/backbone/test_insights.py::test_nothing_that_is_kept_says_who_has_done_it",),
    kept=(_("Which definitions you marked as read"),),
)

TELLINGS = (LANGUAGE, READ)
