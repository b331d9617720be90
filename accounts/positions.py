"""Who could technically see more than the site shows them, from one position to the next: what holds for every kind of content."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.crypto import erasures
from core.models import OwnerKind
from core.telling import Words


@dataclass(frozen=True)
class Position:
    """Where somebody stands, what they can do from there, and the stories that hold it."""

    name: str
    title: Words
    words: Words
    held_by: tuple[str, ...]


POSITIONS = (
    Position(
        "others",
        _("Other people on this site"),
        _(
            "They see what this page says under “Who can read it”, and nothing else. No role includes another: an operator is not of the backbone team, and neither reads what belongs to two people, to a caucus or to you alone. Nobody can sign in as you."
        ),
        (
            "tests/project/test_access.py::test_each_gets_what_the_table_says",
            "tests/backbone/test_roles.py::test_no_role_contains_another",
            "tests/accounts/test_own_pages.py::test_only_the_backbone_gives_roles_or_suspends",
        ),
    ),
    Position(
        "database",
        _("Somebody who has a copy of the database, or an old backup of it"),
        _(
            "They read what stands readable. What is sealed stays closed to them: it is encrypted before it is stored, each person, pair, caucus and report under a key of its own. When rows were written, and in steps how long they are, can always be read."
        ),
        (
            "tests/core/test_sealed_fields.py::test_the_table_holds_no_word_of_it",
            "tests/core/test_crypto.py::test_sizes_come_in_steps",
            "tests/sweep/test_canaries.py::test_what_dev_reads_himself_is_kept_nowhere",
        ),
    ),
    Position(
        "both",
        _("Somebody who has both databases, but not the keyring"),
        _(
            "They open no sealed word: the keys lie in the second database, and are sealed by the keyring, a file apart from both. But numbers that stand in place of a name in the first database are made with a key that lies unsealed in the second. So they can try out all members, and find whose number it is. Below it says where."
        ),
        (
            "tests/core/test_crypto.py::test_a_data_key_opens_for_its_owner_generation_and_wrapping_key_alone",
            "tests/core/test_audit_rows.py::test_a_pseudonym_cannot_be_made_from_what_the_main_database_and_the_settings_hold",
        ),
    ),
    Position(
        "keeper",
        _("Whoever keeps the server and has the keyring"),
        _(
            "They could open everything that is sealed and still there. They could also change the program, so that it tells them what you type. The site gives them no button for it, and a second pair of eyes helps; but no program can keep a secret from the machine on which it runs."
        ),
        (
            "tests/caucuses/test_keyholder.py::test_who_is_in_a_caucus_is_found_by_the_keys",
            "tests/core/test_crypto.py::test_a_data_key_opens_for_its_owner_generation_and_wrapping_key_alone",
        ),
    ),
    Position(
        "host",
        _("The company that hosts the server"),
        _(
            "It can copy the disks and look into the memory of a running machine. The keyring is there, and so is each word in the moment in which it is read or written. So it could do what the keeper could."
        ),
        ("tests/core/test_rotation.py::test_the_file_stays_its_accounts",),
    ),
    Position(
        "mail",
        _("Whoever carries mail, and an employer who reads your mailbox"),
        _(
            "They see that mail from us comes to you, when, and what stands in it. So mail says the same sentence whatever happened, with the exceptions that are named below."
        ),
        (
            "tests/notices/test_outbox.py::test_every_recipient_gets_one_mail_of_their_own_with_the_same_words",
            "tests/notices/test_outbox.py::test_the_headers_of_a_mail_link_it_to_no_other",
            "tests/accounts/test_sessions.py::test_no_mail_about_signing_in_says_what_is_written_here",
        ),
    ),
    Position(
        "court",
        _("A court"),
        format_lazy(
            _(
                "It can order whoever keeps the server to hand over both databases, their backups and the keyring. With them, all that is kept on that day can be read, also what is sealed. Nobody can hand over what was never kept, or what was sealed by a key that is destroyed. A key counts as destroyed when it is gone from the database of keys and from its backups, which must be deleted after {days} days. It can also order that something be kept from now on. We cannot promise that you would be told."
            ),
            days=erasures.BACKUPS_KEPT_FOR.days,
        ),
        (
            "tests/core/test_crypto.py::test_a_destroyed_key_opens_nothing_and_is_never_made_again",
            "tests/core/test_crypto.py::test_a_key_that_a_backup_brought_back_is_destroyed_again",
            "tests/accounts/test_erasing.py::test_keys_go_first_and_the_ways_in_last",
        ),
    ),
)

#: When the key of each kind of owner is destroyed.
KEY_ENDS: dict[OwnerKind, Words] = {
    OwnerKind.MEMBER: _("Your key is destroyed when you are erased, seven days after you leave."),
    OwnerKind.PAIR: _("The key of a pair is destroyed 30 days after the pair has ended."),
    OwnerKind.CAUCUS: _("The key of a caucus is destroyed when its last member leaves."),
    OwnerKind.ORGANIZATION: _("The key of an organization stays."),
    OwnerKind.REPORT: _("The key of a report is destroyed with the report."),
    OwnerKind.PULSE: _("The key of a pulse is destroyed when it closes."),
}
#: The stories that hold it.
KEY_ENDS_HELD_BY: dict[OwnerKind, tuple[str, ...]] = {
    OwnerKind.MEMBER: ("tests/accounts/test_erasing.py::test_keys_go_first_and_the_ways_in_last",),
    OwnerKind.PAIR: (
        "tests/accountability/buddies/test_pairs.py::test_thirty_days_after_its_end_it_goes_with_its_key",
    ),
    OwnerKind.CAUCUS: (
        "tests/caucuses/test_leaving.py::test_with_the_last_one_the_room_and_its_key_go",
    ),
    OwnerKind.ORGANIZATION: (
        "tests/accountability/commitments/test_roles.py::test_who_leaves_takes_their_own_along_and_leaves_the_roles",
    ),
    OwnerKind.REPORT: (
        "tests/care/test_reporting_harm.py::test_withdrawing_destroys_it_with_its_key",
        "tests/care/test_reporting_harm.py::test_closed_ones_go_after_a_year_with_their_key",
    ),
    OwnerKind.PULSE: (
        "tests/backbone/pulse/test_closing.py::test_ballots_box_and_list_are_deleted_and_the_key_destroyed",
    ),
}
