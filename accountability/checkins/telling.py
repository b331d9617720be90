"""What `/privacy/` tells of check-ins, a pair's notes, and calendars."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.models import OwnerKind
from core.privacy import Audience
from core.telling import NEVER_MAILED, NEWS_ALONE, SWEEP, Chapter, Telling

CHECK_INS = Telling(
    name="check-ins",
    chapter=Chapter.PAIR,
    title=_("Check-ins"),
    models=(
        "checkins.Plan",
        "checkins.CheckIn",
        "checkins.Sign",
        "checkins.PartDraft",
        "checkins.Part",
        "checkins.PartVersion",
        "checkins.Asking",
    ),
    circles=frozenset({Audience.AUTHOR, Audience.PAIR}),
    readers=_(
        "What you share is read by the two of you. Until then, what you write is yours alone; so is that you skipped one, and what you answer when you are asked how it is going."
    ),
    sealed=_("every word of it"),
    keys=(OwnerKind.MEMBER, OwnerKind.PAIR),
    readable=_("when you two check in, when each handed in or skipped, and about how long the parts are"),
    mail=NEWS_ALONE,
    held_by=(
        "tests/accountability/checkins/test_who_reads.py::test_question_and_filter_agree",
        "tests/accountability/checkins/test_who_reads.py::test_everybody_else_gets_the_same_404_as_for_an_unknown_id",
        "tests/accountability/checkins/test_silence.py::test_an_answer_is_its_authors_alone",
        "tests/accountability/checkins/test_ending.py::test_thirty_days_after_the_end_everything_goes_with_the_pair",
        SWEEP,
    ),
    kept=(
        _("What you shared at check-ins, and the pair’s notes"),
        _("What you were writing for a check-in when your pair ended, or left lying"),
        _("What you answered when you were asked how it is going"),
    ),
)  # fmt: skip

NOTES = Telling(
    name="pair-notes",
    chapter=Chapter.PAIR,
    title=_("The notes of your pair"),
    models=("checkins.PairNotes",),
    circles=frozenset({Audience.PAIR}),
    readers=_("The two of you."),
    sealed=_("every word of them"),
    keys=(OwnerKind.PAIR,),
    readable=_("that there are notes, who changed them last and when, and about how long they are"),
    mail=NEVER_MAILED,
    held_by=(
        "tests/accountability/checkins/test_who_reads.py::test_question_and_filter_agree",
        "tests/accountability/checkins/test_notes.py::test_after_the_end_they_are_read_and_the_typed_text_stays_on_the_page",
        SWEEP,
    ),
    kept=(_("What you shared at check-ins, and the pair’s notes"),),
)

CALENDAR = Telling(
    name="calendar",
    chapter=Chapter.PAIR,
    title=_("The link for your calendar"),
    models=("checkins.CalendarLink",),
    circles=frozenset({Audience.AUTHOR}),
    readers=_(
        "You, and whoever has the link: such as the company that keeps your calendar. It holds times and the words that you chose, and no name."
    ),
    sealed=_("the words that you chose for it"),
    keys=(OwnerKind.MEMBER,),
    readable=_("that you have one, and since when; of the link only a value that cannot be turned back"),
    court=_("It can ask the company that keeps your calendar."),
    held_by=(
        "tests/accountability/checkins/test_calendar.py::test_two_programs_read_the_next_check_ins_and_no_name",
        "tests/accountability/checkins/test_calendar.py::test_of_the_link_a_hash_alone_is_kept",
        SWEEP,
    ),
    kept=(_("The link for your calendar"),),
)  # fmt: skip

TELLINGS = (CHECK_INS, NOTES, CALENDAR)
