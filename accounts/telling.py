"""What `/privacy/` tells of accounts: who you are here, roles, a suspension, signing in, your own copy, leaving."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.models import OwnerKind
from core.privacy import Audience
from core.telling import NEWS_ALONE, Chapter, Telling

PROFILE = Telling(
    name="profile",
    chapter=Chapter.YOU,
    title=_("Your profile"),
    models=("accounts.User", "accounts.Organization"),
    circles=frozenset(
        {
            Audience.MEMBERS,
            Audience.AUTHOR,
            Audience.ORGANIZATION,
            Audience.BACKBONE,
            Audience.OPERATOR,
        }
    ),
    readers=_(
        "Members read the name you go by, your pronouns and your organization. You and the backbone team know your e-mail address and when you joined. Whether your organization knows you, its people and the backbone team see. Your language, your time zone and your last log-in are yours alone."
    ),
    readable=_("all of it; of a password only a value that cannot be turned back into it"),
    mail=_("Your address is in every mail to you."),
    held_by=(
        "tests/accounts/test_own_pages.py::test_visible_lists_what_each_part_of_the_house_shows_of_dev",
        "tests/backbone/test_people.py::test_the_two_forms_of_the_rule_agree_for_the_whole_cast",
        "tests/accounts/test_belonging.py::test_naming_an_organization_lets_nobody_speak_for_it",
    ),
    kept=(_("Your account: name, address, roles, seats"),),
)

REPORTING = Telling(
    name="reporting",
    chapter=Chapter.YOU,
    title=_("Who reports to whom at work"),
    models=("accounts.ReportingLine",),
    circles=frozenset({Audience.AUTHOR, Audience.BACKBONE}),
    readers=_(
        "The two people and the backbone team. It keeps you from being matched with your boss, or from reporting harm to them. Each of the two can say that it is wrong."
    ),
    readable=_("all of it"),
    mail=NEWS_ALONE,
    held_by=(
        "tests/accounts/test_reporting_lines.py::test_who_may_know_of_a_line",
        "tests/accounts/test_reporting_lines.py::test_nobody_else_says_or_removes_anything",
    ),
    kept=(_("Who reports to whom at work"),),
)

ROLES = Telling(
    name="roles",
    chapter=Chapter.YOU,
    title=_("Roles and seats"),
    models=("accounts.Role", "accounts.Seat"),
    circles=frozenset({Audience.MEMBERS, Audience.AUTHOR, Audience.BACKBONE, Audience.BODY}),
    readers=_(
        "Members know who holds which role, and who has a seat in which body. What a seat is called is known in its body alone. Who gave or ended a role, when and why, you and the backbone team read."
    ),
    readable=_("all of it, reasons too"),
    mail=NEWS_ALONE,
    held_by=(
        "tests/backbone/test_roles.py::test_ana_gives_a_role_and_the_person_reads_why",
        "tests/backbone/test_roles.py::test_no_role_contains_another",
        "tests/backbone/test_people.py::test_the_name_of_a_seat_is_read_in_its_body_alone",
        "tests/accounts/test_seats.py::test_the_two_forms_of_the_rule_agree_for_the_whole_cast",
    ),
    kept=(_("Your account: name, address, roles, seats"),),
)

SUSPENSION = Telling(
    name="suspension",
    chapter=Chapter.YOU,
    title=_("A suspended account"),
    models=("accounts.Suspension",),
    circles=frozenset({Audience.AUTHOR, Audience.BACKBONE}),
    readers=_(
        "You and the backbone team: why, who asked for it, who confirmed it, and until when. While it waits to be confirmed, the backbone team alone, without the one whom it is about. Whoever is suspended can still get their own copy and leave, and nothing else."
    ),
    sealed=_("the reason"),
    keys=(OwnerKind.MEMBER,),
    readable=_("whose account, who asked, who confirmed, and the days"),
    mail=_("A mail to you says that your account is suspended and until when. It never says why."),
    held_by=(
        "tests/accounts/test_suspending.py::test_the_two_forms_of_each_rule_agree_for_the_whole_cast",
        "tests/accounts/test_suspending.py::test_the_reason_is_sealed_in_no_log_and_opens_for_nobody_without_its_members_key",
        "tests/accounts/test_suspending.py::test_the_mail_says_until_when_and_not_why",
        "tests/accounts/test_suspended_ways.py::test_nothing_else_opens",
    ),
    kept=(_("That an account was suspended, and why"),),
)

SIGNING_IN = Telling(
    name="signing-in",
    chapter=Chapter.YOU,
    title=_("Signing in"),
    models=("accounts.SecondFactorReset",),
    circles=frozenset({Audience.AUTHOR, Audience.OPERATOR}),
    readers=_(
        "You alone read where you are signed in: the browser, the network address and when. That you asked to have a lost second step removed is also known to operators. Nobody can sign in as you; there is no such function."
    ),
    readable=_(
        "your sessions with browser, network address and time; your ways to sign in; of a password only a value that cannot be turned back"
    ),
    mail=_(
        "Codes and links to sign in, and a warning when something about your log-in changes. Whoever reads your mailbox can use a code while it is fresh; it never opens your journal by itself."
    ),
    held_by=(
        "tests/accounts/test_sessions.py::test_no_mail_about_signing_in_says_what_is_written_here",
        "tests/accounts/test_sessions.py::test_the_list_of_sessions_names_browsers_in_words",
        "tests/accounts/test_lost_factor.py::test_after_72_hours_it_goes_and_is_told_and_logged",
        "tests/accountability/test_journal_lock.py::test_a_mailed_code_alone_opens_it_never",
    ),
    kept=(_("Where you are signed in, with browser and network address"),),
    how_long=_("your ways to sign in, and that you lost a second step: until you leave"),
)

OWN_COPY = Telling(
    name="own-copy",
    chapter=Chapter.YOU,
    title=_("Your own copy of everything"),
    models=("accounts.OwnCopy",),
    circles=frozenset({Audience.AUTHOR}),
    readers=_(
        "You alone, after you have shown that it is you. Nobody has to approve it, and the backbone team does not learn that you asked. On your own device it is not sealed any more."
    ),
    sealed=_("the file and all that is in it"),
    readable=_(
        "that you asked for one, when, and how far it is; the size of the file in steps of 16 KB"
    ),
    mail=NEWS_ALONE,
    keys=(OwnerKind.MEMBER,),
    court=_(
        "A copy that waits holds the same as the database, in one place. It waits for a day at most."
    ),
    held_by=(
        "tests/accounts/test_own_copy.py::test_the_file_is_sealed_and_readable_by_the_sites_account_alone",
        "tests/accounts/test_own_copy_download.py::test_it_is_gone_after_one_download",
        "tests/accounts/test_own_copy_download.py::test_others_find_their_own_page_and_nothing_of_it",
        "tests/sweep/test_own_copy.py::test_of_others_words_it_holds_those_alone_that_were_said_to_him",
    ),
    kept=(_("The copy of your data that you asked for, sealed under your key"),),
)

LEAVING = Telling(
    name="leaving",
    chapter=Chapter.YOU,
    title=_("Leaving, and being erased"),
    models=("accounts.Departure",),
    circles=frozenset({Audience.AUTHOR}),
    readers=_(
        "You alone can see that you may come back. Others no longer find you; where words of yours stay they read “Former member”. Your buddy sees that you left, and the backbone team where it had still to decide on a suspension. The page on which you leave says in your own case what goes and what stays."
    ),
    readable=_(
        "for seven days that you left, and the name that you went by; after that the random number of your account, in the list of destroyed keys, for good"
    ),
    mail=_("One mail says that you left and how to come back, and one that you are back."),
    court=_(
        "In the seven days everything is still there. After them your key and your rows are gone, but for what the page named."
    ),
    held_by=(
        "tests/accounts/test_leaving.py::test_the_page_says_what_happens_before_anything_does",
        "tests/accounts/test_erasing.py::test_everybody_of_the_cast_can_be_erased",
        "tests/sweep/test_erased.py::test_no_table_file_or_free_page_holds_anything_of_who_was_erased",
        "tests/sweep/test_leaving.py::test_the_name_waits_in_one_table_and_goes_out_in_one_mail",
        "tests/core/test_crypto.py::test_a_key_that_a_backup_brought_back_is_destroyed_again",
    ),
    kept=(_("That you left"),),
)

INITIATIVE = Telling(
    name="initiative",
    chapter=Chapter.SITE,
    title=_("The initiative and its bodies"),
    models=("accounts.Initiative", "accounts.Body"),
    circles=frozenset({Audience.PUBLIC}),
    readers=_("Everybody: what the initiative and its bodies are called and what they are for."),
    readable=_("all of it"),
    held_by=(
        "tests/backbone/test_bodies.py::test_the_two_forms_of_the_rule_agree_for_the_whole_cast",
    ),
    how_long=_("as long as the initiative"),
)

TELLINGS = (PROFILE, ROLES, REPORTING, SUSPENSION, SIGNING_IN, OWN_COPY, LEAVING, INITIATIVE)
