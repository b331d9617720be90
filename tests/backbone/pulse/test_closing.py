"""The close: counted once, shown to all alike, and everything else is gone. D1, D2, D4, D7, F4."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backbone.pulse import actions, chores
from backbone.pulse.actions import Asked, answer_pulse, close_pulse
from backbone.pulse.chores import hourly, prune_ballots
from backbone.pulse.models import Answered, Ballot, Box, Pulse
from cohorts.models import Cohort, Membership
from core.clock import today_here
from core.crypto import owners
from core.crypto.keyring import KeyMissing
from core.crypto.owners import Owner
from core.models import AuditEvent, OwnerKind
from tests.backbone.desk import day, verbs_about
from tests.backbone.pulse.story import (
    CLOSE,
    HOME,
    PACE,
    SAFE,
    answered,
    grow,
    in_the_table,
    learners,
    opened,
    spring,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_pulses")]

YES, NO = (1,), (2,)


@pytest.fixture
def pulse(cast):
    """Twenty are asked; eight say yes, seven no, five nothing. A batch has gone into the table."""
    grow(20)
    row = opened(cast["mo"])
    answered(row, *[YES] * 8, *[NO] * 7)
    chores.move_ballots(row)
    assert len(in_the_table(row)) == 9
    return row


def closed(pulse):
    """The pulse, closed by the worker on the day after its last one."""
    Pulse.objects.filter(pk=pulse.pk).update(opened_on=day(-8), closes_on=day(-1))
    assert prune_ballots() == 1
    return Pulse.objects.get(pk=pulse.pk)


def result(pulse, client, end="/"):
    return client.get(f"{HOME}{pulse.pk}{end}")


def lines(pulse, client):
    return [(line["what"], line["shown"], line["count"]) for line in result(pulse, client, ".json").json()]  # fmt: skip


def test_all_see_the_same_result(as_, nobody, pulse):
    closed(pulse)

    seen = {who: lines(pulse, as_(who)) for who in ("dev", "mo", "ana")}

    assert seen["dev"] == seen["mo"] == seen["ana"]
    assert seen["dev"] == [("Yes", "8 of 20 people", 8), ("No – or no answer", "12 of 20 people", 12)]  # fmt: skip
    for end in ("/", ".csv", ".json"):
        assert [result(pulse, as_(who), end).status_code for who in ("fay", "rui", "gus")] == [404] * 3  # fmt: skip
        assert result(pulse, nobody, end).status_code == 302


def test_page_csv_and_json_say_the_same(as_, pulse):
    closed(pulse)
    dev = as_("dev")

    page, rows = result(pulse, dev).text, result(pulse, dev, ".json").json()
    table = list(csv.DictReader(io.StringIO(result(pulse, dev, ".csv").text)))

    assert [{name: "" if value is None else str(value) for name, value in row.items()} for row in rows] == table  # fmt: skip
    picture = page.split('<svg class="chart-svg"')[1].split("</svg>")[0]
    for row in rows:
        assert row["shown"] in page.replace(picture, "")
        assert row["shown"] in picture


def test_words_like_a_formula_are_only_text_in_the_csv(as_, cast):
    pulse = opened(cast["mo"], Asked("=2+5?", ["@yes", "-no"]))

    closed(pulse)

    rows = list(csv.DictReader(io.StringIO(result(pulse, as_("dev"), ".csv").text)))
    assert [(row["group"], row["what"]) for row in rows] == [("'=2+5?", "'@yes"), ("'=2+5?", "'-no")]  # fmt: skip


def test_a_result_that_could_tell_shows_no_number_and_says_why(as_, cast):
    grow(20)
    pulse = opened(cast["mo"], PACE, SAFE)
    answered(pulse, *[(1, 1)] * 9, *[(2, 2)] * 5)

    closed(pulse)

    page = result(pulse, as_("dev")).text
    assert lines(pulse, as_("dev"))[2:] == [(words, "not shown", None) for words in SAFE.answers]
    assert "The numbers together could tell who they are" in page
    assert 'href="#why-table_tells"' in page
    assert Pulse.objects.get().result == [{"counts": [9, 11]}, {"why": "table_tells"}]


def test_a_cohort_that_has_fewer_than_ten_at_the_close_shows_none(as_, cast, pulse):
    for member in learners()[9:]:
        Membership.objects.filter(cohort=spring(), member=member).update(left_at="2026-01-01T00:00Z")  # fmt: skip

    closed(pulse)

    assert Pulse.objects.get().result == [{"why": "cohort_small"}]
    assert "Fewer than ten people learn in this cohort" in result(pulse, as_("ana")).text


def test_who_left_after_answering_is_counted_and_moves_no_total(cast, pulse):
    Membership.objects.filter(cohort=spring(), member=learners()[0]).update(left_at="2026-01-01T00:00Z")  # fmt: skip

    closed(pulse)

    assert Pulse.objects.get().result == [{"counts": [8, 12]}]


def test_ballots_box_and_list_are_deleted_and_the_key_destroyed(pulse, django_capture_on_commit_callbacks):  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        row = close_pulse(pulse=pulse, by=None)

    assert (Ballot.objects.count(), Box.objects.count(), Answered.objects.count()) == (0, 0, 0)
    assert owners.is_destroyed(Owner(OwnerKind.PULSE, row.pk))
    assert Pulse.objects.get().key_is_gone
    assert sorted(verbs_about(row)) == ["pulse.closed", "pulse.opened"]


def test_answers_are_kept_for_30_days_at_most(cast, time_machine):
    """The longest that can be opened, and the night after its last day; `prune_ballots` is the job."""
    grow(20)
    row = opened(cast["mo"], days=30)
    answered(row, *[YES] * 8, *[NO] * 7)
    start = AuditEvent.objects.latest("at").at

    time_machine.move_to(start + timedelta(days=30), tick=False)
    assert prune_ballots() == 0
    assert Box.objects.exists()
    time_machine.move_to(start + timedelta(days=31), tick=False)
    assert prune_ballots() == 1

    assert not Box.objects.exists()
    assert Pulse.objects.get().closed_on == today_here()


def test_the_end_of_its_cohort_closes_it(pulse):
    Cohort.objects.filter(slug="spring").update(ends_on=day(-1))

    assert prune_ballots() == 1
    assert Pulse.objects.get().result == [{"counts": [8, 12]}]


def test_a_second_close_changes_nothing(cast, pulse):
    first = close_pulse(pulse=pulse, by=None).result

    assert close_pulse(pulse=pulse, by=cast["mo"]).result == first
    assert prune_ballots() == 0


@pytest.mark.parametrize("who", ["ana", "mo"])
def test_who_runs_the_cohort_closes_early_after_being_told_what_it_means(as_, pulse, who):
    asked = as_(who).get(CLOSE).text
    answer = as_(who).post(CLOSE, {"once": uuid4()})

    assert "You do not know how many have answered." in asked
    assert answer.url == HOME
    assert Pulse.objects.get().closed_on == today_here()
    assert f"{HOME}{pulse.pk}/" in as_(who).get(HOME).text


def test_closed_before_three_days_have_passed_it_shows_nothing(as_, cast, pulse):
    """Who had been there in so short a time is known, so all of them could be read from the numbers; by the end of a cohort too."""
    Pulse.objects.update(opened_on=day(-2))
    asked = as_("mo").get(CLOSE).text

    as_("mo").post(CLOSE, {"once": uuid4()})

    assert "nothing is shown, whatever was answered" in asked
    assert Pulse.objects.get().result == [{"why": "too_soon"}]
    assert "closed before it had been open for three days" in result(pulse, as_("dev")).text
    assert not Ballot.objects.exists()


def test_who_is_known_to_have_given_no_answer_hides_nobody(cast):
    """Six who went on the first day: without them all who are left would be known to have chosen the same."""
    grow(20)
    row = opened(cast["mo"])
    there = learners()
    for member in there[14:]:
        Membership.objects.filter(cohort=spring(), member=member).update(left_at="2026-01-01T00:00Z")  # fmt: skip
    for member in there[:14]:
        answer_pulse(pulse=row, choices=YES, by=member)

    closed(row)

    assert Pulse.objects.get().result == [{"why": "table_tells"}]


def test_others_do_not_close(as_, pulse):
    assert [as_(who).post(CLOSE).status_code for who in ("dev", "fay", "gus")] == [403, 404, 404]
    assert Pulse.objects.get().closed_on is None


def test_closing_what_is_closed_says_so(as_, pulse):
    mo = as_("mo")
    mo.post(CLOSE, {"once": uuid4()})

    assert "There is no open pulse now." in mo.post(CLOSE, {"once": uuid4()}, follow=True).text


def test_a_close_that_is_killed_leaves_everything_as_it_was(pulse, monkeypatch):
    """H7, H10."""

    def killed(*_args, **_kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(actions.audit, "record", killed)
        with pytest.raises(KeyboardInterrupt):
            close_pulse(pulse=pulse, by=None)
    closed(pulse)

    assert Pulse.objects.get().result == [{"counts": [8, 12]}]


def test_a_key_that_a_crash_left_behind_goes_within_the_hour(pulse):
    close_pulse(pulse=pulse, by=None)  # and the process is killed before its key is destroyed
    assert not owners.is_destroyed(Owner(OwnerKind.PULSE, pulse.pk))

    hourly(now=timezone.now())

    assert owners.is_destroyed(Owner(OwnerKind.PULSE, pulse.pk))


def test_without_the_keyring_it_stays_open_and_others_are_closed(cast, pulse, monkeypatch):
    """Counting nothing would lose what a day later can be counted."""
    other = opened(cast["ana"], slug="autumn")
    Pulse.objects.update(opened_on=day(-8), closes_on=day(-1))
    real = actions.sealed.all_ballots

    def away(row):
        if row.pk == pulse.pk:
            raise KeyMissing
        return real(row)

    with monkeypatch.context() as patch:
        patch.setattr(actions.sealed, "all_ballots", away)
        assert prune_ballots() == 1
    assert [Pulse.objects.get(pk=one.pk).closed_on is None for one in (pulse, other)] == [True, False]  # fmt: skip
    assert prune_ballots() == 1


def test_what_a_restored_backup_brings_back_without_its_key_is_closed_without_numbers(as_, pulse):
    """H14."""
    owners.destroy(Owner(OwnerKind.PULSE, pulse.pk))

    assert prune_ballots() == 1

    assert "The sealed answers could not be opened any more." in result(pulse, as_("dev")).text
    assert not Ballot.objects.exists()


def test_results_are_read_as_long_as_the_cohorts_page_by_all(as_, pulse):
    closed(pulse)
    for days, status in ((30, 200), (31, 404)):
        Cohort.objects.filter(slug="spring").update(ends_on=day(-days))
        for who in ("dev", "mo", "ana"):
            assert result(pulse, as_(who)).status_code == status
            assert as_(who).get(HOME).status_code == status


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_of_results_takes_the_same_queries_however_many_there_are(as_, cast, many):
    for number in range(many):
        Pulse.objects.create(
            cohort=spring(), opened_on=day(-40), closes_on=day(-30), closed_on=day(-29 + number), asked=13, key_is_gone=True
        )  # fmt: skip
    dev = as_("dev")
    dev.get(HOME)

    with CaptureQueriesContext(connection) as queries:
        page = dev.get(HOME)

    assert page.text.count("The pulse that closed on") == many
    assert len(queries) == 9
