"""The organizer's pages: previewing and starting rounds, and what is not said where few wait."""

import re

import pytest
from django.utils import timezone

from accountability.matching.models import Preview, Round
from cohorts.models import Cohort
from core.tasks import work_off
from tests.accountability.matching.hands import cohort_of, made_up, wants

pytestmark = pytest.mark.django_db


@pytest.fixture
def large(cast):
    """Ten people, Dev and Elu among them."""
    people = [cast["dev"], cast["elu"], *made_up(8)]
    cohort = cohort_of(*people)
    wants(*people, times=("1e",))
    return cohort


def test_the_organizer_previews_and_starts(cast, as_, large):
    ana, here = as_("ana"), "/backbone/pairing/reed/"

    assert "10 people wait" in ana.get(here).text
    ana.post(f"{here}preview/")
    assert "The preview is being made" in ana.get(here).text
    work_off()
    page = ana.get(here).text
    assert "Dev Banerjee" in page
    assert "Elu Whitehorse" in page
    assert "limits were applied" not in page
    ana.post(f"{here}start/")
    answer = ana.post(f"{here}start/", follow=True)
    assert "It was not started a second time." in answer.text
    assert "Round 1 is under way" in answer.text
    work_off()
    page = ana.get(here).text
    assert "Everybody who was in it has been told." in page
    assert "Dev" not in page
    assert "evenings" not in page


def test_in_a_small_round_the_organizer_sees_numbers(cast, as_):
    people = made_up(7)
    cohort_of(*people)
    wants(*people)
    as_("ana").post("/backbone/pairing/reed/preview/")
    work_off()

    page = as_("ana").get("/backbone/pairing/reed/").text

    assert "Fewer than ten people wait, so you see numbers and no names" in page
    assert re.findall(r"<strong>(\d)</strong>", page) == ["2", "1", "0"]
    assert "Example" not in page


def test_a_second_look_at_the_same_people_is_said(as_, large):
    ana = as_("ana")
    ana.post("/backbone/pairing/reed/preview/")
    work_off()

    answer = ana.post("/backbone/pairing/reed/preview/", follow=True)

    assert "The same people wait as in your last preview today" in answer.text
    assert "2 previews of this cohort are left today." in answer.text


def test_after_a_large_round_the_page_says_how_it_was_solved(as_, large):
    Round.objects.create(cohort=large, number=1, seed=1, state="done", way="attached", finished_at=timezone.now())  # fmt: skip

    assert "Not every group of three was tried." in as_("ana").get("/backbone/pairing/reed/").text


def test_another_organizer_sees_no_names_of_it(cast, as_, large):
    as_("ana").post("/backbone/pairing/reed/preview/")
    work_off()

    page = as_("lena").get("/backbone/pairing/reed/").text
    assert "Dev" not in page
    assert "2 previews of this cohort are left today." in page


def test_a_fourth_preview_is_a_sentence(cast, as_, large):
    for at in range(3):
        as_("ana").post("/backbone/pairing/reed/preview/")
        person = made_up(1, at=at + 20)[0]
        cohort_of(person)
        wants(person)

    answer = as_("ana").post("/backbone/pairing/reed/preview/", follow=True)

    assert "All three previews of this cohort were taken today." in answer.text
    assert Preview.objects.filter(cohort=large).count() == 3


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_of_cohorts_costs_the_same_at_any_length(cast, as_, many, django_assert_num_queries):  # fmt: skip
    Cohort.objects.filter(slug="pilot").update(ends_on=None)
    Cohort.objects.exclude(slug__in=["spring", "autumn", "pilot"][:many]).delete()
    client = as_("ana")
    client.get("/backbone/pairing/")
    with django_assert_num_queries(6):
        client.get("/backbone/pairing/")
