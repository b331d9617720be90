"""What `/privacy/` tells of what a caucus brings back to a whole group."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.models import OwnerKind
from core.privacy import Audience
from core.telling import SWEEP, Chapter, Telling

INSIDE = Telling(
    name="caucus-notes",
    chapter=Chapter.CAUCUS,
    title=_("A note to a whole group, while it is inside a caucus"),
    models=("bringback.Note", "bringback.NoteWording", "bringback.NoteStance"),
    circles=frozenset({Audience.CAUCUS}),
    readers=_("The members of that caucus. Each of them can hold it back."),
    sealed=_("its words, earlier wordings, objections, and which cohort it is for"),
    keys=(OwnerKind.CAUCUS,),
    readable=_("that there is one, how far it is, and when it was changed"),
    held_by=(
        "tests/caucuses/bringback/test_permissions.py::test_the_rules_of_seats_agree",
        "tests/caucuses/bringback/test_holding.py::test_one_hold_stops_it_and_everybody_else_agreeing_does_not_lift_it",
        SWEEP,
    ),
    order=90,
    kept=(
        _("A note to a whole group, as long as it is inside a caucus"),
        _("Earlier wordings of such a note, and the words of who holds it"),
    ),
)

OUTSIDE = Telling(
    name="cohort-notes",
    chapter=Chapter.COHORT,
    title=_("A note from a caucus on your cohort’s page, and the replies to it"),
    models=("bringback.Released", "bringback.Reply"),
    circles=frozenset({Audience.COHORT, Audience.FACILITATOR, Audience.BACKBONE, Audience.CAUCUS}),
    readers=_(
        "The cohort, its facilitators and the backbone team read the note, without a name. They read replies with the name of who wrote them, and so does the caucus from which the note came."
    ),
    readable=_(
        "all of it. Its day can be laid beside the day on which a room let a note go, and so may tell which room it was"
    ),
    held_by=(
        "tests/caucuses/bringback/test_permissions.py::test_the_rules_of_the_cohorts_page_agree",
        "tests/caucuses/bringback/test_going_out.py::test_who_does_not_see_the_cohort_sees_no_note",
        "tests/caucuses/bringback/test_going_out.py::test_nobody_gets_a_notice_or_a_mail_and_no_act_is_kept_centrally",
    ),
    order=90,
    kept=(_("A note from a caucus on a cohort’s page, and the replies to it"),),
)

TELLINGS = (INSIDE, OUTSIDE)
