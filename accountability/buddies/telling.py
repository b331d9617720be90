"""What `/privacy/` tells of buddies: a pair with what it agreed on, and asking somebody."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.models import OwnerKind
from core.privacy import Audience
from core.telling import NEWS_ALONE, SWEEP, Chapter, Telling

PAIR = Telling(
    name="pair",
    chapter=Chapter.PAIR,
    title=_("Your buddy, and what you agreed on"),
    models=("buddies.Pair", "buddies.Place", "buddies.Agreement", "buddies.Confirmation"),
    circles=frozenset({Audience.PAIR}),
    readers=_(
        "The two of you; of three, the three. Facilitators and the backbone team read nothing of it."
    ),
    sealed=_("what you agreed on, and how to reach you"),
    keys=(OwnerKind.PAIR,),
    readable=_("who is in a pair with whom, since when, and the rhythm in which you meet"),
    mail=NEWS_ALONE,
    court=_("Who is whose buddy can be read without any key."),
    held_by=(
        "tests/accountability/buddies/test_pairs.py::test_only_the_two_read_and_write_in_it",
        "tests/accountability/buddies/test_agreements.py::test_both_forms_of_who_reads_and_who_confirms_agree",
        "tests/accountability/buddies/test_pairs.py::test_thirty_days_after_its_end_it_goes_with_its_key",
        SWEEP,
    ),
    kept=(_("Your pair, and what you two shared in it"), _("How to reach you, for your buddy")),
)

ASKING = Telling(
    name="asking",
    chapter=Chapter.PAIR,
    title=_("Asking somebody to be your buddy"),
    models=("buddies.Request", "buddies.Openness"),
    circles=frozenset({Audience.AUTHOR, Audience.CHOSEN, Audience.COHORT}),
    readers=_(
        "You and the one whom you ask. That you are open to being asked, people of your cohorts who have no buddy."
    ),
    sealed=_("your words, and the address that you typed"),
    keys=(OwnerKind.MEMBER,),
    readable=_("who asked whom, when and how it ended; and who is open to being asked"),
    mail=NEWS_ALONE,
    held_by=(
        "tests/accountability/buddies/test_asking.py::test_who_sees_and_who_answers_a_request_agrees_in_both_forms",
        "tests/accountability/buddies/test_asking.py::test_a_request_is_the_same_404_to_everybody_else",
        "tests/accountability/buddies/test_asking.py::test_nobody_is_in_a_list_until_they_turn_the_switch",
        "tests/accountability/buddies/test_asking_by_address.py::test_a_sealed_request_says_nothing_to_who_holds_the_table",
        SWEEP,
    ),
    kept=(_("A request to be buddies"), _("That you are open to being asked")),
)

TELLINGS = (PAIR, ASKING)
