"""What a closed room means, said in plain words; and all that operators are told."""

from io import StringIO

import pytest
from django.core.management import call_command

from caucuses.models import Agreement, Caucus
from caucuses.storage import megabytes_of_all
from tests.caucuses.comings import a_door
from tests.caucuses.story import a_room

pytestmark = pytest.mark.django_db


def shown():
    out = StringIO()
    call_command("show_caucuses", stdout=out)
    return out.getvalue().splitlines()


def test_the_truth_stands_there_for_every_member_alike(as_, cast):
    a_room(cast["dev"])

    pages = {name: as_(name).get("/caucuses/meaning/").text for name in ("dev", "gus")}

    for words in ("What is sealed", "Where the keys live", "Everything that is there.", "7 days at most", "People remember.", "What leaving removes"):  # fmt: skip
        assert words in pages["gus"]
    body = [page.partition("<main")[2].partition("</main>")[0] for page in pages.values()]
    assert body[0] == body[1]


def test_the_page_about_privacy_says_it_in_short(nobody):
    page = nobody.get("/privacy/").text

    assert "That you are in a caucus, and what you say there" in page


def test_operators_read_yes_or_no_and_whole_megabytes(cast):
    Caucus.objects.all().delete()
    assert shown() == ["Caucuses without a door: no", "Storage of all caucuses: 0 MB or less"]

    a_door(cast["dev"])
    assert shown() == ["Caucuses without a door: no", "Storage of all caucuses: 1 MB or less"]

    for _number in range(3):
        a_room(cast["dev"])
    assert shown() == ["Caucuses without a door: yes", "Storage of all caucuses: 1 MB or less"]


def test_the_storage_grows_with_what_is_written(cast):
    caucus = a_room(cast["dev"])[0].caucus
    before = megabytes_of_all()
    for number in range(2, 80):  # each in a step of 16 kB
        Agreement.objects.create(caucus=caucus, number=number, text="w" * 10_000, terms="{}")

    assert (before, megabytes_of_all()) == (1, 2)
