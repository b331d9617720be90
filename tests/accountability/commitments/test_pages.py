"""Lists, the search over what is public, the feed, what the doors offer, and how many questions the pages ask."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from accountability.commitments.actions import NoName, add_progress, refresh_names, widen
from accountability.commitments.actions.copies import with_name
from accountability.commitments.models import PublishedCopy
from accountability.commitments.texts import Text
from core import doors, register
from core.models import AuditEvent
from core.privacy import class_s_fields
from curriculum.models import LessonPage
from notices.models import Notice
from scripts.traces import Words
from tests.accountability.commitments.promises import (
    HIRING,
    hidden,
    pair,
    promise,
    role_of,
    shared,
    witnessed,
)
from tests.sweep.planting import commitments as planting

pytestmark = pytest.mark.django_db


def questions(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_list_asks_as_much_for_thirty_as_for_one(cast, as_):
    """Row 6: at most 15, constant."""
    dev = as_("dev")

    def one_more(number):
        row = promise(cast["dev"], Text(f"promise {number}", levels=("personal",)))
        add_progress(by=cast["dev"], commitment=row, sentence="s", state="moving")
        witnessed(row, cast["dev"], cast["hana"])
        witnessed(promise(cast["jo"]), cast["jo"], cast["dev"])

    role_of(cast["dev"])
    one_more(0)
    first = questions(dev, "/commitments/")
    for number in range(1, 30):
        one_more(number)

    assert questions(dev, "/commitments/") == first == 11


@pytest.mark.parametrize(("address", "asked"), [("/commitments/public/", 3), ("/commitments/cohort/spring/", 8)])  # fmt: skip
def test_lists_of_copies_ask_the_same_for_three(cast, as_, nobody, address, asked):
    client = nobody if "public" in address else as_("elu")
    circle = "public" if "public" in address else "cohort"
    address += "?kind="
    shared(cast["dev"], circle)
    first = questions(client, address)
    for name in ("elu", "jo"):
        shared(cast[name], circle)

    assert questions(client, address) == first == asked


def test_the_search_looks_into_what_is_public_and_nothing_else(cast, nobody):
    """A5."""
    shared(cast["dev"], "public", Text("plant café chairs", levels=("personal",)))
    shared(cast["dev"], "cohort", Text("plant oaks", levels=("personal",)))
    promise(cast["dev"], Text("plant pines", levels=("personal",)))

    def found(words, **more):
        page = nobody.get("/commitments/public/", {"q": words, **more}).text
        return {tree for tree in ("chairs", "oaks", "pines") if f"{tree}</a>" in page}

    assert found("plant") == found("CAFE cha") == found("dev banerjee") == {"chairs"}
    assert found("oaks") == found("pines") == found("ant") == found("%") == found('"') == set()
    assert found("plant", kind="stand") == set()
    assert found("plant", kind="nonsense") == {"chairs"}


@pytest.mark.parametrize("query", [{"page": "x"}, {"page": "99999999999999999999"}, {"q": "x" * 5000}, {"kind": "\x00"}])  # fmt: skip
def test_odd_queries_are_answered(nobody, query):
    """G1."""
    assert nobody.get("/commitments/public/", query).status_code == 200


def test_feed_and_sitemap_name_what_is_public(cast, nobody):
    copy = shared(cast["dev"], "public", kind="stand").copy

    feed = nobody.get("/commitments/public/feed.atom")

    assert feed["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert f"/commitments/public/{copy.pk}/" in feed.text
    assert "Dev Banerjee: Stand taken" in feed.text
    assert f"/commitments/public/{copy.pk}/" in nobody.get("/sitemap.xml").text


def test_a_name_that_changes_changes_beside_the_copy(cast, nobody):
    copy = shared(cast["dev"], "public").copy
    assert "Dev Banerjee" in nobody.get(f"/commitments/public/{copy.pk}/").text
    cast["dev"].chosen_name = "Devi Banerjee"
    cast["dev"].save()

    assert "Devi Banerjee" in nobody.get(f"/commitments/public/{copy.pk}/").text
    assert list(PublishedCopy.objects.saying(("devi",))) == [copy]
    assert list(PublishedCopy.objects.saying(("dev",))) == [copy]  # the beginning of Devi
    assert refresh_names() == 0


def test_an_organization_that_changes_its_name_changes_it_beside_the_copy(cast, nobody):
    copy = shared(cast["dev"], "public", role=role_of(cast["dev"])).copy
    organization = cast["dev"].organization
    organization.name = "Riverton Schools"
    organization.save()

    page = nobody.get(f"/commitments/public/{copy.pk}/").text

    assert "Riverton Schools, Principal" in page
    assert "Riverton Unified" not in page


def test_a_copy_that_is_withdrawn_while_names_are_looked_through_stops_nothing(cast):
    copy = shared(cast["dev"], "public").copy
    PublishedCopy.objects.filter(pk=copy.pk).delete()

    with_name(copy, "Devi Banerjee")

    assert not PublishedCopy.objects.exists()


def test_nothing_is_published_under_no_name(cast, as_):
    row = promise(cast["dev"])
    cast["dev"].chosen_name = ""
    cast["dev"].save()
    form = {"circle": "public", "sure": "on", "named": "on", "version": "1"}

    page = as_("dev").post(f"/commitments/{row.pk}/audience/", form).text

    assert "You go by no name here yet, and what is published stands under one." in page
    assert 'href="/account/profile/">Choose a name' in page
    assert not PublishedCopy.objects.exists()
    with pytest.raises(NoName):
        widen(by=cast["dev"], commitment=row, circle="public", seen=1)


def test_a_public_page_is_kept_by_nobody_between(cast, nobody):
    copy = shared(cast["dev"], "public").copy
    pages = (
        "/commitments/public/",
        f"/commitments/public/{copy.pk}/",
        "/commitments/public/feed.atom",
    )

    for _time in ("made", "from our own shelf"):
        assert [nobody.get(page).headers["Cache-Control"] for page in pages] == ["no-cache"] * 3


def test_the_error_of_a_group_leads_to_the_group(cast, as_):
    row = promise(cast["dev"])

    circle = as_("dev").post(f"/commitments/{row.pk}/audience/", {"circle": "moon"}).text
    levels = as_("dev").post("/commitments/new/", {"kind": "commitment", "will": "w"}).text

    for page, name in ((circle, "id_circle"), (levels, "id_levels")):
        assert f'<a href="#{name}">' in page
        assert page.count(f' id="{name}"') == 1
        assert 'href="#"' not in page


def test_a_pair_sees_what_both_may_see_and_takes_along_their_own(cast, as_, rf):
    two = pair(cast["dev"], cast["elu"])
    shared(cast["dev"], "buddy", Text("walk to work", levels=("personal",)))
    shared(cast["elu"], "buddy", Text("count to ten", levels=("personal",)))
    promise(cast["elu"], Text("keep a secret", levels=("personal",)))
    request = rf.get("/buddy/")
    request.user = cast["dev"]

    for name in ("buddy_card", "beside_check_in"):
        card = "".join(doors.ask(name, request=request, member=cast["dev"], pair=two))
        assert "walk to work" in card
        assert "count to ten" in card
        assert "keep a secret" not in card
    sections = doors.ask("pair_export", member=cast["dev"], pair=two)
    taken = str([(name, list(rows)) for name, rows in sections])
    assert "walk to work" in taken
    assert "count to ten" not in taken


def test_something_to_do_in_a_lesson_leads_to_a_commitment(as_, nobody):
    lesson = LessonPage.objects.get(slug="grading-a-city")
    card = [
        doors.ask("commit", request=client.get("/").wsgi_request, lesson=lesson, block="b")
        for client in (as_("dev"), nobody)
    ]

    assert f"/commitments/new/?lesson={lesson.translation_key}" in card[0][0]
    assert card[1] == []


def test_nothing_private_is_written_down_elsewhere(cast, as_):
    """Class S: no row in the audit, no words in notices or messages, titles or addresses."""
    before = AuditEvent.objects.count()
    row = promise(cast["dev"])
    witnessed(row, cast["dev"], cast["hana"])

    page = as_("dev").get(f"/commitments/{row.pk}/").text

    assert AuditEvent.objects.count() == before
    assert all(set(json.loads(one.sealed)) <= {"witness", "commitment"} for one in Notice.objects.filter(kind__startswith="commitments."))  # fmt: skip
    assert HIRING.will not in page[: page.index("</title>")]


def test_what_one_is_told_others_see_follows_the_circle(cast, as_):
    row = shared(cast["dev"], "public")
    words = escape("The commitments that you made public, under your name")
    assert words in as_("dev").get("/account/visible/").text

    hidden(cast["dev"], row)

    assert words not in as_("dev").get("/account/visible/").text


def test_the_export_by_others_holds_what_is_not_sealed(cast):
    shared(cast["dev"], "public")
    promise(cast["dev"], Text("keep a secret", levels=("personal",)))
    holding = next(one for one in register.holdings() if one.name == "commitments")

    taken = json.dumps(holding.export(cast["dev"]), default=str)

    assert HIRING.will in taken
    assert "keep a secret" not in taken
    assert json.dumps(holding.export(cast["elu"]), default=str).count("will") == 0


def test_what_the_sweep_plants_stands_on_devs_own_pages(cast, as_):
    """F1: each private field holds a word of its own, and its owner finds all of them."""
    words = Words()
    rows = {label: make(cast["dev"], words) for label, make in planting.PLANTS.items()}

    fields = {f"{model._meta.label}.{name}" for model, name in class_s_fields()}
    ours = {name for name in fields if name.startswith("commitments.")}
    assert set(words.words) == ours
    assert set().union(*(page.fields for page in planting.PAGES)) == ours
    for page in planting.PAGES:
        address = reverse(page.name, args=[rows[page.about].pk] if page.about else [])
        assert words.names_in(as_("dev").get(address).content) >= page.fields
        assert words.names_in(as_("jo").get(address).content) == set()
    show = reverse("commitments:commitment_show", args=[rows["commitments.Commitment"].pk])
    read = words.names_in(as_("elu").get(show).content)
    may = {label for label, names in planting.READERS.items() if "elu" in names}
    assert {name.rsplit(".", 1)[0] for name in read} == may
