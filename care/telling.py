"""What `/privacy/` tells of care: stopped contact, contacts for reports, reports of harm."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.models import OwnerKind
from core.privacy import Audience
from core.telling import NEVER_MAILED, NEWS_ALONE, SWEEP, Chapter, Telling

STOPS = Telling(
    name="stops",
    chapter=Chapter.CARE,
    title=_("That you stopped contact with somebody"),
    models=("care.Stop",),
    circles=frozenset({Audience.AUTHOR}),
    readers=_("You alone. The other person sees nothing of it, and neither does anybody else."),
    sealed=_("with whom"),
    keys=(OwnerKind.MEMBER,),
    readable=_("that you stopped contact with somebody, and when"),
    tokens=_("with whom can be found by trying out all members"),
    mail=NEVER_MAILED,
    held_by=(
        "tests/care/test_stopping.py::test_only_who_stopped_knows",
        "tests/care/test_stopping.py::test_both_forms_of_the_rule_agree",
        "tests/care/test_stopping.py::test_the_tables_do_not_say_who_is_kept_away",
    ),
    kept=(_("That you stopped contact with somebody"),),
)

CONTACTS = Telling(
    name="contacts",
    chapter=Chapter.CARE,
    title=_("Contacts for reports"),
    models=("care.Contact",),
    circles=frozenset({Audience.MEMBERS, Audience.BACKBONE, Audience.AUTHOR}),
    readers=_(
        "Members read who is a contact for reports, and what they say of themselves. Who was asked and has not said yes is known to that member and the backbone team."
    ),
    readable=_("all of it"),
    mail=NEWS_ALONE,
    held_by=(
        "tests/care/test_contacts.py::test_the_rules_agree_for_the_whole_cast",
        "tests/care/test_contacts.py::test_who_was_asked_is_offered_to_nobody_before_they_accept",
    ),
    kept=(_("That you are, or were, a contact for reports"),),
)

REPORTS = Telling(
    name="reports",
    chapter=Chapter.CARE,
    title=_("A report of harm"),
    models=("care.Report", "care.ReportNote"),
    circles=frozenset({Audience.AUTHOR, Audience.CHOSEN}),
    readers=_(
        "You and the one contact whom you chose. No other contact, not the backbone team, and nobody whom you report to at work."
    ),
    sealed=_("what happened, whom it is about, what you wish, what you two write, and who you two are"),
    keys=(OwnerKind.REPORT,),
    readable=_(
        "that there is a report, when it was sent and changed, how far it is, and about how long it is"
    ),
    tokens=_("who wrote it and who is the contact can be found by trying out all members; not a word of it"),
    mail=NEWS_ALONE,
    court=_(
        "A contact may also be asked as a witness. Some professions must report some harm; ask your contact before you write."
    ),
    held_by=(
        "tests/care/test_reporting_harm.py::test_only_the_two_know_of_it",
        "tests/care/test_reporting_harm.py::test_withdrawing_destroys_it_with_its_key",
        "tests/care/test_reporting_harm.py::test_closed_ones_go_after_a_year_with_their_key",
        "tests/care/test_choosing_a_contact.py::test_who_comes_to_have_authority_reads_it_no_more",
        SWEEP,
    ),
    kept=(
        _("A report, and what you and the contact write to each other about it"),
        _("That a report was withdrawn, without a word of it"),
    ),
)  # fmt: skip

TELLINGS = (STOPS, REPORTS, CONTACTS)
