"""Answering: once, without a name, and nobody sees how many have."""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backbone.pulse import chores, sealed
from backbone.pulse.actions import NotAsked, PulseIsClosed, answer_pulse, close_pulse
from backbone.pulse.chores import move_ballots
from backbone.pulse.models import Answered, Ballot, Box, Pulse
from cohorts.actions import leave_cohort, make_facilitator
from cohorts.models import Cohort, Membership
from core.crypto.envelope import CannotOpen
from core.models import AuditEvent, FormResult
from tests.backbone.desk import day
from tests.backbone.pulse.story import (
    HOME,
    PACE,
    SAFE,
    answered,
    flags,
    grow,
    in_the_box,
    in_the_table,
    opened,
    spring,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_pulses")]


@pytest.fixture
def pulse(cast):
    return opened(cast["mo"], PACE, SAFE)


def test_before_answering_the_page_says_who_sees_what_and_until_when(as_, pulse):
    page = as_("dev").get(HOME).text

    for sentence in ("Who sees it:", "What is kept:", "Until when:", "even if you leave the cohort"):  # fmt: skip
        assert sentence in page
    assert page.index("Before you answer") < page.index("Send my answers")


def test_what_was_chosen_waits_in_the_box_and_that_one_has_stands_apart(as_, cast, pulse):
    answer = as_("dev").post(HOME, {"answer_1": "2", "answer_2": "0"}, follow=True)

    assert "nobody can tell that they are yours" in answer.text
    assert "You have answered" in answer.text
    assert in_the_box(pulse) == ["20"]
    assert [who for who, flag in flags(pulse).items() if flag] == [cast["dev"].pk.hex]


def test_a_second_press_is_once_whatever_it_says(as_, pulse):
    dev = as_("dev")

    presses = [dev.post(HOME, {"answer_1": one, "answer_2": "1"}) for one in ("1", "1", "2")]

    assert [press.url for press in presses] == [HOME] * 3
    assert in_the_box(pulse) == ["11"]


def test_what_was_chosen_survives_an_error(as_, pulse):
    page = as_("dev").post(HOME, {"answer_1": "2"})
    odd = as_("dev").post(HOME, {"answer_1": "2", "answer_2": "9"})

    for answer, sentence in ((page, "is one, too."), (odd, "That is none of the answers.")):
        assert sentence in answer.text
        assert 'name="answer_1" value="2"' in answer.text
        assert "checked" in answer.text.split('name="answer_1" value="2"')[1][:120]
    assert in_the_box(pulse) == []


def test_an_expired_form_gives_the_choices_back_and_keeps_nothing(pulse, nobody):
    kept = nobody.post(HOME, {"answer_1": "2", "answer_2": "3"})

    assert kept.status_code == 403
    assert 'name="answer_2" value="3"' in kept.text
    assert in_the_box(pulse) == []


@pytest.mark.parametrize("who", ["mo", "ana"])
def test_facilitators_and_the_backbone_read_it_and_are_not_asked(as_, pulse, who):
    page, answer = as_(who).get(HOME).text, as_(who).post(HOME, {"answer_1": "1", "answer_2": "1"})

    assert "You are not among those who are asked" in page
    assert PACE.words in page
    assert answer.status_code == 403
    assert "nothing of them is kept" in answer.text
    assert in_the_box(pulse) == []


def test_who_comes_later_is_not_asked(as_, cast, pulse):
    Membership.objects.create(cohort=spring(), member=cast["fay"])

    assert "You are not among those who are asked" in as_("fay").get(HOME).text
    with pytest.raises(NotAsked):
        answer_pulse(pulse=pulse, choices=[1, 1], by=cast["fay"])


def test_who_facilitates_since_answers_no_more(as_, cast, pulse):
    place = Membership.objects.get(cohort=spring(), member=cast["dev"], left_at=None)
    make_facilitator(membership=place, by=cast["ana"])

    assert as_("dev").post(HOME, {"answer_1": "1", "answer_2": "1"}).status_code == 403


def said(client, page):
    """A page without the tokens of its forms."""
    return re.sub(r'(?:value|nonce)="[^"]*"', "", client.get(page).text)


def test_nobody_sees_how_many_have_answered_before_the_close(as_, pulse):
    """The same pages to the letter, whether nobody or twelve have."""
    pages = (HOME, f"{HOME}close/", "/cohorts/spring/", "/backbone/cohorts/spring/")
    before = [said(as_("ana"), page) for page in pages]

    answered(pulse, *[(1, 1)] * 12)

    assert [said(as_("ana"), page) for page in pages] == before


def test_an_open_pulse_has_no_result_at_any_address(as_, pulse):
    for end in ("/", ".csv", ".json"):
        assert as_("ana").get(f"{HOME}{pulse.pk}{end}").status_code == 404


def test_answering_writes_into_two_rows_and_nowhere_else(cast, pulse):
    """No mark of the form, no log, no time: every table of both databases is as before, but the box and the list."""

    def everything():
        return {
            model._meta.label: sorted(map(repr, model._base_manager.values_list()))
            for model in apps.get_models()
            if model not in (Box, Answered)
        }

    answer_pulse(pulse=pulse, choices=[1, 1], by=cast["elu"])  # keys are ready
    before = everything()

    answer_pulse(pulse=pulse, choices=[2, 3], by=cast["dev"])

    assert everything() == before
    assert (Box.objects.count(), Answered.objects.count()) == (1, 1)


def test_the_page_leaves_no_mark_of_the_form_and_no_line_in_the_log(as_, cast, pulse):
    before = (FormResult.objects.count(), AuditEvent.objects.count())

    as_("dev").post(HOME, {"answer_1": "2", "answer_2": "0", "once": "0" * 32})

    assert (FormResult.objects.count(), AuditEvent.objects.count()) == before


def test_after_its_last_day_it_takes_nothing(as_, cast, pulse, time_machine):
    Pulse.objects.update(opened_on=day(-4), closes_on=day(-1))

    answer = as_("dev").post(HOME, {"answer_1": "1", "answer_2": "1"})

    assert answer.status_code == 403
    assert "nothing of them is kept" in answer.text
    assert "It is being counted" in answer.text
    with pytest.raises(PulseIsClosed):
        answer_pulse(pulse=pulse, choices=[1, 1], by=cast["dev"])


def test_a_cohort_that_ends_takes_nothing(cast, pulse):
    Cohort.objects.filter(slug="spring").update(ends_on=day(-1))

    with pytest.raises(PulseIsClosed):
        answer_pulse(pulse=pulse, choices=[1, 1], by=cast["dev"])


def test_what_was_closed_meanwhile_is_said(as_, cast, pulse):
    close_pulse(pulse=pulse, by=cast["mo"])

    answer = as_("dev").post(HOME, {"answer_1": "1", "answer_2": "1"})

    assert answer.status_code == 403
    assert "the pulse was closed meanwhile" in answer.text


def test_who_leaves_the_cohort_has_answered_all_the_same(cast, pulse):
    answer_pulse(pulse=pulse, choices=[2, 1], by=cast["dev"])

    leave_cohort(cohort=spring(), member=cast["dev"], by=cast["dev"])

    assert in_the_box(pulse) == ["21"]


def test_twelve_must_wait_before_a_batch_goes_and_six_stay(cast):
    grow(20)
    pulse = opened(cast["mo"], PACE, SAFE)
    answered(pulse, *[(1, 1)] * 11)
    assert move_ballots(pulse) == 0

    answer_pulse(pulse=pulse, choices=[2, 3], by=cast["dev"])

    assert move_ballots(pulse) == 6
    assert (len(in_the_box(pulse)), len(in_the_table(pulse))) == (6, 6)
    assert sorted(in_the_box(pulse) + in_the_table(pulse)) == ["11"] * 11 + ["23"]
    assert move_ballots(pulse) == 0


def test_a_worker_that_is_killed_in_a_batch_loses_and_doubles_nothing(cast, monkeypatch):
    """H7."""
    pulse = opened(cast["mo"], PACE, SAFE)
    answered(pulse, *[(1, 2)] * 7, *[(2, 0)] * 6)

    def killed(_box, _ballots):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sealed, "put", killed)
        with pytest.raises(KeyboardInterrupt):
            move_ballots(pulse)

    assert (len(in_the_box(pulse)), Ballot.objects.count()) == (13, 0)
    chores.move_ballots(pulse)
    assert sorted(in_the_box(pulse) + in_the_table(pulse)) == ["12"] * 7 + ["20"] * 6


def test_a_damaged_box_takes_nothing_and_the_page_says_so(as_, cast, pulse):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE backbone_box SET waiting = %s", [b"\x01" + b"0" * 299])

    answer = as_("dev").post(HOME, {"answer_1": "2", "answer_2": "0"})

    assert answer.status_code == 503
    assert "could not be sealed just now" in answer.text
    assert not any(flags(pulse).values())
    with pytest.raises(CannotOpen):
        answer_pulse(pulse=pulse, choices=[1, 1], by=cast["dev"])


@pytest.mark.parametrize("many", [0, 12])
def test_the_page_takes_the_same_queries_however_many_have_answered(as_, pulse, many):
    dev = as_("dev")
    dev.get(HOME)
    answered(pulse, *[(1, 1)] * many)

    with CaptureQueriesContext(connection) as queries:
        dev.get(HOME)

    assert len(queries) == 13
