"""What `/privacy/` tells of reports inside a caucus."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.models import OwnerKind
from core.privacy import Audience
from core.telling import SWEEP, Chapter, Telling

CONCERNS = Telling(
    name="caucus-reports",
    chapter=Chapter.CAUCUS,
    title=_("A report inside a caucus"),
    models=("concerns.Concern",),
    circles=frozenset({Audience.AUTHOR, Audience.CHOSEN}),
    readers=_(
        "You, and the facilitators of that caucus but the one whom it is about. They are not told who you are."
    ),
    sealed=_("your words, what the post said, and the answer"),
    keys=(OwnerKind.CAUCUS,),
    readable=_("that there is one, on which day it was sent, and about which seat, by a random number"),
    held_by=(
        "tests/caucuses/concerns/test_reporting_inside.py::test_nobody_else_learns_of_it",
        "tests/caucuses/concerns/test_reports_and_seats.py::test_both_forms_of_the_rules_agree",
        SWEEP,
    ),
    order=50,
    kept=(_("A report inside a caucus"), _("What a post said, in a report of it")),
)  # fmt: skip

TELLINGS = (CONCERNS,)
