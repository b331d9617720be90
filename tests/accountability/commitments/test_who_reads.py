"""Who of the cast reads a commitment of Dev's in each circle, on every way there is; and that narrowing works at once."""

import pytest
from django.db import connection

from accountability.buddies.actions import leave_pair
from accountability.commitments.actions import Conflict, add_progress, edit_commitment, widen
from accountability.commitments.choices import CHANGES, ORDER, Step
from accountability.commitments.models import Commitment, PublishedCopy, PublishedProgress
from accountability.commitments.permissions import (
    can_change_commitment,
    can_keep_commitment,
    can_see_commitment,
    can_see_copy,
    commitments_changeable_by,
    commitments_kept_by,
    commitments_visible_to,
    copies_visible_to,
)
from accountability.commitments.texts import Text
from cohorts.actions import leave_cohort
from cohorts.models import Cohort
from core.access import PermissionDenied
from tests.accountability.commitments.promises import (
    HIRING,
    hidden,
    pair,
    promise,
    role_of,
    shared,
    witnessed,
)

pytestmark = pytest.mark.django_db

SPRING = {"ben", "chioma", "marisol", "dev", "elu", "mo", "hana", "ines", "jo"}


def by_rule(cast, rule, row):
    return {name for name, member in cast.items() if rule(member, row)}


def by_list(cast, rows, row):
    return {name for name, member in cast.items() if rows(member).filter(pk=row.pk).exists()}


def on_page(as_, cast, row, words=HIRING.will):
    found = set()
    for name in cast:
        answer = as_(name).get(f"/commitments/{row.pk}/")
        if answer.status_code == 200 and words in answer.text:
            found.add(name)
    return found


@pytest.mark.parametrize(
    ("circle", "row_readers", "page_readers"),
    [
        ("me", {"dev", "hana"}, {"dev", "hana"}),
        ("buddy", {"dev", "elu", "hana"}, {"dev", "elu", "hana"}),
        ("cohort", {"dev", "elu", "hana"}, SPRING),
        ("public", {"dev", "elu", "hana"}, None),
    ],
)
def test_each_circle_is_read_by_exactly_those_it_names(
    cast, as_, circle, row_readers, page_readers
):
    """Elu is Dev's buddy, Hana his witness. Neither organizer nor operator reads below what they are shown themselves."""
    pair(cast["dev"], cast["elu"])
    row = promise(cast["dev"]) if circle == "me" else shared(cast["dev"], circle)
    witnessed(row, cast["dev"], cast["hana"])

    assert by_rule(cast, can_see_commitment, row) == row_readers
    assert by_list(cast, commitments_visible_to, row) == row_readers
    for rule, rows in (
        (can_keep_commitment, commitments_kept_by),
        (can_change_commitment, commitments_changeable_by),
    ):
        assert by_rule(cast, rule, row) == by_list(cast, rows, row) == {"dev"}
    assert on_page(as_, cast, row) == (set(cast) if page_readers is None else page_readers)


@pytest.mark.parametrize(("circle", "readers"), [("cohort", SPRING), ("public", None)])
def test_the_rules_for_copies_agree_for_the_whole_cast(cast, circle, readers):
    copy = PublishedCopy.objects.get(commitment=shared(cast["dev"], circle))

    expected = set(cast) if readers is None else readers
    assert by_rule(cast, can_see_copy, copy) == expected
    assert by_list(cast, copies_visible_to, copy) == expected


def test_who_may_not_know_of_it_gets_the_page_of_an_unused_id(cast, as_):
    """A2, A8."""
    row = promise(cast["dev"])
    for name in ("ana", "lena", "mo", "fay", "gus", "elu"):
        client = as_(name)
        theirs = client.get(f"/commitments/{row.pk}/")
        unknown = client.get("/commitments/00000000-0000-0000-0000-000000000000/")

        assert theirs.status_code == unknown.status_code == 404
        assert HIRING.will not in theirs.text


def test_the_table_of_changes_calls_narrower_what_stands_before():
    assert CHANGES["public", "me"] == CHANGES["cohort", "buddy"] == Step.NARROWS
    assert CHANGES["me", "buddy"] == CHANGES["cohort", "cohort"] == Step.WIDENS
    assert len(CHANGES) == len(ORDER) * (len(ORDER) - 1) + 1


def test_the_buddy_of_yesterday_reads_nothing_today(cast, as_):
    """A19."""
    two = pair(cast["dev"], cast["elu"])
    row = shared(cast["dev"], "buddy")
    assert as_("elu").get(f"/commitments/{row.pk}/").status_code == 200

    leave_pair(pair=two, by=cast["dev"])

    assert as_("elu").get(f"/commitments/{row.pk}/").status_code == 404


def test_who_leaves_the_cohort_takes_their_copy_along(cast, as_):
    row = shared(cast["dev"], "cohort")

    leave_cohort(cohort=Cohort.objects.get(slug="spring"), member=cast["dev"], by=None)

    assert as_("elu").get(f"/commitments/{row.pk}/").status_code == 404
    assert HIRING.will not in as_("elu").get("/commitments/cohort/spring/").text


def test_narrowing_while_somebody_reads_takes_it_from_every_place_at_their_next_load(
    cast, as_, nobody
):
    """Page, list, search, feed, sitemap, and the memory of public pages."""
    row = shared(cast["dev"], "public")
    copy = row.copy
    add_progress(by=cast["dev"], commitment=row, sentence="The form asks now", state="moving", publishes=True)  # fmt: skip
    places = ("/commitments/public/", "/commitments/public/?q=missing", "/commitments/public/feed.atom", f"/commitments/public/{copy.pk}/")  # fmt: skip
    for place in places * 2:  # the second time from memory
        assert HIRING.will in nobody.get(place).text
    assert "The form asks now" in nobody.get(places[3]).text

    hidden(cast["dev"], row)

    for place in places[:3]:
        assert HIRING.will not in nobody.get(place).text
    assert nobody.get(places[3]).status_code == 404
    assert as_("elu").get(places[3]).status_code == 404
    assert str(copy.pk) not in nobody.get("/sitemap.xml").text
    assert not PublishedCopy.objects.exists()
    assert not PublishedProgress.objects.exists()


def test_from_everybody_to_a_cohort_the_public_address_is_gone(cast, as_, nobody):
    row = shared(cast["dev"], "public")
    copy = row.copy
    add_progress(by=cast["dev"], commitment=row, sentence="It moves", state="moving", publishes=True)  # fmt: skip

    as_("dev").post(f"/commitments/{row.pk}/audience/", {"circle": "cohort:spring"})

    assert nobody.get(f"/commitments/public/{copy.pk}/").status_code == 404
    assert "It moves" in as_("jo").get(f"/commitments/{row.pk}/").text


def test_widening_asks_once_more_and_says_exactly_what_under_which_name(cast, as_):
    row = promise(cast["dev"])
    dev, address = as_("dev"), f"/commitments/{row.pk}/audience/"

    asked = dev.post(address, {"circle": "public"})
    row.refresh_from_db()

    assert row.circle == "me"
    for words in (HIRING.will, HIRING.first_step, "Dev Banerjee", "Seen by everybody"):
        assert words in asked.text

    unnamed = dev.post(address, {"circle": "public", "version": 1, "sure": "on"})
    assert "Nothing was published" in unnamed.text
    assert not PublishedCopy.objects.exists()

    dev.post(address, {"circle": "public", "version": 1, "sure": "on", "named": "on"})
    assert PublishedCopy.objects.get().name == "Dev Banerjee"


def test_what_was_reworded_since_the_question_is_not_published(cast, as_):
    """H9: two tabs."""
    row = promise(cast["dev"])
    edit_commitment(by=cast["dev"], commitment=row, text=Text("say nothing", levels=("personal",)), seen=1)  # fmt: skip

    late = as_("dev").post(
        f"/commitments/{row.pk}/audience/",
        {"circle": "public", "version": 1, "sure": "on", "named": "on"},
    )

    assert late.status_code == 409
    assert "say nothing" in late.text
    assert not PublishedCopy.objects.exists()
    with pytest.raises(Conflict):
        widen(by=cast["dev"], commitment=row, circle="public", seen=1)


def test_a_member_without_a_cohort_can_choose_none(cast, as_):
    row = promise(cast["fay"])
    answer = as_("fay").post(f"/commitments/{row.pk}/audience/", {"circle": "cohort:spring", "sure": "on", "named": "on"})  # fmt: skip

    assert "You are in no cohort now" in answer.text
    row.refresh_from_db()
    assert (row.circle, row.cohort) == ("me", None)
    with pytest.raises(PermissionDenied):
        widen(by=cast["fay"], commitment=row, circle="cohort", seen=1, cohort=Cohort.objects.get(slug="spring"))  # fmt: skip


def test_the_name_of_an_organization_stands_with_its_role(cast, nobody):
    role = role_of(cast["dev"])
    row = shared(cast["dev"], "public", role=role)

    page = nobody.get(f"/commitments/public/{row.copy.pk}/").text

    assert "Riverton Unified Schools, Principal" in page
    assert "Dev Banerjee" not in page


def test_what_others_read_is_never_the_sealed_row(cast):
    """C1: below a cohort no word of it stands in the database as it is."""
    promise(cast["dev"], Text("walk beside zebras", levels=("personal",)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT will FROM commitments_commitment")
        stored = b"".join(bytes(value) for (value,) in cursor.fetchall())

    assert b"zebras" not in stored
    assert not PublishedCopy.objects.exists()
    assert [row.will for row in Commitment.objects.all()] == ["walk beside zebras"]
