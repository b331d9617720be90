"""Who reads a document: all, or all who are signed in. Groups and shared passwords open nothing, and no editor can choose them."""

import json
import re

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from curriculum.models import LessonPage

pytestmark = pytest.mark.django_db

PUBLIC_AND_SIGNED_IN = {"none", "login"}


@pytest.fixture
def shelf(cast):
    return Collection.get_first_root_node().add_child(name="Readings")


@pytest.fixture
def address(shelf):
    document = get_document_model().objects.create(
        title="A report", file=ContentFile(b"the words", "report.txt"), collection=shelf
    )
    return document.url


def restrict(shelf, kind, *groups):
    made = CollectionViewRestriction.objects.create(
        collection=shelf, restriction_type=kind, password="many know it"
    )
    made.groups.set(groups)


def read(client, address):
    answer = client.get(address)
    return b"".join(answer.streaming_content) if answer.streaming else answer.status_code


def test_without_a_restriction_it_is_for_all(nobody, as_, address):
    assert [read(nobody, address), read(as_("dev"), address)] == [b"the words", b"the words"]


def test_a_document_for_the_signed_in_asks_others_to_sign_in(nobody, as_, shelf, address):
    restrict(shelf, "login")

    asked = nobody.get(address)
    assert (asked.status_code, asked.headers["Location"]) == (302, f"/account/login/?next={address}")  # fmt: skip
    assert read(as_("dev"), address) == b"the words"


def test_one_kept_for_a_group_is_not_there_for_the_signed_in_instead_of_a_walk_in_circles(
    nobody, as_, cast, shelf, address
):
    """A role is no reason to read more than others: neither an editor in the group nor the operator gets it."""
    group = cast["rui"].groups.first()
    restrict(shelf, "groups", group)

    answers = [as_(person).get(address).status_code for person in ("dev", "rui", "ana", "gus")]
    assert answers == [404, 404, 404, 404]
    assert nobody.get(address).status_code == 302


def test_one_with_a_shared_password_is_not_there_for_anybody(nobody, as_, shelf, address):
    restrict(shelf, "password")

    assert [read(nobody, address), read(as_("dev"), address)] == [404, 404]


def test_a_restriction_on_the_collection_above_counts_too(as_, shelf, address):
    restrict(Collection.get_first_root_node(), "groups", Group.objects.first())

    assert read(as_("rui"), address) == 404


def offered(answer):
    return set(re.findall(r'type="radio"[^>]*? value="(\w+)"', json.loads(answer.text)["html"]))


def test_an_editor_is_offered_public_and_signed_in(as_, shelf):
    lesson = LessonPage.objects.get(slug="grading-a-city")

    assert offered(as_("rui").get(f"/admin/pages/{lesson.pk}/privacy/")) == PUBLIC_AND_SIGNED_IN  # fmt: skip
    assert (
        offered(as_("gus").get(f"/admin/pages/{lesson.get_parent().pk}/privacy/"))
        == PUBLIC_AND_SIGNED_IN
    )
    assert offered(as_("gus").get(f"/admin/collections/{shelf.pk}/privacy/")) == PUBLIC_AND_SIGNED_IN  # fmt: skip


@pytest.mark.parametrize("kind", ["groups", "password"])
def test_what_is_not_offered_is_refused_when_it_is_posted(as_, shelf, kind):
    lesson = LessonPage.objects.get(slug="grading-a-city")
    posted = {"restriction_type": kind, "groups": Group.objects.first().pk, "password": "many know it"}  # fmt: skip

    page = as_("rui").post(f"/admin/pages/{lesson.pk}/privacy/", posted)
    collection = as_("gus").post(f"/admin/collections/{shelf.pk}/privacy/", posted)

    assert "Select a valid choice" in page.text
    assert "Select a valid choice" in collection.text
    assert not PageViewRestriction.objects.filter(page=lesson).exists()
    assert not CollectionViewRestriction.objects.filter(collection=shelf).exists()


def test_signed_in_can_be_chosen_and_taken_back(as_, shelf, nobody, address):
    gus, privacy = as_("gus"), f"/admin/collections/{shelf.pk}/privacy/"

    gus.post(privacy, {"restriction_type": "login"})
    assert nobody.get(address).status_code == 302
    gus.post(privacy, {"restriction_type": "none"})
    assert read(nobody, address) == b"the words"
