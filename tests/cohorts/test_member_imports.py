"""A file of people: what will happen with each row, and the worker that does it, killed and resumed (threats B5, F12, H1, H7, H8, H9)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.actions import end_role, suspend_member
from accounts.models import Role, User
from cohorts.actions import (
    CohortIsOver,
    accept_invitation,
    discard_import,
    imports,
    invite,
    invite_all,
    leave_cohort,
    start_import,
    take_in,
)
from cohorts.actions.imports import carry_out, prune_imports
from cohorts.arrivals import known_of
from cohorts.choices import FileProblem, ImportState
from cohorts.member_file import Unusable
from cohorts.models import Cohort, ImportRow, Invitation, MemberImport
from cohorts.permissions import can_see_import, imports_visible_to
from core import register
from core.tasks import queue
from notices.models import Notice, OutboxMail
from tests.cohorts.inviting import (
    NEW,
    carried_out,
    newcomers,
    table,
    uploaded,
    verdicts,
    worker,
)
from tests.core.tasks.hands import five_workers_die, leases_run_out

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_the_preview_says_what_will_happen_with_each_row_and_nothing_is_sent(house):
    invite(email="open@riverton.example", by=house.lena, cohort=house.larch)
    suspend_member(member=house.jo, by=house.ana)
    OutboxMail.objects.all().delete()

    one = uploaded(
        house,
        NEW,
        "ben@riverton.example",
        f"  {NEW.upper()} ",
        "dev@riverton.example",
        "dev@riverton.example,facilitator",
        "elu@riverton.example,facilitator",
        "mo@riverton.example",
        "open@riverton.example",
        "jo@riverton.example",
        "gus@riverton.example",
        "ana@riverton.example",
        "=cmd",
        "nobody",
    )

    assert one.state == ImportState.READY
    assert verdicts(one) == [
        (2, "new", ""),
        (3, "known", ""),
        (4, "duplicate", ""),
        (5, "there", "member"),
        (6, "duplicate", ""),
        (7, "known", ""),
        (8, "there", "member"),
        (9, "there", "invited"),
        (10, "refused", "closed"),
        (11, "refused", "operator"),
        (12, "refused", "yourself"),
        (13, "refused", "formula"),
        (14, "refused", "no_address"),
    ]
    assert OutboxMail.objects.count() == 0
    assert Invitation.objects.count() == 1
    assert not house.larch.memberships.filter(member=house.ben).exists()


def test_who_has_left_is_not_put_back_by_a_file_and_gets_an_invitation_by_mail(house):
    leave_cohort(cohort=house.larch, member=house.dev, by=house.dev)

    one = uploaded(house, house.dev.email)
    arrivals = invite_all(addresses=[house.dev.email], by=house.ana, cohort=house.larch)
    later = uploaded(house, house.dev.email)

    assert verdicts(one) == [(2, "refused", "left")]
    assert [arrival.became for arrival in arrivals] == ["invited"]
    assert verdicts(later) == [(2, "there", "invited")]
    assert not house.larch.memberships.current().filter(member=house.dev).exists()
    accept_invitation(invitation=Invitation.objects.get(), by=house.dev)
    assert house.larch.memberships.current().filter(member=house.dev).exists()


def test_what_is_carried_out_is_what_the_preview_said(house):
    one = uploaded(house, NEW, "ben@riverton.example", "elu@riverton.example,facilitator", "nobody")

    carried_out(one, house.ana)

    assert one.state == ImportState.DONE
    assert list(one.rows.values_list("became", flat=True)) == ["invited", "added", "added", ""]
    assert Invitation.objects.get().email == NEW
    assert Invitation.objects.get().invited_by == house.ana
    assert house.larch.memberships.get(member=house.ben).is_facilitator is False
    assert house.larch.memberships.get(member=house.elu).is_facilitator is True
    assert Notice.objects.filter(member=house.ben, kind="cohorts.added").count() == 1


def test_the_mails_are_those_of_every_invitation(house):
    """E1, E2: one recipient each, constant words."""
    carried_out(uploaded(house, *newcomers(3)), house.ana)

    mails = OutboxMail.objects.waiting().filter(recipient__startswith="person-")

    assert sorted(mail.recipient for mail in mails) == newcomers(3)
    assert len({mail.subject for mail in mails}) == 1
    assert not [mail for mail in mails if "Larch" in mail.text or "Ana" in mail.text]


def test_addresses_go_when_it_is_carried_out_and_all_of_it_after_a_day(house):
    """F12."""
    one = carried_out(uploaded(house, NEW, "ben@riverton.example", "king,king"), house.ana)
    asked = uploaded(house, *newcomers(2))

    assert set(one.rows.values_list("email", flat=True)) == {""}
    assert set(asked.rows.values_list("email", flat=True)) == set(newcomers(2))
    assert prune_imports(timezone.now() + timedelta(hours=21)) == 0
    assert prune_imports(timezone.now() + timedelta(hours=23)) == 2
    assert (MemberImport.objects.count(), ImportRow.objects.count()) == (0, 0)
    assert Invitation.objects.count() == 1


def test_the_page_about_retention_says_so(nobody):
    page = nobody.get("/privacy/retention/").text

    assert "Files of people to invite, and the addresses in them" in page
    assert "until they are carried out, 24 hours at most" in page


def test_a_long_file_is_read_by_the_worker(house):
    one = uploaded(house, *newcomers(501))
    assert (one.state, one.rows.count(), bytes(one.data)[:5]) == (ImportState.READING, 0, b"email")

    worker()
    one.refresh_from_db()

    assert (one.state, one.rows.count(), bytes(one.data)) == (ImportState.READY, 501, b"")


def test_a_wrong_head_of_a_long_file_is_told_at_once(house):
    rows = newcomers(501)

    with pytest.raises(Unusable):
        take_in(cohort=house.larch, data=table(*rows, head="who,what"), by=house.ana)

    assert MemberImport.objects.count() == 0


def test_what_the_worker_cannot_read_is_said_and_not_kept(house):
    one = uploaded(house, *newcomers(600), '"open')

    worker()
    one.refresh_from_db()

    assert (one.state, one.problem, one.problem_row) == ("refused", FileProblem.QUOTES, 602)
    assert one.why.startswith("Row 602 cannot be read")
    assert (bytes(one.data), one.rows.count()) == (b"", 0)


def test_a_file_that_takes_its_worker_down_is_given_up(house):
    """H8."""
    one = uploaded(house, *newcomers(501))

    five_workers_die()
    one.refresh_from_db()

    assert (one.state, one.problem, bytes(one.data)) == ("refused", "failed", b"")


def test_files_whose_tasks_are_lost_are_asked_for_again(house):
    """As after a restore: one that waits to be read, and one that somebody said yes to."""
    long, short = uploaded(house, *newcomers(501)), uploaded(house, "new@riverton.example")
    start_import(member_import=short, by=house.ana)
    DBTaskResult.objects.all().delete()
    worker()

    assert (imports.ask_again(), imports.ask_again()) == (2, 0)

    worker()
    assert [type(one).objects.get(pk=one.pk).state for one in (long, short)] == ["ready", "done"]


def test_a_file_whose_worker_died_is_read_by_the_next_one(house):
    """H7: after its lease."""
    one = uploaded(house, *newcomers(501))
    queue.claim()  # and dies

    worker()
    one.refresh_from_db()
    assert one.state == ImportState.READING

    leases_run_out()
    worker()
    one.refresh_from_db()
    assert one.state == ImportState.READY


def test_a_worker_that_is_killed_leaves_nothing_half_done_and_sends_nobody_two_mails(house, monkeypatch):  # fmt: skip
    """H1, H7, H10: the batch in which it dies is undone as a whole and done again."""
    one = uploaded(house, *newcomers(120))
    start_import(member_import=one, by=house.ana)
    one.refresh_from_db()

    class Killed(BaseException):
        """As a process ends, which no `except Exception` sees."""

    done, real = [], imports.bring_in

    def until_killed(**given):
        if len(done) == 75:
            raise Killed
        done.append(given["row"].email)
        return real(**given)

    monkeypatch.setattr(imports, "bring_in", until_killed)
    with pytest.raises(Killed):
        carry_out(one)
    assert (Invitation.objects.count(), one.rows.exclude(became="").count()) == (50, 50)
    monkeypatch.setattr(imports, "bring_in", real)

    worker()
    one.refresh_from_db()

    assert one.state == ImportState.DONE
    sent = OutboxMail.objects.filter(recipient__startswith="person-").values_list("recipient", flat=True)  # fmt: skip
    assert sorted(sent) == sorted(newcomers(120))
    assert Invitation.objects.count() == 120


def test_a_batch_that_kills_every_worker_is_given_up(house):
    """H8."""
    one = uploaded(house, *newcomers(2))
    start_import(member_import=one, by=house.ana)

    five_workers_die()
    one.refresh_from_db()

    assert one.state == ImportState.STOPPED
    assert one.finished_at is not None
    assert set(one.rows.values_list("email", flat=True)) == {""}


def test_a_row_that_fails_stops_no_other(house, monkeypatch, caplog):
    one, real = uploaded(house, *newcomers(3)), imports.bring_in

    def fails_once(**given):
        if given["row"].email == newcomers(2)[1]:
            raise RuntimeError(given["row"].email)
        return real(**given)

    monkeypatch.setattr(imports, "bring_in", fails_once)
    carried_out(one, house.ana)

    assert list(one.rows.values_list("became", "reason")) == [
        ("invited", ""),
        ("refused", "failed"),
        ("invited", ""),
    ]
    assert "person-1" not in caplog.text
    assert "RuntimeError" in caplog.text


def test_what_has_changed_since_the_preview_counts(house):
    one = uploaded(house, NEW, "other@riverton.example", "ben@riverton.example")
    invite(email=NEW, by=house.lena, cohort=house.larch)
    User.objects.create_user("other@riverton.example", chosen_name="Other")
    suspend_member(member=house.ben, by=house.lena)

    carried_out(one, house.ana)

    assert list(one.rows.values_list("became", "reason")) == [
        ("open", ""),
        ("added", ""),
        ("refused", "closed"),
    ]
    assert Invitation.objects.count() == 1


def test_starting_twice_is_starting_once(house):
    """H9."""
    one = uploaded(house, NEW)

    started = [start_import(member_import=one, by=house.ana) for _ in range(2)]
    worker()
    again = start_import(member_import=one, by=house.ana)

    assert ([*started, again], Invitation.objects.count()) == ([True, False, False], 1)


def test_who_may_invite_no_more_stops_what_they_began(house):
    one = uploaded(house, *newcomers(2))
    start_import(member_import=one, by=house.ana)
    held = Role.objects.in_force().get(member=house.ana, kind="backbone")
    end_role(role=held, reason="She takes a rest.", by=house.lena)

    worker()
    one.refresh_from_db()

    assert (one.state, Invitation.objects.count()) == (ImportState.STOPPED, 0)


def test_a_cohort_that_ends_meanwhile_stops_it(house):
    one = uploaded(house, *newcomers(2))
    start_import(member_import=one, by=house.ana)
    Cohort.objects.filter(pk=house.larch.pk).update(ends_on="2026-03-02")

    worker()
    one.refresh_from_db()

    assert (one.state, Invitation.objects.count()) == (ImportState.STOPPED, 0)
    with pytest.raises(CohortIsOver):
        uploaded(house, NEW)


def test_thrown_away_it_is_gone_but_not_while_it_is_carried_out(house):
    one, other = uploaded(house, NEW), uploaded(house, "b@riverton.example")
    start_import(member_import=other, by=house.ana)

    gone = [discard_import(member_import=each, by=house.ana) for each in (one, other)]

    assert gone == [True, False]
    assert MemberImport.objects.get() == other


@pytest.mark.parametrize("name", ["lena", "mo", "gus", "dev"])
def test_only_who_sent_it_sees_it_and_only_the_backbone_sends_one(house, name):
    one, other = uploaded(house, NEW), house.people[name]

    with pytest.raises(PermissionDenied):
        start_import(member_import=one, by=other)
    with pytest.raises(PermissionDenied):
        discard_import(member_import=one, by=other)
    if name != "lena":
        with pytest.raises(PermissionDenied):
            uploaded(house, NEW, by=other)


def test_the_two_forms_of_who_sees_a_file_agree(house, cast):
    one = uploaded(house, NEW)

    for member in cast.values():
        assert can_see_import(member, one) == imports_visible_to(member).exists()
    assert can_see_import(house.ana, one)


def test_a_member_who_is_erased_leaves_no_file_and_no_row(house):
    """F5."""
    one = uploaded(house, NEW)
    other = uploaded(house, house.ben.email, by=house.lena)

    holding = next(row for row in register.holdings() if row.name == "cohorts")
    for member in (house.ana, house.ben):
        for step in holding.erase(member):
            step()

    assert list(MemberImport.objects.all()) == [other]
    assert ImportRow.objects.count() == 0
    assert one.cohort_id == other.cohort_id


def test_the_same_row_twice_and_a_refusal_without_a_reason_the_database_refuses(house):
    one = uploaded(house, NEW)

    with pytest.raises(IntegrityError), transaction.atomic():
        ImportRow.objects.create(member_import=one, number=2, verdict="new")
    with pytest.raises(IntegrityError), transaction.atomic():
        MemberImport.objects.filter(pk=one.pk).update(state="refused")
    with pytest.raises(IntegrityError), transaction.atomic():
        MemberImport.objects.filter(pk=one.pk).update(problem="head")


@pytest.mark.parametrize("many", [1, 3])
def test_looking_at_addresses_takes_four_queries(house, many):
    people = [house.people[name].email for name in ("ben", "jo", "gus")[:many]]

    with CaptureQueriesContext(connection) as asked:
        known_of({*people, NEW}, house.larch)

    assert len(asked) == 4
