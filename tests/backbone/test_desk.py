"""The first page of the desk: what waits today, the ways to everything, and the way back from the editors' area."""

import pytest
from django.utils import timezone

from accounts.models import ReportingLine, User
from accounts.suspending import propose_suspension
from core import doors
from curriculum.glossary.models import Decision, Proposal

pytestmark = pytest.mark.django_db

DESK = "/backbone/"
TABLE = {  # what waits -> the way to it
    "1 person waits to be known": "/account/organization/",
    "1 reporting line is said": "/account/reporting/",
}


def wait(cast, *names):
    """One more of each that waits for somebody of the team, for each name."""
    for name in names:
        User.objects.filter(pk=cast[name].pk).update(organization_confirmed_at=None)
        ReportingLine.objects.create(member=cast[name], boss=cast["ben"], disputed_at=timezone.now())  # fmt: skip
        propose_suspension(member=cast[name], reason="Harms.", until=None, by=cast["ana"])


@pytest.fixture
def quiet(cast):
    """Nothing waits."""
    ReportingLine.objects.all().delete()
    User.objects.update(organization_confirmed_at=timezone.now())
    Decision.objects.filter(confirmed_at=None).delete()
    Proposal.objects.open().delete()


def test_a_day_on_which_nothing_waits_says_so(as_, quiet):
    assert "Nothing waits for you." in as_("lena").get(DESK).text


def test_what_waits_is_named_with_the_way_to_it(cast, as_, quiet):
    wait(cast, "dev")

    page = as_("lena").get(DESK).text

    for words, address in TABLE.items():
        assert f'<a href="{address}">{words}' in page
    assert f'<a href="/backbone/people/{cast["dev"].pk}/">Somebody asks to suspend Dev' in page
    assert "Nothing waits for you." not in page


def test_each_part_has_its_card(as_):
    page = as_("ana").get(DESK).text

    for address in (
        "/backbone/people/",
        "/backbone/bodies/",
        "/backbone/pairing/",
        "/backbone/letter/",
        "/admin/shared-language/",
        "/admin/",
    ):
        assert f'<h2><a href="{address}">' in page


def test_another_part_of_the_site_adds_its_own(as_, monkeypatch):
    offers = {name: [*rows] for name, rows in doors._offers.items()}
    monkeypatch.setattr("core.doors._offers", offers)
    doors.offer("desk_card", _canary_card, order=1)
    doors.offer("desk_attention", _nothing, order=1)

    page = as_("ana").get(DESK).text

    assert page.index("canary card") < page.index('href="/backbone/people/"')


def _canary_card(**_given):
    return "canary card"


def _nothing(**_given):
    return None


def test_the_desk_costs_the_same_for_one_of_each_and_for_three(
    cast, as_, quiet, django_assert_num_queries
):
    lena = as_("lena")
    wait(cast, "dev")
    lena.get(DESK)

    with django_assert_num_queries(10):
        lena.get(DESK)
    wait(cast, "elu", "jo")
    with django_assert_num_queries(10):
        page = lena.get(DESK).text

    assert "3 people wait to be known" in page


def test_the_editors_area_leads_back_to_the_desk_for_the_team_alone(as_):
    assert "/backbone/" in as_("ana").get("/admin/").text
    assert "/backbone/" not in as_("rui").get("/admin/").text
    assert "/backbone/" not in as_("gus").get("/admin/").text


def test_nobody_else_opens_the_desk(as_, nobody):
    assert [as_(name).get(DESK).status_code for name in ("dev", "mo", "rui", "gus")] == [404] * 4
    assert nobody.get(DESK).status_code == 302
