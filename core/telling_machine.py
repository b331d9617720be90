"""What `/privacy/` tells of the machine: the log of acts, keys, marks of forms, the server's log, backups."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.crypto import erasures
from core.privacy import Audience
from core.telling import Chapter, Telling

ACTS = Telling(
    name="acts",
    chapter=Chapter.MACHINE,
    title=_("The log of acts"),
    models=("core.AuditEvent", "core.AuditKey"),
    circles=frozenset({Audience.OPERATOR, Audience.AUTHOR}),
    readers=_(
        "Operators could read that something was done, under numbers that name nobody. You read on your account page, in plain words, who opened your page on the desk, gave you a role or changed your account. What is done in a journal, between buddies or in a caucus is not in it."
    ),
    readable=_(
        "when something was done, which kind of act, and numbers in place of who did it and to whom; no words"
    ),
    tokens=_("the numbers can be turned into people, because the key for them lies there"),
    court=_("With both databases the log can be read with names, for as long as it is kept."),
    held_by=(
        "tests/core/test_audit_and_logs.py::test_an_act_is_recorded_under_pseudonyms",
        "tests/core/test_audit_rows.py::test_a_row_is_never_changed_or_deleted",
        "tests/core/test_audit_rows.py::test_a_pseudonym_cannot_be_made_from_what_the_main_database_and_the_settings_hold",
        "tests/accounts/test_own_pages.py::test_what_others_did_is_shown_to_the_member_and_to_nobody_else",
        "tests/backbone/test_people.py::test_whose_page_is_opened_reads_it_once_an_hour",
    ),
    kept=(_("The log of acts, which names nobody"),),
)

KEYS = Telling(
    name="keys",
    chapter=Chapter.MACHINE,
    title=_("The keys of what is sealed"),
    models=("core.KeyOwner", "core.DataKey"),
    circles=frozenset(),
    readers=_(
        "Nobody. The program uses them. They lie in a database of their own and are sealed themselves, by the keyring: a file apart from both databases."
    ),
    readable=_(
        "that there are keys, of which kind of owner, since when, and which are destroyed; a member’s is named by their random number, and what a key looks like is sealed"
    ),
    court=_(
        "A key that is destroyed cannot be handed over. If the keyring is lost, nobody opens anything."
    ),
    held_by=(
        "tests/core/test_crypto.py::test_a_data_key_opens_for_its_owner_generation_and_wrapping_key_alone",
        "tests/core/test_crypto.py::test_a_destroyed_key_opens_nothing_and_is_never_made_again",
        "tests/core/test_rotation.py::test_a_keyring_that_cannot_be_read_opens_and_seals_nothing_new",
    ),
    kept=(_("The keys with which your private text is sealed"),),
)

FORMS = Telling(
    name="forms",
    chapter=Chapter.MACHINE,
    title=_("That you sent a form"),
    models=("core.FormResult",),
    circles=frozenset(),
    readers=_("Nobody. The mark keeps a double click from acting twice. Forms of the journal leave none."),
    readable=_(
        "for a day who sent which form and where it led; of what was typed a number from which it cannot be guessed without the database of keys. Inside a caucus the mark names a stand-in, not you"
    ),
    tokens=_("which stand-in of a caucus is whose, for forms that were sent before somebody had a seat; and a guess at what was typed can be tried out"),
    held_by=(
        "tests/core/test_idempotency.py::test_results_are_kept_for_a_day",
        "tests/core/test_idempotency.py::test_what_was_typed_cannot_be_told_from_what_is_kept",
        "tests/accountability/test_statement.py::test_the_session_holds_the_moments_that_are_named_and_no_form_leaves_a_mark",
    ),
    kept=(_("A mark that a form was sent, so that it is not sent twice"),),
)  # fmt: skip

LOG = Telling(
    name="server-log",
    chapter=Chapter.MACHINE,
    title=_("Network addresses and the server’s log"),
    models=("core.ContentVersion",),
    circles=frozenset(),
    readers=_(
        "Our own log holds the kind of page that was asked for, how it was answered and a random number. It holds no name, no network address, no search and no words. Whoever keeps the server reads it."
    ),
    readable=_(
        "the network address of your sessions, so that you can tell them apart; and for some minutes how often somebody tried to sign in from there"
    ),
    court=_(
        "Whoever keeps the server, hosts it or carries your connection can see from which network address which page is asked for while it happens, and may keep logs of their own. We cannot promise what they keep. Ask who runs this site."
    ),
    held_by=(
        "tests/core/test_audit_and_logs.py::test_the_request_log_holds_the_pattern_and_no_words",
        "tests/core/test_audit_and_logs.py::test_an_error_report_holds_names_without_values",
        "tests/core/test_errors_without_words.py::test_a_report_by_mail_holds_none_of_the_errors_words",
    ),
    how_long=_("our log as long as whoever keeps the server keeps it"),
)

BACKUPS = Telling(
    name="backups",
    chapter=Chapter.MACHINE,
    title=_("Backups"),
    models=(),
    circles=frozenset(),
    readers=_("Whoever keeps the server. Nobody reads them through the site."),
    readable=_(
        "the same as in the database on the day of the backup, also what you have changed or deleted since; and where whoever keeps the server has the main database copied all the time, what stood in it within the last four days"
    ),
    court=format_lazy(
        _(
            "It can order that a backup is handed over. The keyring must be in none. The backups that this site makes of itself are deleted with everything in them before they are {days} days old; then what a destroyed key had sealed opens in no older backup. Copies of them elsewhere must be deleted by then, too: whoever keeps the server has to see to that, no program here can."
        ),
        days=erasures.BACKUPS_KEPT_FOR.days,
    ),
    held_by=(
        "tests/core/test_crypto.py::test_a_key_that_a_backup_brought_back_is_destroyed_again",
        "tests/accounts/test_erasing.py::test_whoever_an_older_backup_brings_back_is_erased_again",
        "tests/operations/test_keeping.py::test_nothing_of_a_backup_is_there_after_seven_days",
        "tests/operations/test_backups.py::test_no_private_word_stands_in_a_backup",
        "tests/operations/test_restoring.py::test_an_older_backup_brings_nobody_back_and_nothing_that_is_over",
    ),
    kept=(_("Backups of all of it, with the uploads"),),
)

TASKS = Telling(
    name="tasks",
    chapter=Chapter.MACHINE,
    title=_("Work in the background"),
    models=("core.TaskLease",),
    circles=frozenset(),
    readers=_("Nobody. Operators see how many tasks wait, for how long, and whether some failed."),
    readable=_(
        "for some days that a file was made, a round of matching was run or a request was passed on, when, and the random number of its row; no words, no names"
    ),
    held_by=(
        "tests/core/tasks/test_enqueueing.py::test_an_argument_that_is_no_id_is_refused",
        "tests/core/tasks/test_enqueueing.py::test_a_function_that_takes_something_else_cannot_be_declared",
        "tests/core/tasks/test_running.py::test_a_poison_dies_of_the_fifth_failure_others_go_on_and_the_operators_hear_of_it_once",
    ),
    kept=(_("That a task was done in the background, with the random number of what it made"),),
)

TELLINGS = (ACTS, KEYS, FORMS, TASKS, LOG, BACKUPS)
