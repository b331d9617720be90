"""What `/privacy/` tells of learning: which lessons you finished, exercises, PDFs, and what is published."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.privacy import Audience
from core.telling import NEWS_ALONE, Chapter, Telling

DONE = Telling(
    name="lessons",
    chapter=Chapter.YOU,
    title=_("Lessons that you finished"),
    models=("curriculum.LessonDone",),
    circles=frozenset({Audience.AUTHOR}),
    readers=_(
        "You alone. Facilitators and the backbone team see numbers about a whole cohort, and only where they are about enough people. Nothing scores or ranks you."
    ),
    readable=_("which lessons you marked as finished, and when"),
    held_by=(
        "tests/curriculum/test_progress.py::test_others_do_not_see_what_dev_finished",
        "tests/curriculum/test_record.py::test_nobody_else_sees_it_and_nothing_stores_it",
    ),
    kept=(_("Which lessons you finished"),),
)

EXERCISES = Telling(
    name="exercises",
    chapter=Chapter.YOU,
    title=_("What you try in a lesson"),
    models=(),
    circles=frozenset(),
    readers=_(
        "Nobody. What you choose, sort or write in an exercise is in the answer to you and stored nowhere."
    ),
    readable=_("nothing"),
    court=_("There is nothing to hand over. What is not kept cannot be asked for."),
    held_by=("tests/curriculum/test_answering.py::test_nothing_is_written_anywhere",),
    how_long=_("not at all"),
)

PAPERS = Telling(
    name="papers",
    chapter=Chapter.YOU,
    title=_("PDFs that you asked for"),
    models=("curriculum.Printout",),
    circles=frozenset({Audience.AUTHOR}),
    readers=_(
        "Your record of finished lessons, and a plan for a meeting, whoever asked for it. A PDF of lessons holds what its readers may read anyway."
    ),
    readable=_("that you asked, for what, and the file as it is"),
    mail=NEWS_ALONE,
    held_by=(
        "tests/curriculum/test_pdf.py::test_devs_record_is_his_alone_with_the_name_he_chose",
        "tests/curriculum/test_pdf.py::test_a_pdf_is_gone_before_it_is_a_day_old_with_its_file",
    ),
    kept=(_("PDFs that you asked for"),),
)

OPENINGS = Telling(
    name="openings",
    chapter=Chapter.COHORT,
    title=_("When your cohort begins which module"),
    models=("curriculum.Opening",),
    circles=frozenset({Audience.COHORT}),
    readers=_("Your cohort, its facilitators and the backbone team."),
    readable=_("all of it"),
    held_by=(
        "tests/backbone/test_cohorts_over_time.py::test_purpose_and_plan_come_along_at_the_same_distance_and_no_person_or_word",
    ),
    how_long=_("as long as the cohort"),
)

PUBLISHED = Telling(
    name="published",
    chapter=Chapter.SITE,
    title=_("Lessons, facts and maps"),
    models=(
        "curriculum.SiteRootPage",
        "curriculum.LearnIndexPage",
        "curriculum.ModulePage",
        "curriculum.LessonPage",
        "curriculum.Fact",
        "curriculum.Edition",
        "curriculum.Citation",
        "curriculum.Finding",
        "curriculum.LinkCheck",
        "curriculum.RedliningMap",
        "curriculum.MapArea",
        "curriculum.StarterFile",
    ),
    circles=frozenset({Audience.PUBLIC, Audience.OPERATOR}),
    readers=_(
        "Everybody, once it is published and its module is open to everybody; else members, or one cohort. Notes for facilitators are read by facilitators and the backbone team. Who wrote which version stands in the editors’ area."
    ),
    readable=_("all of it"),
    held_by=(
        "tests/curriculum/test_pdf.py::test_a_cohort_modules_pdf_is_closed_like_the_module",
        "tests/curriculum/test_lesson_page.py::test_the_rule_on_a_lesson_and_the_filter_agree_for_the_whole_cast",
    ),
    how_long=_("until an editor deletes it"),
)

TELLINGS = (DONE, EXERCISES, OPENINGS, PUBLISHED)
PAPER_TELLINGS = (PAPERS,)
