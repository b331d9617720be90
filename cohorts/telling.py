"""What `/privacy/` tells of cohorts: who is in one, what is said there, meetings, attendance, invitations, files of people to invite."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.privacy import Audience
from core.telling import NEWS_ALONE, Chapter, Telling

_ALL = frozenset({Audience.COHORT, Audience.FACILITATOR, Audience.BACKBONE})

PEOPLE = Telling(
    name="cohort",
    chapter=Chapter.COHORT,
    title=_("Your cohort, and that you are in it"),
    models=("cohorts.Cohort", "cohorts.Membership"),
    circles=_ALL,
    readers=_(
        "Your cohort, its facilitators and the backbone team. 30 days after its last day its facilitators and the backbone team alone."
    ),
    readable=_("all of it"),
    mail=NEWS_ALONE,
    held_by=(
        "tests/cohorts/test_cohort_page.py::test_the_rules_on_an_object_and_on_a_query_agree_for_everybody",
        "tests/cohorts/test_ending.py::test_each_rule_is_the_same_on_an_object_and_on_a_query",
        "tests/cohorts/test_membership.py::test_only_the_backbone_adds_and_removes_others",
    ),
    order=-20,
    kept=(_("That you are in a cohort"),),
)

TALK = Telling(
    name="cohort-talk",
    chapter=Chapter.COHORT,
    title=_("What is said in a cohort"),
    models=("cohorts.Announcement", "cohorts.Prompt", "cohorts.Reply"),
    circles=_ALL | {Audience.AUTHOR},
    readers=_(
        "Your cohort, its facilitators and the backbone team, with your name. A reply that a facilitator removed is read by its author alone, with the reason."
    ),
    readable=_("all of it, as it was written"),
    mail=NEWS_ALONE,
    court=_(
        "What you said stays when you leave, without your name. A court may still ask others who said it."
    ),
    held_by=(
        "tests/cohorts/test_replies.py::test_the_rules_on_an_object_and_on_a_query_agree_for_everybody",
        "tests/cohorts/test_replies.py::test_a_facilitator_removes_a_reply_and_its_author_alone_reads_why",
        "tests/cohorts/test_discussion.py::test_a_cohort_that_one_is_not_in_is_the_404",
        "tests/accounts/test_erasing.py::test_words_in_a_talk_stay_and_the_name_does_not",
    ),
    order=-10,
    kept=(_("Replies in talks of a cohort"), _("Announcements")),
)

MEETINGS = Telling(
    name="meetings",
    chapter=Chapter.COHORT,
    title=_("Meetings of your cohort"),
    models=("cohorts.Meeting",),
    circles=_ALL,
    readers=_(
        "Your cohort, its facilitators and the backbone team: when, where, the agenda, and who called it. A file for your calendar says “Meeting” alone, unless you ask for more; then whoever keeps your calendar reads that."
    ),
    readable=_("all of it"),
    mail=NEWS_ALONE,
    held_by=(
        "tests/cohorts/test_meetings_changing.py::test_the_rules_on_an_object_and_on_a_query_agree_for_everybody",
        "tests/cohorts/test_meeting_files.py::test_two_programs_read_when_it_is_and_nothing_else",
    ),
    kept=(_("Meetings of a cohort, with place and agenda"),),
)

ATTENDANCE = Telling(
    name="attendance",
    chapter=Chapter.COHORT,
    title=_("Whether you were at a meeting"),
    models=("cohorts.Attendance",),
    circles=frozenset({Audience.AUTHOR, Audience.FACILITATOR}),
    readers=_(
        "You and the facilitators of that cohort. Not the others in it, and not the backbone team. What you say yourself stands, and nobody adds it up."
    ),
    readable=_("all of it"),
    held_by=(
        "tests/cohorts/test_attendance_kept.py::test_the_rules_on_an_object_and_on_a_query_agree_for_everybody",
        "tests/cohorts/test_attendance.py::test_nobody_else_sees_who_was_there",
        "tests/cohorts/test_attendance_kept.py::test_no_page_and_no_file_adds_attendance_up",
    ),
    kept=(_("Whether somebody was at a meeting of their cohort"),),
)

INVITATIONS = Telling(
    name="invitations",
    chapter=Chapter.DESK,
    title=_("Invitations, and links to join by"),
    models=("cohorts.Invitation", "cohorts.JoinLink"),
    circles=frozenset({Audience.BACKBONE, Audience.AUTHOR}),
    readers=_(
        "The backbone team: which address was invited, by whom, and whether it was accepted. Once you came you read who invited you. Of a link to join by, how many joined; who did is not kept."
    ),
    readable=_("all of it; of the link in a mail only a value that cannot be turned back"),
    mail=_(
        "An invitation says that the initiative invites you, and holds the link. It names neither a cohort nor who invites."
    ),
    held_by=(
        "tests/cohorts/test_invitations.py::test_the_two_forms_of_who_may_accept_agree",
        "tests/cohorts/test_invitations.py::test_only_the_backbone_invites",
        "tests/cohorts/test_join_links.py::test_the_database_keeps_the_hash_alone",
        "tests/cohorts/test_join_links.py::test_a_member_joins_by_one_press_and_nobody_is_told_by_which_way",
    ),
    kept=(
        _("Invitations, with the address they were sent to"),
        _("Links to join a cohort by"),
    ),
)

IMPORTS = Telling(
    name="imports",
    chapter=Chapter.DESK,
    title=_("A file of people to invite"),
    models=("cohorts.MemberImport", "cohorts.ImportRow"),
    circles=frozenset({Audience.AUTHOR}),
    readers=_(
        "The one of the backbone team who sent the file, and nobody else. It does not tell them more of an address than an invitation would."
    ),
    readable=_("all of it, for a day at most"),
    mail=_("What every invitation says."),
    held_by=(
        "tests/cohorts/test_member_imports.py::test_the_two_forms_of_who_sees_a_file_agree",
        "tests/cohorts/test_member_imports.py::test_only_who_sent_it_sees_it_and_only_the_backbone_sends_one",
        "tests/cohorts/test_member_imports.py::test_addresses_go_when_it_is_carried_out_and_all_of_it_after_a_day",
    ),
    kept=(_("Files of people to invite, and the addresses in them"),),
)

TELLINGS = (PEOPLE, TALK, INVITATIONS, IMPORTS)
MEETING_TELLINGS = (MEETINGS, ATTENDANCE)
