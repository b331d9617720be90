"""What `/privacy/` tells of the meetings of a caucus."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.models import OwnerKind
from core.privacy import Audience
from core.telling import SWEEP, Chapter, Telling

MEETINGS = Telling(
    name="caucus-meetings",
    chapter=Chapter.CAUCUS,
    title=_("Meetings of a caucus"),
    models=("meetings.Meeting", "meetings.Notes", "meetings.CalendarLink"),
    circles=frozenset({Audience.CAUCUS, Audience.AUTHOR}),
    readers=_(
        "The members of that caucus. The link for a calendar holds times and the words that you chose; whoever keeps your calendar reads these."
    ),
    sealed=_("place, agenda, the time zone in which it was called, notes, and the words for your calendar"),
    keys=(OwnerKind.CAUCUS,),
    readable=_("when a room meets and for how long; of a link only a value that cannot be turned back"),
    held_by=(
        "tests/caucuses/meetings/test_reading.py::test_both_forms_of_the_rules_agree",
        "tests/caucuses/meetings/test_calendar.py::test_two_programs_read_when_and_nothing_else",
        "tests/caucuses/meetings/test_calendar.py::test_the_files_of_two_members_have_nothing_in_common_but_the_times",
        SWEEP,
    ),
    kept=(
        _("When a caucus meets, the agenda, and the notes of its meetings"),
        _("The link that shows the meetings of a caucus in a calendar"),
    ),
)  # fmt: skip

TELLINGS = (MEETINGS,)
