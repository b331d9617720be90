"""The list of people, and one person's page: what the backbone team sees of members, and that these can read who looked."""

import logging
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.actions import give_role, offer_seat
from accounts.choices import RoleKind
from accounts.leaving import leave
from accounts.models import Body, User
from accounts.people import can_see_person, note_opening, people_visible_to
from cohorts.models import Cohort, Membership
from core.audit import pseudonym
from core.models import AuditEvent

pytestmark = pytest.mark.django_db

PEOPLE = "/backbone/people/"
OPENED = " opened your account page."


def page_of(member):
    return f"{PEOPLE}{member.pk}/"


def lines_about(member):
    return AuditEvent.objects.filter(verb="member.opened", subject=pseudonym(member.pk)).count()


def names(page):
    return {member.chosen_name for member in page.context["page"]}


def test_the_two_forms_of_the_rule_agree_for_the_whole_cast(cast):
    for reader in cast.values():
        for member in cast.values():
            seen = people_visible_to(reader).filter(pk=member.pk).exists()
            assert can_see_person(reader, member) == seen
            assert seen == (reader in (cast["ana"], cast["lena"]))


def test_ana_finds_people_by_name_address_role_and_cohort(as_):
    ana = as_("ana")

    assert names(ana.get(f"{PEOPLE}?q=banerj")) == {"Dev Banerjee"}
    assert names(ana.get(f"{PEOPLE}?q=DEV@riverton")) == {"Dev Banerjee"}
    assert names(ana.get(f"{PEOPLE}?role=backbone")) == {"Ana Reyes", "Lena Kowalski"}
    assert len(names(ana.get(f"{PEOPLE}?role=any"))) == 4
    assert len(names(ana.get(f"{PEOPLE}?cohort=pilot"))) == 4
    assert names(ana.get(f"{PEOPLE}?cohort=spring&q=mo+h")) == {"Mo Haddad"}
    assert "Nobody is found with this" in ana.get(f"{PEOPLE}?q=zzzz").text
    assert len(names(ana.get(f"{PEOPLE}?cohort=no-such-cohort"))) == 41


def test_an_address_that_is_looked_for_stands_in_no_log(as_, caplog):
    with caplog.at_level(logging.DEBUG):
        as_("ana").get(f"{PEOPLE}?q=canary-address@riverton.example")
        as_("dev").get(f"{PEOPLE}?q=canary-address@riverton.example")

    assert "canary-address" not in caplog.text


def test_the_list_turns_after_fifty_and_keeps_what_was_asked(as_):
    more = [User(email=f"p{number}@x.example", chosen_name=f"Zoe {number:03}") for number in range(60)]  # fmt: skip
    User.objects.bulk_create(more)
    ana = as_("ana")

    first = ana.get(f"{PEOPLE}?q=zoe&role=")
    second = ana.get(f"{PEOPLE}?q=zoe&page=2")

    assert len(first.context["page"]) == 50
    assert 'href="?q=zoe&amp;role=&amp;page=2"' in first.text
    assert names(second) == {f"Zoe {number:03}" for number in range(50, 60)}


def test_the_list_costs_the_same_for_one_person_and_for_sixty(cast, as_, django_assert_num_queries):
    def write(start, end):
        rows = [User(email=f"p{number}@x.example", chosen_name=f"Zoe {number}") for number in range(start, end)]  # fmt: skip
        User.objects.bulk_create(rows)
        cohorts = [
            Cohort(slug=f"c{number}", name=f"C {number}", starts_on=timezone.localdate())
            for number in range(start, end)
        ]
        Cohort.objects.bulk_create(cohorts)
        Membership.objects.bulk_create(
            Membership(cohort=cohort, member=row) for cohort, row in zip(cohorts, rows, strict=True)
        )
        for row in rows:
            give_role(member=row, kind=RoleKind.EDITOR, reason="Writes.", by=cast["lena"])

    ana = as_("ana")
    write(0, 1)
    ana.get(f"{PEOPLE}?q=zoe")

    with django_assert_num_queries(11):
        assert len(ana.get(f"{PEOPLE}?q=zoe&role=editor").context["page"]) == 1
    write(1, 60)
    with django_assert_num_queries(11):
        assert len(ana.get(f"{PEOPLE}?q=zoe&role=editor").context["page"]) == 50


def test_a_page_says_who_they_are_and_what_they_hold(cast, as_):
    give_role(member=cast["ben"], kind=RoleKind.EDITOR, reason="Writes on births.", by=cast["lena"])

    page = as_("ana").get(page_of(cast["ben"])).text

    for words in (
        "Ben Achterberg",
        "ben@riverton.example",
        "Riverton General Hospital",
        "given by Lena Kowalski",
        "Writes on births.",
        "Riverton steering committee",
        "Spring",
    ):
        assert words in page


def test_the_name_of_a_seat_is_read_in_its_body_alone(cast, as_):
    body = Body.objects.get(slug="steering-committee")
    offer_seat(body=body, member=cast["dev"], title="canary-title", by=cast["ana"])

    assert "canary-title" in as_("dev").get("/account/").text
    for address in (page_of(cast["dev"]), "/backbone/bodies/steering-committee/"):
        page = as_("lena").get(address).text
        assert "not answered yet" in page
        assert "canary-title" not in page


def test_whose_page_is_opened_reads_it_once_an_hour(cast, as_):
    """F10."""
    for _ in range(3):
        as_("ana").get(page_of(cast["dev"]))
    as_("lena").get(page_of(cast["dev"]))

    assert lines_about(cast["dev"]) == 2
    assert as_("dev").get("/account/").text.count(OPENED) == 2
    assert OPENED not in as_("elu").get("/account/").text


def test_after_an_hour_there_is_another_line(cast, monkeypatch):
    note_opening(member=cast["dev"], by=cast["ana"])
    later = timezone.now() + timedelta(minutes=61)
    monkeypatch.setattr("core.audit.timezone.now", lambda: later)

    assert note_opening(member=cast["dev"], by=cast["ana"])
    assert lines_about(cast["dev"]) == 2


def test_ones_own_page_leaves_no_line(cast, as_):
    page = as_("ana").get(page_of(cast["ana"])).text

    assert "This is your own page" in page
    assert "Give a role" not in page
    assert lines_about(cast["ana"]) == 0


@pytest.mark.parametrize("name", ["dev", "mo", "rui", "gus", "fay"])
def test_nobody_else_opens_either(cast, as_, name):
    assert as_(name).get(PEOPLE).status_code == 404
    assert as_(name).get(page_of(cast["dev"])).status_code == 404
    with pytest.raises(PermissionDenied):
        note_opening(member=cast["dev"], by=cast[name])
    assert lines_about(cast["dev"]) == 0


def test_a_page_costs_the_same_with_one_of_each_and_with_three(
    cast, as_, django_assert_num_queries
):
    ana, dev = as_("ana"), cast["dev"]
    for number in range(3):
        Cohort.objects.create(slug=f"c{number}", name="C", starts_on=timezone.localdate())
        Body.objects.create(slug=f"b{number}", name=f"B {number}")

    def give(number):
        body = Body.objects.get(slug=f"b{number}")
        offer_seat(body=body, member=dev, title="", by=cast["lena"])
        kind = [*RoleKind][number]
        give_role(member=dev, kind=kind, reason="Helps.", by=cast["lena"])
        cohort = Cohort.objects.get(slug=f"c{number}")
        Membership.objects.create(cohort=cohort, member=dev, is_facilitator=True)

    give(0)
    ana.get("/backbone/people/")
    with django_assert_num_queries(13):  # one of them writes the line
        ana.get(page_of(dev))
    with django_assert_num_queries(12):
        ana.get(page_of(dev))
    give(1)
    give(2)
    with django_assert_num_queries(12):
        ana.get(page_of(dev))


def test_who_has_left_is_in_no_list_and_has_no_page(cast, as_):
    """The page on which she left said so: neither name nor address."""
    hana, ana = cast["hana"], as_("ana")
    everybody = ana.get(PEOPLE).context["page"].paginator.count

    leave(by=hana, takes_along=False)

    listed = ana.get(PEOPLE)
    assert listed.context["page"].paginator.count == everybody - 1
    assert not list(ana.get(f"{PEOPLE}?q=hana@riverton").context["page"])
    assert not list(ana.get(f"{PEOPLE}?role=suspended").context["page"])
    assert ana.get(page_of(hana)).status_code == 404
    assert not can_see_person(cast["ana"], User.objects.get(pk=hana.pk))
    assert lines_about(hana) == 0
