"""What `/privacy/` tells of caucuses: that you are in one, what it agreed on, its door, removals; and of the rooms inside."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.models import OwnerKind
from core.privacy import Audience
from core.telling import SWEEP, Chapter, Telling

_KEYS = (OwnerKind.CAUCUS,)

SEATS = Telling(
    name="caucus-membership",
    chapter=Chapter.CAUCUS,
    title=_("That you are in a caucus"),
    models=("caucuses.Seat", "caucuses.Fold", "caucuses.Ended"),
    circles=frozenset({Audience.CAUCUS, Audience.AUTHOR, Audience.CHOSEN}),
    readers=_(
        "The members of that caucus, by the name that you chose there. No profile, list, search, count, notice, mail or calendar tells it to anybody else. Your own copy tells it to you."
    ),
    sealed=_("whose a seat is, and your name there"),
    keys=_KEYS,
    readable=_(
        "that there are rooms, how many seats each has, which of them facilitate, and when rows were written. No row names you. Whoever also knows when you were signed in may lay the times side by side, and guess"
    ),
    court=_(
        "With the database and the keyring the token of every member can be made, and so it can be found who is in which room."
    ),
    held_by=(
        "tests/caucuses/test_no_trace.py::test_every_page_of_everybody_outside_is_the_same_with_and_without_it",
        "tests/caucuses/test_no_trace.py::test_no_export_list_command_mail_file_or_line_of_the_log_of_acts_tells_of_it",
        "tests/caucuses/test_people.py::test_both_forms_of_the_rules_agree",
        "tests/caucuses/test_transactions.py::test_no_number_leads_from_a_member_to_what_they_do_in_a_caucus",
        "tests/caucuses/test_keyholder.py::test_who_is_in_a_caucus_is_found_by_the_keys",
        "tests/caucuses/test_keyholder.py::test_who_left_is_in_no_row",
        SWEEP,
    ),
    kept=(
        _("That you are in a caucus, and your name there"),
        _("A seat in a caucus whose agreement nobody accepted"),
    ),
)

ROOM = Telling(
    name="caucus",
    chapter=Chapter.CAUCUS,
    title=_("A caucus, and what it agreed on"),
    models=(
        "caucuses.Caucus",
        "caucuses.Agreement",
        "caucuses.Proposal",
        "caucuses.Stance",
        "caucuses.Event",
    ),
    circles=frozenset({Audience.CAUCUS, Audience.MEMBERS}),
    readers=_(
        "Its members. Of a caucus with a door, members of the initiative read its name, its purpose and how to come in; of one without a door nothing."
    ),
    sealed=_("its name, its purpose, what it agreed on, proposals and objections"),
    keys=_KEYS,
    readable=_("that there is a room, whether it shows a door, how people come in, and when something was decided"),
    held_by=(
        "tests/caucuses/test_no_trace.py::test_of_a_listed_one_the_door_alone_is_there",
        "tests/caucuses/test_no_trace.py::test_who_comes_to_the_door_signed_out_or_asks_for_an_unlisted_one_finds_nothing",
        "tests/caucuses/test_leaving.py::test_with_the_last_one_the_room_and_its_key_go",
        SWEEP,
    ),
    kept=(
        _("What a caucus agreed on, and its log"),
        _("Proposals to change what a caucus agreed on, and what was said to them"),
    ),
)  # fmt: skip

DOOR = Telling(
    name="caucus-door",
    chapter=Chapter.CAUCUS,
    title=_("Asking to come into a caucus, or being invited"),
    models=("caucuses.JoinRequest", "caucuses.Invitation"),
    circles=frozenset({Audience.AUTHOR, Audience.CHOSEN}),
    readers=_(
        "You, and the facilitators of that caucus, read what you ask. An invitation is read by the one with that address; the facilitator knows what address they typed, and nobody in the room is shown who is invited."
    ),
    sealed=_("who asks, names, addresses and words"),
    keys=_KEYS,
    readable=_("how many requests and invitations there are, and when they were made"),
    mail=_(
        "Only an invitation to facilitate is mailed. It names no caucus and reads like every invitation to the initiative."
    ),
    held_by=(
        "tests/caucuses/test_joining.py::test_only_facilitators_answer_and_only_their_own_rooms",
        "tests/caucuses/test_inviting.py::test_no_row_holds_the_address_or_who_has_it",
        "tests/caucuses/test_inviting.py::test_nobody_in_the_room_is_shown_who_is_invited",
        "tests/caucuses/test_outside_facilitators.py::test_the_address_stands_nowhere_readable_but_in_the_waiting_mail",
        SWEEP,
    ),
    kept=(_("An invitation to a caucus"), _("A request to join a caucus")),
)

PARTING = Telling(
    name="caucus-removal",
    chapter=Chapter.CAUCUS,
    title=_("That you were removed from a caucus"),
    models=("caucuses.Parting",),
    circles=frozenset({Audience.AUTHOR, Audience.CHOSEN}),
    readers=_("You alone read it, with what you were writing. Who gave the reason knows it, too."),
    sealed=_("the reason, your name there, and what you were writing"),
    keys=_KEYS,
    readable=_("that somebody was removed, when, and whether they have read it"),
    held_by=(
        "tests/caucuses/test_parted.py::test_nobody_else_finds_it",
        "tests/caucuses/test_parted.py::test_the_words_go_after_30_days_and_the_rest_after_a_year",
        SWEEP,
    ),
    kept=(
        _("The reason of a removal from a caucus, and what was being written"),
        _("That somebody was removed from a caucus, under a stand-in without a name"),
    ),
)

TELLINGS = (SEATS, ROOM, DOOR, PARTING)
