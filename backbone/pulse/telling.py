"""What `/privacy/` tells of a pulse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.models import OwnerKind
from core.privacy import Audience
from core.telling import NEWS_ALONE, NOWHERE, SWEEP, Chapter, Telling

PULSE = Telling(
    name="pulse",
    chapter=Chapter.COHORT,
    title=_("A pulse: short questions to your cohort"),
    models=(
        "backbone.Pulse",
        "backbone.Question",
        "backbone.Ballot",
        "backbone.Box",
        "backbone.Answered",
    ),
    circles=frozenset({Audience.COHORT, Audience.FACILITATOR, Audience.BACKBONE}),
    readers=_(
        "Your cohort, its facilitators and the backbone team read the questions and, after the close, the counts that may be shown, all of them the same. What you chose nobody reads; it is counted at the close and deleted. That you answered, you alone see until then."
    ),
    sealed=_("what was chosen and, apart from it, who has answered"),
    keys=(OwnerKind.PULSE,),
    readable=_(
        "the questions, the days on which it opened and closes, how many were asked, and how many ballots have left its box so far"
    ),
    mail=NEWS_ALONE,
    court=_(
        "While it is open it learns who has answered and, apart from that, what was answered. Whoever compares two moments, two backups for example, may find what one person answered between them. After the close there is nothing but the counts, once the backups of the keys are gone after seven days."
    ),
    held_by=(
        SWEEP,
        NOWHERE,
        "tests/backbone/pulse/test_nobodys.py::test_whoever_gave_which_every_row_at_every_moment_is_the_same",
        "tests/backbone/pulse/test_opening.py::test_each_rule_says_the_same_of_a_row_and_of_a_list",
        "tests/backbone/pulse/test_closing.py::test_all_see_the_same_result",
        "tests/backbone/pulse/test_closing.py::test_ballots_box_and_list_are_deleted_and_the_key_destroyed",
    ),
    kept=(
        _("Answers to a pulse, without names, and apart from them who has answered"),
        _("The questions of a pulse, and what is shown of its answers"),
    ),
)

TELLINGS = (PULSE,)
