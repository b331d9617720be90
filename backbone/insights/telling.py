"""What `/privacy/` tells of progress by name, and of numbers of past weeks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.privacy import Audience
from core.telling import Chapter, Telling

NAMED = Telling(
    name="named-progress",
    chapter=Chapter.COHORT,
    title=_("Which modules you finished, by your name"),
    models=("backbone.NamedProgress",),
    circles=frozenset({Audience.AUTHOR, Audience.FACILITATOR}),
    readers=_(
        "You alone, unless you switch it on. Then those who facilitate your cohort at that moment see it, as of the last weekly count, until you switch it off or leave. Nobody sees a name while one to five of the cohort would be left without one."
    ),
    readable=_("that you switched it on, and since when; and the names that are on show"),
    held_by=(
        "tests/backbone/test_named_progress.py::test_nobody_is_shown_by_name_who_has_not_switched_it_on",
        "tests/backbone/test_named_progress.py::test_who_facilitates_now_reads_the_names_and_who_did_before_does_not",
        "tests/backbone/test_named_progress.py::test_while_one_to_five_are_left_no_name_is_shown_and_nothing_says_how_many",
        "tests/backbone/test_named_progress.py::test_a_name_that_is_taken_back_is_gone_at_once_and_comes_with_the_next_count",
    ),
    kept=(
        _(
            "That those who facilitate a cohort see by your name which modules you finished, and which"
        ),
    ),
)

WEEKS = Telling(
    name="past-weeks",
    chapter=Chapter.COHORT,
    title=_("Numbers about your cohort of past weeks"),
    models=("backbone.PublishedWeek",),
    circles=frozenset({Audience.COHORT, Audience.FACILITATOR, Audience.BACKBONE}),
    readers=_(
        "Your cohort, its facilitators and the backbone team, the same for all, as the numbers of now. No name is in them."
    ),
    readable=_("the numbers that were on show; never whom they count"),
    held_by=(
        "tests/backbone/test_past_weeks.py::test_what_is_kept_of_a_week_is_what_was_shown_and_nothing_behind_it",
        "tests/backbone/test_past_weeks.py::test_everybody_in_the_cohort_and_the_backbone_read_the_same",
    ),
    kept=(_("The numbers about a cohort of past weeks"),),
)

TELLINGS = (NAMED, WEEKS)
