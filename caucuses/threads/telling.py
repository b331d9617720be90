"""What `/privacy/` tells of what is said in a caucus."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.models import OwnerKind
from core.privacy import Audience
from core.telling import SWEEP, Chapter, Telling

POSTS = Telling(
    name="caucus-posts",
    chapter=Chapter.CAUCUS,
    title=_("What you say in a caucus"),
    models=(
        "threads.Thread",
        "threads.Post",
        "threads.Wording",
        "threads.Draft",
        "threads.LaterMark",
        "threads.Recognition",
    ),
    circles=frozenset({Audience.CAUCUS, Audience.AUTHOR, Audience.CHOSEN}),
    readers=_(
        "The members of that caucus who had accepted its agreement before you said it. A draft, and what you mark for later, you alone. A post that was hidden, its author alone, with the reason; so the title of a conversation that it begins."
    ),
    sealed=_("every word of it, titles and earlier wordings too"),
    keys=(OwnerKind.CAUCUS,),
    readable=_("that something was posted, when, by which random number, and about how long it is"),
    held_by=(
        "tests/caucuses/threads/test_talking.py::test_nobody_outside_finds_any_of_it",
        "tests/caucuses/threads/test_acts.py::test_both_forms_of_the_rule_agree",
        "tests/caucuses/threads/test_writing.py::test_a_draft_waits_for_its_writer_alone",
        SWEEP,
    ),
    kept=(
        _("What is said in a caucus, with its earlier wordings"),
        _("The title of a conversation in a caucus"),
        _("What you are writing in a caucus and have not posted"),
        _("What you mark for later in a caucus"),
    ),
)

TELLINGS = (POSTS,)
