"""The statement above the editor: who reads a page of the journal, who could, and what stands readable.

Each claim is made of what the code declares (audiences, time limits, sizes) and names the stories that hold it, so that a
sentence here and the house cannot drift apart unseen (tests/accountability/test_statement.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.journal import lock, querysets
from accountability.journal.models import Draft, Entry
from accounts import actions, permissions
from accounts.privacy_page import WORDS
from core.crypto import envelope, erasures
from core.privacy import Audience, declared_fields

MODELS = (Entry, Draft)
#: What the readable fields tell, in words; a field that has none here is named by its own.
TOLD = {
    "author": gettext_lazy("whose it is"),
    "written_at": gettext_lazy("when it was begun"),
    "changed_at": gettext_lazy("when it was last changed"),
    "deleted_at": gettext_lazy("whether and when it was deleted"),
    "version": gettext_lazy("how often it was saved"),
    "of_version": gettext_lazy("how often it was saved"),
    "saved_at": gettext_lazy("when a draft was saved"),
    "id": "",  # random
    "tab": "",  # random: which tab saved it
    "turn": gettext_lazy("how often it was saved"),
    "html_by": "",  # of our program
}
#: What the session holds of the lock.
MOMENTS = {
    "opened": gettext_lazy("when the journal was opened"),
    "active": gettext_lazy("when it was last used"),
    "locked": gettext_lazy("when it was locked"),
}
SIZES_NAMED = 4


@dataclass(frozen=True)
class Claim:
    """One thing we say: what it is about, the sentences, and the stories that hold it as `file::test`."""

    name: str
    about: str
    words: str
    held_by: tuple[str, ...]


def short() -> list[Claim]:
    """The three lines that always stand above the editor."""
    return [_readers(), _keeper(), _readable_in_short()]


def rest() -> list[Claim]:
    """What follows for who wants to know more."""
    return [_shared(), _court(), _employer(), _beside_you(), _readable(), _deleted()]


def _readers() -> Claim:
    circles = {circle for _m, _n, field in _fields() if field.class_s for circle in field.audience}
    who = ", ".join(str(WORDS[circle]) for circle in Audience if circle in circles)
    return Claim(
        "readers",
        _("Who can read this"),
        _("%(who)s.") % {"who": capfirst(who)},
        (
            "tests/accountability/test_entries.py::test_the_rule_and_the_filter_agree_for_the_whole_cast",
            "tests/accountability/test_entries.py::test_every_sealed_field_is_declared_class_s",
        ),
    )


def _keeper() -> Claim:
    return Claim(
        "keeper",
        _("Who technically could"),
        _("Whoever runs the server and holds its keys. No role on this site opens a page of it."),
        (
            "tests/accountability/test_entries.py::test_nobody_else_can_do_anything_to_it",
            "tests/sweep/test_canaries.py::test_nobody_else_is_ever_answered_with_one",
            "tests/core/test_sealed_fields.py::test_ours_pass",
            "tests/core/test_crypto.py::test_a_data_key_opens_for_its_owner_generation_and_wrapping_key_alone",
        ),
    )


def _readable_in_short() -> Claim:
    return Claim(
        "readable in short",
        _("What the database shows"),
        _("That you write, when, and about how much. Never what."),
        (
            "tests/accountability/test_entries.py::test_no_table_holds_a_word_of_it",
            "tests/sweep/test_canaries.py::test_what_dev_reads_himself_is_kept_nowhere",
        ),
    )


def _shared() -> Claim:
    return Claim(
        "shared",
        _("What you show your buddy"),
        " ".join(
            (
                _(
                    "An excerpt that you share is a copy that you cut out yourself. Your buddy reads it until the day you set or until you take it back, and nobody else does; it stands on a page of your pair, outside the lock of your journal."
                ),
                _(
                    "The database shows that you share, of which page and until when; the words are sealed under the key of your pair."
                ),
                _("What somebody has read or copied, no page can take back."),
            )
        ),
        (
            "tests/accountability/sharing/test_sharing.py::test_the_rules_and_the_filters_agree_for_the_whole_cast",
            "tests/accountability/sharing/test_sharing.py::test_taken_back_it_is_gone_on_the_next_load",
            "tests/accountability/sharing/test_sharing.py::test_it_is_read_through_the_last_day_where_its_author_is",
            "tests/accountability/sharing/test_sharing.py::test_no_table_holds_a_word_of_it",
        ),
    )


def _court() -> Claim:
    days = {"days": erasures.BACKUPS_KEPT_FOR.days}
    return Claim(
        "court",
        _("A court"),
        " ".join(
            (
                _(
                    "It can order whoever runs the server to hand over the server and its keys. With both, what you wrote can be read."
                ),
                _(
                    "When your account ends, your own key is destroyed, and within %(days)s days it is gone from every backup. After that nobody can read it."
                )
                % days,
            )
        ),
        (
            "tests/accountability/test_entries.py::test_leaving_destroys_the_key_and_the_rows",
            "tests/core/test_crypto.py::test_a_destroyed_key_opens_nothing_and_is_never_made_again",
        ),
    )


def _employer() -> Claim:
    hours = {"hours": _hours(permissions.JOURNAL_SHUT_FOR)}
    lost = {"hours": _hours(actions.RESET_WAITS), "mails": len(actions.RESET_MAILS)}
    return Claim(
        "employer",
        _("An employer who reads your mailbox"),
        " ".join(
            (
                _("Nothing of your journal is ever mailed, not even that you write."),
                _(
                    "They could set a new password through your mailbox. That ends all your log-ins, a mail says so, and the journal stays shut for %(hours)s hours, unless a passkey or an authenticator app that you had before confirms."
                )
                % hours,
                _(
                    "After that the new password opens it. Where you have a passkey or an authenticator app, they need that, too; to have it removed takes %(hours)s hours, %(mails)s mails to you, and the operator."
                )
                % lost,
            )
        ),
        (
            "tests/accountability/test_journal_lock.py::test_after_a_reset_it_is_shut_for_a_day_in_the_members_own_time",
            "tests/accountability/test_journal_lock.py::test_after_a_reset_an_app_from_before_opens_it_at_once",
            "tests/accountability/test_journal_lock.py::test_a_mailed_code_alone_opens_it_never",
            "tests/accounts/test_sessions.py::test_a_reset_password_ends_every_session_and_signs_nobody_in",
            "tests/accounts/test_lost_factor.py::test_after_72_hours_it_goes_and_is_told_and_logged",
            "tests/accounts/test_lost_factor.py::test_without_all_the_mails_it_stays",
            "tests/accountability/test_statement.py::test_writing_sends_no_mail_and_no_notice",
        ),
    )


def _beside_you() -> Claim:
    minutes = {"minutes": int(lock.IDLE.total_seconds() // 60)}
    return Claim(
        "beside you",
        _("Somebody who looks over your shoulder"),
        " ".join(
            (
                _(
                    "They see what you see. The journal locks after %(minutes)s minutes in which nothing happens; “Lock” and “Hide now” lock it at once."
                )
                % minutes,
                _("Your browser’s history lists the addresses that you opened, never your words."),
                _("Whether a program on this computer watches the screen, we cannot know."),
            )
        ),
        (
            "tests/accountability/test_journal_lock.py::test_it_stays_open_for_fifteen_idle_minutes",
            "tests/accountability/test_journal_lock.py::test_after_lock_what_was_proved_before_does_not_open_it_again",
            "tests/accountability/test_journal_frame.py::test_hiding_works_without_a_script_and_locks",
            "tests/accountability/test_journal_frame.py::test_every_answer_is_stored_by_nobody_and_names_nothing",
        ),
    )


def _readable() -> Claim:
    plain = {name: model for model, name, field in _fields() if not field.class_s}
    known = [name for name in TOLD if name in plain] + [name for name in plain if name not in TOLD]
    told = dict.fromkeys(_told(name, plain[name]) for name in known)
    moments = [str(MOMENTS.get(name, name)) for name in lock.State.__annotations__]
    said = {"what": ", ".join(one for one in told if one), "sizes": ", ".join(_sizes())}
    return Claim(
        "readable",
        _("What stands readable in the database"),
        " ".join(
            (
                _("Of each page: %(what)s. Its sizes show in steps: %(sizes)s … bytes.") % said,
                _("Until your session ends: %(moments)s.") % {"moments": ", ".join(moments)},
                _("All else is sealed."),
            )
        ),
        (
            "tests/accountability/test_statement.py::test_the_session_holds_the_moments_that_are_named_and_no_form_leaves_a_mark",
            "tests/accountability/test_entries.py::test_no_table_holds_a_word_of_it",
            "tests/core/test_crypto.py::test_sizes_come_in_steps",
            "tests/project/test_privacy_rules.py::test_every_field_names_its_audience",
        ),
    )


def _deleted() -> Claim:
    return Claim(
        "deleted",
        _("What you delete"),
        " ".join(
            (
                _(
                    "You can take it back for %(days)s days; then it is gone from the database. Deleting it for good does not wait."
                )
                % {"days": querysets.UNDO_FOR.days},
                _("A backup from before may still hold it, sealed."),
            )
        ),
        (
            "tests/accountability/test_entries.py::test_an_entry_can_be_taken_back_for_thirty_days",
            "tests/accountability/test_entries.py::test_then_it_is_gone",
            "tests/accountability/test_entries.py::test_at_once_is_at_once",
        ),
    )


def _fields() -> Iterator[tuple[Any, str, Any]]:
    for model in MODELS:
        for field in model._meta.concrete_fields:
            yield model, field.name, declared_fields(model)[field.name]


def _told(name: str, model: Any) -> str:
    return str(TOLD.get(name, model._meta.get_field(name).verbose_name))


def _sizes() -> list[str]:
    return [str(envelope.SMALLEST * envelope.GROWTH**step) for step in range(SIZES_NAMED)]


def _hours(span: timedelta) -> int:
    return int(span.total_seconds() // 3600)
