"""Names in a room: nobody takes another's by letters that look the same, and nothing unseen is kept."""

# ruff: noqa: RUF001 (letters that look alike are what it is about)

import pytest
from django.db import connection

from caucuses.names import NameTaken, clean_name, free_name, plain_name
from tests.caucuses.story import a_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat(cast):
    return a_room(cast["hana"], cast["ines"])[0]


@pytest.mark.parametrize(
    "typed",
    [
        "Hana",
        "HANA",
        " hana ",
        "H a n a",
        "Hana.",
        "Hаna",  # Cyrillic
        "Ηana",  # Greek
        "Ｈａｎａ",
        "𝐇𝐚𝐧𝐚",
        "Ha\u200bna",
        "Ha\u200dna",
        "Ha\u00adna",
        "\u202eHana\u202c",
        "Ha\u3164na",
        "Hana\ufe0e",
        "Hana\ufe0f",
        "H\ufe00ana",
        "Hana\U000e0100",
    ],
)
def test_a_name_that_looks_like_anothers_is_taken(seat, typed):
    with pytest.raises(NameTaken):
        clean_name(seat, typed)


@pytest.mark.parametrize(("taken", "typed"), [("Ian", "lan"), ("Bo", "B0"), ("Tim", "Tirn"), ("Ольга", "Oльгa"), ("Νίκος", "Νίκoς")])  # fmt: skip
def test_letters_of_one_word_are_compared_as_they_look(cast, seat, taken, typed):
    seat.name = taken
    seat.save()

    with pytest.raises(NameTaken):
        clean_name(seat.caucus, typed)


@pytest.mark.parametrize("typed", ["Hanna", "Hana K.", "Hána", "花", "🌻", "سارا", "Ольга", "Hana 2"])  # fmt: skip
def test_other_names_are_free(seat, typed):
    assert clean_name(seat, typed) == typed


def test_one_may_keep_ones_own_name(seat):
    assert clean_name(seat, "HANA", but=seat) == "HANA"


def test_a_name_in_another_room_is_nothing_here(cast, seat):
    a_room(cast["dev"])

    assert clean_name(seat, "Dev") == "Dev"


@pytest.mark.parametrize("typed", ["A Former Member", "alguien que ya no está", "a member whose name cannot be opened"])  # fmt: skip
def test_nobody_is_called_what_the_room_calls_who_has_left(seat, typed):
    """In whichever language."""
    with pytest.raises(NameTaken):
        clean_name(seat, typed)


@pytest.mark.parametrize("typed", ["", "  ", "\u200b", "\u3164", "...", "\u202e\u202c", "a" * 61])
def test_what_is_no_name_gets_a_sentence(seat, typed):
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        clean_name(seat, typed)


def test_unseen_and_turning_characters_are_not_kept():
    assert plain_name("\u202eA\u200bna\u2069\u200f  Lu\u00ad ") == "Ana Lu"
    assert plain_name("a" * 60) == "a" * 60


def test_at_the_ways_in_a_name_that_is_taken_gets_a_number(cast, seat):
    """Nobody outside learns by a refusal who is in the room."""
    assert free_name(seat.caucus, "Hаna") == "Hаna 2"
    assert free_name(seat.caucus, "a former member") == "a former member 2"
    seat.name = "b" * 60
    seat.save()
    assert free_name(seat.caucus, "b" * 60) == "b" * 58 + " 2"


def test_a_name_that_does_not_open_keeps_nobody_out(seat):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE caucuses_seat SET name = %s WHERE id = %s", [b"broken", str(seat.pk).replace("-", "")])  # fmt: skip

    assert clean_name(seat, "Rosa") == "Rosa"
