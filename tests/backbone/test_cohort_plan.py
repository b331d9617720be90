"""A cohort's plan on the desk: which modules it reads, each from its day."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from cohorts.models import Cohort
from core.models import AuditEvent
from curriculum.models import ModulePage, Opening
from curriculum.planning import StalePlan, mark_of, plan_of, set_plan
from tests.backbone.desk import verbs_about

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

PLAN = "/backbone/cohorts/spring/plan/"


@pytest.fixture
def spring(cast):
    """The cohort of the demonstration: it reads two modules, and began on September 14."""
    return Cohort.objects.get(slug="spring")


@pytest.fixture
def language(db):
    """The module that Spring reads first."""
    return ModulePage.objects.get(slug="shared-language", locale__language_code="en")


@pytest.fixture
def redlining(db):
    """The module that Spring reads second."""
    return ModulePage.objects.get(slug="how-redlining-worked", locale__language_code="en")


def mark(cohort, user):
    return mark_of({line.module.pk: line.opens_on for line in plan_of(cohort, user)})


def name_of(module):
    return f"m{module.pk}-opens_on"


def planned(cohort):
    return list(cohort.openings.values_list("module__slug", "opens_on"))


def test_it_shows_every_published_module_with_its_day_and_leads_to_the_editors_area(
    as_, cast, spring, language, redlining
):
    page = as_("ana").get(PLAN).text

    assert f'name="{name_of(language)}" value="2026-09-28"' in page
    assert f'name="{name_of(redlining)}" value="2026-11-16"' in page
    assert f'href="/admin/pages/{language.pk}/edit/"' in page
    assert page.count('type="date"') == 2


def test_ana_moves_one_and_takes_the_other_out_and_the_cohorts_page_shows_it(
    as_, cast, spring, language, redlining
):
    sent = {name_of(language): "2026-12-01", name_of(redlining): "", "seen": mark(spring, cast["ana"]), "once": uuid4()}  # fmt: skip

    answer = as_("ana").post(PLAN, sent)

    assert answer["Location"] == "/backbone/cohorts/spring/"
    assert planned(spring) == [("shared-language", date(2026, 12, 1))]
    page = as_("dev").get("/cohorts/spring/").text
    assert '<dt><time datetime="2026-12-01">' in page
    assert '<dt><time datetime="2026-11-16">' not in page
    assert verbs_about(spring) == ["cohort.planned"]


def test_saved_without_a_change_it_writes_nothing(as_, cast, spring, language, redlining):
    rows = set(spring.openings.values_list("pk", flat=True))

    as_("ana").post(PLAN, {name_of(language): "2026-09-28", name_of(redlining): "2026-11-16", "seen": mark(spring, cast["ana"]), "once": uuid4()})  # fmt: skip

    assert set(spring.openings.values_list("pk", flat=True)) == rows
    assert AuditEvent.objects.filter(verb="cohort.planned").count() == 0


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-09-13", "The cohort begins on Sept. 14, 2026. Choose that day or a later one."),
        ("2027-03-02", "The cohort ends on March 1, 2027. Choose that day or an earlier one."),
        ("soon", "This is no day of the calendar. Choose one."),
    ],
)
def test_a_day_outside_the_cohort_is_a_sentence_on_the_field(
    as_, cast, spring, language, day, sentence
):
    Cohort.objects.filter(pk=spring.pk).update(ends_on=date(2027, 3, 1))

    answer = as_("ana").post(PLAN, {name_of(language): day, "seen": mark(spring, cast["ana"]), "once": uuid4()})  # fmt: skip

    assert answer.status_code == 200
    assert sentence in answer.text
    assert f'value="{day}"' in answer.text
    assert len(planned(spring)) == 2


def test_of_two_who_plan_neither_overwrites_the_other(as_, cast, spring, language, redlining):
    """H9."""
    seen = mark(spring, cast["ana"])
    set_plan(cohort=spring, days={language.pk: date(2026, 10, 5)}, seen=seen, by=cast["lena"])
    sent = {name_of(language): "2026-10-12", name_of(redlining): "2026-11-16", "seen": seen}

    stale = as_("ana").post(PLAN, {**sent, "once": uuid4()})

    assert stale.status_code == 409
    assert "Oct. 5, 2026" in stale.text
    assert f'name="{name_of(language)}" value="2026-10-12"' in stale.text
    assert planned(spring)[0] == ("shared-language", date(2026, 10, 5))
    as_("ana").post(PLAN, {**sent, "seen": mark(spring, cast["ana"]), "once": uuid4()})
    assert planned(spring)[0] == ("shared-language", date(2026, 10, 12))


def test_a_module_that_is_not_published_keeps_its_day_and_says_so(as_, cast, spring, redlining):
    redlining.unpublish()

    page = as_("ana").get(PLAN).text
    as_("ana").post(PLAN, {name_of(redlining): "2026-11-16", "seen": mark(spring, cast["ana"]), "once": uuid4()})  # fmt: skip

    assert "Not published now: its day is kept, and nobody sees it." in page
    assert planned(spring) == [("how-redlining-worked", date(2026, 11, 16))]


def test_a_module_of_which_the_form_knows_nothing_is_left_alone(cast, spring, language, redlining):
    set_plan(
        cohort=spring, days={language.pk: None}, seen=mark(spring, cast["ana"]), by=cast["ana"]
    )

    assert planned(spring) == [("how-redlining-worked", date(2026, 11, 16))]


def test_the_plan_of_one_that_is_over_stays(as_, cast, language):
    pilot, url = Cohort.objects.get(slug="pilot"), "/backbone/cohorts/pilot/plan/"
    Opening.objects.create(cohort=pilot, module=language, opens_on=date(2026, 2, 2))

    page = as_("ana").get(url).text
    answer = as_("ana").post(url, {name_of(language): "", "once": uuid4()})

    assert "This cohort has ended, so its plan stays as it is." in page
    assert "Feb. 2, 2026" in page
    assert 'type="date"' not in page
    assert answer.status_code == 403
    with pytest.raises(PermissionDenied):
        set_plan(cohort=pilot, days={}, seen=mark(pilot, cast["ana"]), by=cast["ana"])
    assert len(planned(pilot)) == 1


@pytest.mark.parametrize("name", ["mo", "rui", "gus"])
def test_nobody_else_plans(as_, cast, spring, name):
    assert as_(name).get(PLAN).status_code == 404
    with pytest.raises(PermissionDenied):
        set_plan(cohort=spring, days={}, seen=mark(spring, cast["ana"]), by=cast[name])


def test_a_plan_that_was_seen_long_ago_changes_nothing(cast, spring, language):
    with pytest.raises(StalePlan):
        set_plan(cohort=spring, days={language.pk: None}, seen="", by=cast["ana"])

    assert len(planned(spring)) == 2


@pytest.mark.parametrize("many", [1, 3])
def test_it_takes_as_many_queries_at_any_length(as_, cast, spring, language, many, django_assert_num_queries):  # fmt: skip
    root = language.get_parent()
    for number in range(many - 2):
        root.add_child(instance=ModulePage(title=f"More {number}", summary="x", locale=language.locale))  # fmt: skip
    if many == 1:
        Opening.objects.filter(module__slug="how-redlining-worked").delete()
        ModulePage.objects.get(slug="how-redlining-worked", locale=language.locale).unpublish()
    client = as_("ana")
    client.get(PLAN)

    with django_assert_num_queries(8):
        page = client.get(PLAN).text
    assert page.count('type="date"') == many


def test_the_editors_area_leads_to_the_desk_for_the_backbone_alone(as_, cast, language):
    """Links both ways: a line of the menu, and one on each module."""
    lesson = language.get_children().first()
    address = f"/admin/pages/{language.pk}/edit/"

    ana, rui = (as_(name).get(address).text for name in ("ana", "rui"))

    assert 'href="/backbone/cohorts/"' in ana
    assert "/backbone/" in as_("ana").get("/admin/").text
    assert "Cohorts that read it" not in as_("ana").get(f"/admin/pages/{lesson.pk}/edit/").text
    assert "/backbone/" not in rui
