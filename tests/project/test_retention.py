"""What the page says is kept how long, what the night deletes, and what the calendar says are the same."""

from __future__ import annotations

import ast
from datetime import timedelta
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cohorts.actions import invite
from cohorts.actions.links import make_join_link
from cohorts.models import Cohort, Invitation, JoinLink
from core import register
from core.register import Holding, Retention
from notices.actions import notify
from notices.choices import MailState
from notices.chores import pruning
from notices.models import Notice, OutboxMail
from tests.accounts.hands import is_signed_in, log_in

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[2]
HERE = "tests/project/test_retention.py"

#: For each job of the night: the age that the page must name, and the story in which it runs.
CALENDAR = {
    "core.prune_audit": ("400 days", "tests/core/test_audit_rows.py::test_rows_go_by_age_alone"),
    "core.prune_form_results": ("24 hours", "tests/core/test_idempotency.py::test_results_are_kept_for_a_day"),
    "core.prune_tasks": ("30 days", "tests/core/tasks/test_running.py::test_what_was_done_is_kept_for_a_week_and_what_was_given_up_for_thirty_days"),
    "cohorts.prune_invitations": ("90 days", f"{HERE}::test_an_invitation_is_kept_for_90_days"),
    "cohorts.prune_join_links": ("90 days", f"{HERE}::test_a_link_to_join_by_is_kept_for_90_days"),
    "cohorts.prune_imports": ("24 hours", "tests/cohorts/test_member_imports.py::test_addresses_go_when_it_is_carried_out_and_all_of_it_after_a_day"),
    "cohort_meetings.prune_attendance": ("30 days", "tests/cohorts/test_attendance_kept.py::test_attendance_goes_thirty_days_after_the_cohort_ended"),
    "insights.prune_weeks": ("30 days", "tests/backbone/test_past_weeks.py::test_past_weeks_go_thirty_days_after_the_last_day"),
    "insights.prune_names": ("30 days", "tests/backbone/test_naming_oneself.py::test_names_and_wishes_go_thirty_days_after_the_last_day"),
    "accounts.prune_suspensions": ("400 days", "tests/accounts/test_suspending.py::test_what_ended_is_kept_as_long_as_the_log"),
    "accounts.prune_sessions": ("14 days", f"{HERE}::test_a_session_goes_when_it_is_over"),
    "accounts.prune_copies": ("24 hours", "tests/accounts/test_own_copy_download.py::test_no_file_is_a_day_old"),
    "notices.prune_notices": ("180 days", f"{HERE}::test_a_notice_is_kept_for_180_days"),
    "notices.prune_outbox": ("30 days", f"{HERE}::test_that_a_mail_was_sent_is_kept_for_30_days"),
    "care.prune_reports": ("a year", "tests/care/test_reporting_harm.py::test_closed_ones_go_after_a_year_with_their_key"),
    "papers.prune_printouts": ("24 hours", "tests/curriculum/test_pdf.py::test_a_pdf_is_gone_before_it_is_a_day_old_with_its_file"),
    "pulse.prune_ballots": ("30 days", "tests/backbone/pulse/test_closing.py::test_answers_are_kept_for_30_days_at_most"),
    "journal.prune_deleted": ("30 days", "tests/accountability/test_entries.py::test_an_entry_can_be_taken_back_for_thirty_days"),
    "buddies.prune_pairs": ("30 days", "tests/accountability/buddies/test_pairs.py::test_thirty_days_after_its_end_it_goes_with_its_key"),
    "buddies.prune_requests": ("30 more days", "tests/accountability/buddies/test_ending.py::test_answered_requests_go_after_thirty_days"),
    "matching.prune_matches": ("30 days", "tests/accountability/matching/test_rounds.py::test_for_whom_nobody_was_found_sees_it_for_thirty_days"),
    "matching.prune_earlier": ("a few rounds", "tests/accountability/matching/test_limits.py::test_the_number_of_rounds_is_a_setting"),
    "matching.prune_previews": ("one day", "tests/accountability/matching/test_previews.py::test_after_a_day_it_is_gone"),
    "checkins.prune_parts": ("30 days", "tests/accountability/checkins/test_ending.py::test_the_parts_of_who_left_three_go_after_thirty_days"),
    "checkins.prune_drafts": ("30 days", "tests/accountability/checkins/test_ending.py::test_its_author_deletes_it_or_it_goes_after_thirty_days"),
    "letter.prune_unconfirmed": ("90 days", "tests/accountability/letter/test_rights.py::test_what_was_never_confirmed_goes_ninety_days_after_a_newer_version"),
    "sharing.prune_excerpts": ("the day you set", "tests/accountability/sharing/test_sharing.py::test_it_is_read_through_the_last_day_where_its_author_is"),
    "caucuses.end_invitations": ("14 days", "tests/caucuses/test_inviting.py::test_after_14_days_it_is_gone"),
    "caucuses.end_answered_requests": ("30 days", "tests/caucuses/test_joining.py::test_the_answer_goes_after_30_days_and_then_one_may_ask_again"),
    "caucuses.empty_partings": ("30 days", "tests/caucuses/test_parted.py::test_the_words_go_after_30_days_and_the_rest_after_a_year"),
    "caucuses.end_partings": ("a year", "tests/caucuses/test_parted.py::test_the_words_go_after_30_days_and_the_rest_after_a_year"),
}  # fmt: skip


def rows_by_job():
    """The rows of the page that a job stands behind, by the job's name."""
    return {
        f"{holding.name}.{row.prune.__name__}": row
        for holding in register.holdings()
        for row in holding.retention
        if row.prune is not None
    }


def the_night():
    """What `run_nightly` printed, also when it found nothing old enough."""
    out = StringIO()
    try:
        call_command("run_nightly", only="retention", stdout=out)
    except CommandError as nothing:
        if nothing.returncode != 2:
            raise
    return out.getvalue()


def test_every_job_of_the_night_has_its_line_in_the_calendar():
    assert set(CALENDAR) == set(pruning()) == set(rows_by_job())


def test_the_page_shows_each_row_with_the_age_that_the_calendar_holds(nobody):
    page = nobody.get(reverse("accounts:retention_show")).text

    rows = rows_by_job()
    for name, (age, _story) in CALENDAR.items():
        assert age in str(rows[name].how_long), name
    shown = [row for holding in register.holdings() for row in holding.retention]
    assert page.count("<tr>") == len(shown) + 1
    assert all(str(row.where) for row in shown)


@pytest.mark.parametrize("name", sorted(CALENDAR))
def test_its_story_asks_this_job(name):
    path, story = CALENDAR[name][1].split("::")
    tree = ast.parse((ROOT / path).read_text())

    found = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == story
    ]
    assert len(found) == 1
    asked = {node.id for node in ast.walk(found[0]) if isinstance(node, ast.Name)}
    assert asked & {name.rpartition(".")[2], "the_night"}


def test_an_invitation_is_kept_for_90_days(cast):
    Invitation.objects.all().delete()
    sent = invite(email="new@riverton.example", by=cast["ana"]).invitation

    with time_machine.travel(sent.sent_at + timedelta(days=89, hours=23), tick=False):
        assert "cohorts.prune_invitations: 0" in the_night()
    with time_machine.travel(sent.sent_at + timedelta(days=90, hours=1), tick=False):
        assert "cohorts.prune_invitations: 1" in the_night()
    assert not Invitation.objects.exists()


def test_a_link_to_join_by_is_kept_for_90_days(cast):
    """However long it was open; who joined by it stays."""
    JoinLink.objects.all().delete()
    spring = Cohort.objects.get(slug="spring")
    made = make_join_link(cohort=spring, days=30, most_uses=5, form=uuid4(), by=cast["ana"])
    at = made.join_link.made_at

    with time_machine.travel(at + timedelta(days=89, hours=23), tick=False):
        assert "cohorts.prune_join_links: 0" in the_night()
    with time_machine.travel(at + timedelta(days=90, hours=1), tick=False):
        assert "cohorts.prune_join_links: 1" in the_night()
    assert not JoinLink.objects.exists()


def test_a_notice_is_kept_for_180_days(cast):
    Notice.objects.all().delete()
    told = notify(
        member=cast["dev"], kind="cohorts.announcement", payload={"announcement": uuid4()}
    )

    with time_machine.travel(told.created_at + timedelta(days=179, hours=23), tick=False):
        assert "notices.prune_notices: 0" in the_night()
    with time_machine.travel(told.created_at + timedelta(days=180, hours=1), tick=False):
        assert "notices.prune_notices: 1" in the_night()
    assert not Notice.objects.exists()


def test_that_a_mail_was_sent_is_kept_for_30_days(cast):
    """One that waits stays, however old it is."""
    OutboxMail.objects.all().delete()
    at = timezone.now()
    OutboxMail.objects.create(message_id="<sent@x>", state=MailState.SENT, done_at=at)
    OutboxMail.objects.create(message_id="<waits@x>", recipient="dev@riverton.example")

    with time_machine.travel(at + timedelta(days=29, hours=23), tick=False):
        assert "notices.prune_outbox: 0" in the_night()
    with time_machine.travel(at + timedelta(days=30, hours=1), tick=False):
        assert "notices.prune_outbox: 1" in the_night()
    assert [mail.message_id for mail in OutboxMail.objects.all()] == ["<waits@x>"]


def test_a_session_goes_when_it_is_over(cast):
    """With the browser and the network address; those that go on stay."""
    here, there = Client(), Client()
    for browser in (here, there):
        log_in(browser, "dev")
    assert UserSession.objects.filter(user=cast["dev"]).count() == 2
    there.post("/account/logout/")

    the_night()
    assert UserSession.objects.filter(user=cast["dev"]).count() == 1
    assert is_signed_in(here)
    with time_machine.travel(timezone.now() + timedelta(days=14, hours=1), tick=False):
        the_night()
    assert not UserSession.objects.filter(user=cast["dev"]).exists()
    assert not Session.objects.exists()


def test_the_second_night_finds_nothing_and_says_so(cast):
    with time_machine.travel(timezone.now() + timedelta(days=800), tick=False):
        the_night()
        with pytest.raises(CommandError) as nothing:
            call_command("run_nightly", only="retention", stdout=StringIO())

    assert (nothing.value.returncode, str(nothing.value)) == (2, "Nothing was old enough to go.")


def test_a_job_that_fails_stops_no_other_and_is_named(cast, monkeypatch):
    def breaks():
        raise ValueError("broken")

    sent = invite(email="new@riverton.example", by=cast["ana"]).invitation
    broken = Holding("a story", (), retention=(Retention("What breaks", "a day", breaks),))
    monkeypatch.setitem(register._holdings, "a story", broken)

    with time_machine.travel(sent.sent_at + timedelta(days=91), tick=False):
        out = StringIO()
        with pytest.raises(CommandError) as failed:
            call_command("run_nightly", only="retention", stdout=out)

    assert failed.value.returncode == 1
    assert "These could not be done: a story.breaks." in str(failed.value)
    assert not Invitation.objects.filter(pk=sent.pk).exists()
