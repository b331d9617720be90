"""A pulse is opened by who runs the cohort, for those who learn in it that day."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from backbone.pulse.actions import AlreadyOpen, AskedLately, TooFewAsked, close_pulse
from backbone.pulse.models import Pulse, Question
from backbone.pulse.permissions import (
    can_answer_pulse,
    can_close_pulse,
    can_open_pulse,
    can_see_pulse,
    cohorts_asked_by,
    pulses_answerable_by,
    pulses_closable_by,
    pulses_visible_to,
)
from cohorts.models import Cohort, Membership
from notices.models import Notice
from tests.backbone.desk import day, verbs_about
from tests.backbone.pulse.story import (
    HOME,
    NEW,
    PACE,
    SENT,
    flags,
    learners,
    opened,
    spring,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_pulses")]


def sent(**changes):
    return {**SENT, "closes_on": day(7).isoformat(), **changes, "once": uuid4()}


@pytest.mark.parametrize("who", ["ana", "mo"])
def test_the_backbone_and_a_facilitator_open_one(as_, who):
    answer = as_(who).post(NEW, sent())

    pulse = Pulse.objects.get()
    assert answer.url == HOME
    assert [(row.number, row.words, row.answers) for row in pulse.questions.all()] == [
        (1, "Is the pace right for you?", ["Yes", "No"]),
        (2, "Can you say what you think here?", ["Always", "Mostly", "Seldom"]),
    ]
    assert (pulse.asked, pulse.closes_on) == (13, day(7))
    assert verbs_about(pulse) == ["pulse.opened"]


def test_a_learner_is_told_who_opens_one_and_somebody_else_finds_nothing(as_):
    assert "Facilitators and the backbone team open a pulse" in as_("dev").post(NEW, sent()).text
    assert as_("dev").get(NEW).status_code == 403
    assert [as_(who).get(NEW).status_code for who in ("fay", "rui", "gus")] == [404] * 3
    assert not Pulse.objects.exists()


def test_a_preview_shows_it_and_opens_nothing(as_):
    page = as_("mo").post(NEW, sent(act="preview")).text

    assert "Nothing is open yet" in page
    assert page.count("I would rather not say") == 3  # two questions, and the hint
    assert 'value="Is the pace right for you?"' in page
    assert not Pulse.objects.exists()


def test_two_presses_open_one(as_):
    form, mo = sent(), as_("mo")

    assert [mo.post(NEW, form).url for _press in range(2)] == [HOME, HOME]
    assert Pulse.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"answers_1": "Yes"}, "Write two to five answers, one a line."),
        ({"answers_1": "1\n2\n3\n4\n5\n6"}, "Write two to five answers, one a line."),
        ({"answers_1": "Yes\nyes"}, "stands there twice"),
        ({"answers_1": f"Yes\n{'o' * 81}"}, "longer than 80 letters"),
        ({"question_1": ""}, "Write a question. Nothing was opened."),
        ({"question_2": ""}, "These answers have no question."),
        ({"question_2": PACE.words.upper()}, "This question stands here already."),
        ({"closes_on": ""}, "Choose a day."),
        ({"closes_on": "soon"}, "Choose a day, such as"),
        ({"question_1": "a\x00b" * 200}, "Null characters are not allowed"),
    ],
)
def test_what_does_not_fit_gets_a_sentence_and_stays_on_the_page(as_, changes, sentence):
    page = as_("mo").post(NEW, sent(**changes)).text

    assert sentence in page
    assert "Seldom" in page
    assert not Pulse.objects.exists()


@pytest.mark.parametrize(("days", "opens"), [(2, False), (3, True), (30, True), (31, False)])
def test_it_closes_three_to_thirty_days_ahead(as_, days, opens):
    as_("mo").post(NEW, sent(closes_on=day(days).isoformat()))

    assert Pulse.objects.exists() is opens


def test_it_closes_within_the_cohort(as_):
    Cohort.objects.filter(slug="spring").update(ends_on=day(5))

    assert "The cohort ends before." in as_("mo").post(NEW, sent()).text


def test_one_at_a_time_and_a_week_between(as_, cast, time_machine):
    pulse = opened(cast["mo"])

    page = as_("ana").post(NEW, sent(closes_on=day(9).isoformat()))
    close_pulse(pulse=pulse, by=cast["mo"])
    soon = as_("ana").get(NEW).text

    assert page.status_code == 409
    assert "One at a time." in page.text
    assert SENT["question_2"] in page.text
    assert "less than a week ago" in soon
    with pytest.raises(AskedLately):
        opened(cast["ana"])
    Pulse.objects.update(opened_on=day(-9), closes_on=day(-7), closed_on=day(-7))
    assert opened(cast["ana"]).asked == 13
    with pytest.raises(AlreadyOpen):
        opened(cast["ana"])


def test_where_fewer_than_twelve_would_be_asked_nobody_is(as_, cast):
    for member in learners()[:2]:
        Membership.objects.filter(cohort=spring(), member=member).delete()

    with pytest.raises(TooFewAsked):
        opened(cast["mo"])
    assert "Fewer than 12 people would be asked" in as_("mo").get(NEW).text


def test_nobody_is_asked_in_two_cohorts(cast):
    """D3: two results of which one is without one person would be that person's answer."""
    Membership.objects.create(
        cohort=Cohort.objects.get(slug="autumn"), member=cast["dev"], joined_at=spring().memberships.earliest("joined_at").joined_at.replace(year=2020),
    )  # fmt: skip

    pulse = opened(cast["mo"])

    assert pulse.asked == 12
    assert cast["dev"].pk.hex not in flags(pulse)


def test_a_cohort_that_has_not_begun_or_is_over_is_not_asked(as_, cast):
    Cohort.objects.filter(slug="spring").update(starts_on=day(1))
    assert "has not begun yet" in as_("mo").post(NEW, sent()).text
    Cohort.objects.filter(slug="spring").update(starts_on=day(-9), ends_on=day(-1))
    late = as_("mo").post(NEW, sent())

    assert late.status_code == 403
    assert not Pulse.objects.exists()


def test_those_who_are_asked_get_one_neutral_notice_that_can_be_switched_off(as_, cast):
    Notice.objects.all().delete()

    opened(cast["mo"])

    told = Notice.objects.filter(kind="backbone.pulse")
    assert {row.member for row in told} == set(learners())
    page = as_("dev").get("/account/notices/").text
    assert "There is a pulse in Spring: short questions, answered without a name" in page
    assert PACE.words not in page
    assert "A pulse in your cohort" in as_("dev").get("/account/notices/preferences/").text


def test_each_rule_says_the_same_of_a_row_and_of_a_list(cast):
    rows = [opened(cast["mo"]), opened(cast["ana"], slug="autumn")]

    for member in cast.values():
        for row in rows:
            assert can_see_pulse(member, row) == pulses_visible_to(member).filter(pk=row.pk).exists()  # fmt: skip
            assert can_answer_pulse(member, row) == pulses_answerable_by(member).filter(pk=row.pk).exists()  # fmt: skip
            assert can_close_pulse(member, row) == pulses_closable_by(member).filter(pk=row.pk).exists()  # fmt: skip
            assert can_open_pulse(member, row.cohort) == cohorts_asked_by(member).filter(pk=row.cohort_id).exists()  # fmt: skip


@pytest.mark.parametrize("number", [0, 4])
def test_the_database_holds_three_questions_at_most(cast, number):
    pulse = opened(cast["mo"])

    with pytest.raises(IntegrityError, match="pulse_has_three_questions_at_most"), transaction.atomic():  # fmt: skip
        Question.objects.create(pulse=pulse, number=number, words="One more?", answers=["A", "B"])


def test_the_database_holds_one_open_pulse_a_cohort_that_closes_after_it_opens(cast):
    opened(cast["mo"])

    with pytest.raises(IntegrityError), transaction.atomic():
        Pulse.objects.create(cohort=spring(), opened_on=day(0), closes_on=day(3), asked=13)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pulse.objects.create(cohort=spring(), opened_on=day(0), closes_on=day(0), closed_on=day(0), asked=13)  # fmt: skip


def test_the_desk_and_the_page_of_the_cohort_lead_there(as_, cast):
    assert f'href="{HOME}"' in as_("ana").get("/backbone/cohorts/spring/").text
    assert "Nothing is asked at the moment." in as_("dev").get("/cohorts/spring/").text

    opened(cast["mo"])

    assert "Short questions to this cohort" in as_("dev").get("/cohorts/spring/").text
