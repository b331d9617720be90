"""What `/privacy/` tells of the journal in short. All that stands above its editor is said there, too (`statement.py`)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.models import OwnerKind
from core.privacy import Audience
from core.telling import NOWHERE, SWEEP, Chapter, Telling

JOURNAL = Telling(
    name="journal",
    chapter=Chapter.ALONE,
    title=_("Your journal"),
    models=("journal.Entry", "journal.Draft", "journal.Choice"),
    circles=frozenset({Audience.AUTHOR}),
    readers=_(
        "You alone, after you have shown that it is you. No role on this site opens a page of it."
    ),
    sealed=_("titles, words, tags, and which question or lesson you wrote about"),
    keys=(OwnerKind.MEMBER,),
    readable=_(
        "that you write, when, how often you saved a page, and about how long it is; and whether the Escape key hides it"
    ),
    court=_("With the keyring all that you have not deleted can be read, drafts too."),
    held_by=(
        "tests/accountability/test_entries.py::test_the_rule_and_the_filter_agree_for_the_whole_cast",
        "tests/accountability/test_entries.py::test_nobody_else_can_do_anything_to_it",
        "tests/accountability/test_entries.py::test_no_table_holds_a_word_of_it",
        "tests/accountability/test_entries.py::test_leaving_destroys_the_key_and_the_rows",
        "tests/accountability/test_statement.py::test_writing_sends_no_mail_and_no_notice",
        SWEEP,
        NOWHERE,
    ),
    kept=(
        _("Your journal"),
        _("An entry that you deleted, unless you deleted it at once"),
        _("What you chose for your journal"),
    ),
)

QUESTIONS = Telling(
    name="journal-questions",
    chapter=Chapter.SITE,
    title=_("Questions that the journal offers"),
    models=("journal.Prompt",),
    circles=frozenset({Audience.MEMBERS}),
    readers=_("Members. Editors and the backbone team write them. Which one you took is sealed."),
    readable=_("all of it"),
    held_by=("tests/accountability/test_prompts.py::test_nobody_else_does",),
    how_long=_("until an editor deletes it"),
)

TELLINGS = (JOURNAL, QUESTIONS)
