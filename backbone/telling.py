"""What `/privacy/` tells of the desk’s own: numbers about a cohort. A pulse and progress by name stand in tellings of their own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.privacy import Audience
from core.telling import Chapter, Telling

NUMBERS = Telling(
    name="numbers",
    chapter=Chapter.COHORT,
    title=_("Numbers about your cohort"),
    models=("backbone.Snapshot",),
    circles=frozenset({Audience.COHORT, Audience.FACILITATOR, Audience.BACKBONE, Audience.AUTHOR}),
    readers=_(
        "Your cohort, its facilitators and the backbone team: the same numbers, and as long. A number is shown only where it, and what is left of it, is about at least five people; else the page says why not. It names nobody."
    ),
    readable=_(
        "the numbers on show, and who of a cohort could have been counted; who finished what, of those alone who are shown by name"
    ),
    court=_(
        "From the numbers it learns of nobody what they did. Which lessons somebody finished stands elsewhere in the database, see there."
    ),
    held_by=(
        "tests/backbone/test_insights.py::test_members_facilitators_and_the_backbone_see_the_same_lines",
        "tests/backbone/test_insights.py::test_nothing_that_is_kept_says_who_has_done_it",
        "tests/backbone/test_insights.py::test_a_cohort_of_four_shows_nothing_and_says_why",
        "tests/backbone/test_insights.py::test_a_number_stays_with_its_day_until_six_more_have_finished",
    ),
    order=50,
    kept=(_("The numbers about a cohort, counted once a week"),),
)

DESK = Telling(
    name="desk",
    chapter=Chapter.DESK,
    title=_("What the backbone team’s desk shows of you"),
    models=(),
    circles=frozenset(),
    readers=_(
        "The backbone team finds you by name and address, and reads your cohorts, roles, seats and suspensions. Your page there shows no lesson that you finished, no attendance, no journal, no buddy, no caucus and no report. You read on your account page that your page was opened, and by whom, at most one line an hour for each."
    ),
    readable=_("that somebody opened your page, under numbers that name nobody"),
    held_by=(
        "tests/backbone/test_people.py::test_a_page_says_who_they_are_and_what_they_hold",
        "tests/backbone/test_people.py::test_whose_page_is_opened_reads_it_once_an_hour",
        "tests/backbone/test_people.py::test_nobody_else_opens_either",
        "tests/backbone/test_people.py::test_who_has_left_is_in_no_list_and_has_no_page",
        "tests/backbone/test_desk.py::test_nobody_else_opens_the_desk",
    ),
    how_long=_("the lines about opening your page as long as the log of acts"),
)

TELLINGS = (NUMBERS, DESK)
