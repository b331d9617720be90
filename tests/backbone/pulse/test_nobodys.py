"""Nobody finds whose answer is whose: somebody who has every row before and after each act, their own answer, and no key."""

from random import Random

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backbone.pulse import sealed
from backbone.pulse.actions import answer_pulse, close_pulse
from backbone.pulse.chores import move_ballots
from backbone.pulse.models import Answered, Ballot, Box, Pulse
from tests.backbone.pulse.story import PACE, SAFE, answered, grow, learners, opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_pulses")]

CHOICES = st.tuples(st.integers(0, 2), st.integers(0, 3))
GIVEN = st.lists(CHOICES, min_size=14, max_size=14).flatmap(
    lambda given_: st.tuples(st.just(given_), st.permutations(given_))
)
ONE_BY_ONE = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def rows():
    """All rows of a pulse without a key: of what is sealed the length, since its bytes are new each time; ids are random."""
    found = []
    for model, names in ((Box, ["waiting"]), (Answered, ["people"]), (Ballot, ["answers"])):
        for row in model._base_manager.values_list("id", "pulse_id", *names):
            found.append((model.__name__, [len(one.value) for one in row[2:]]))
    pulse = Pulse.objects.values_list("opened_on", "closes_on", "closed_on", "asked", "result", "key_is_gone")  # fmt: skip
    return [*found, list(pulse)]


def history(cast, choices):
    """What somebody sees who looks after each act; nothing of it stays."""
    seen = []
    with transaction.atomic():
        pulse = opened(cast["mo"], PACE, SAFE)
        for number in range(1, len(choices) + 1):
            seen.append(rows())
            _one_more(pulse, choices, number)
        move_ballots(pulse)
        seen.append(rows())
        close_pulse(pulse=pulse, by=None)
        seen.append(rows())
        transaction.set_rollback(True)
    return seen


def _one_more(pulse, choices, number):
    answer_pulse(pulse=pulse, choices=choices[number - 1], by=learners()[number - 1])


@ONE_BY_ONE
@given(GIVEN)
def test_whoever_gave_which_every_row_at_every_moment_is_the_same(cast, both):
    grow(20)

    assert history(cast, both[0]) == history(cast, both[1])


@ONE_BY_ONE
@given(GIVEN, st.integers(0, 2**32))
def test_box_and_table_follow_from_what_was_chosen_and_from_chance_and_from_no_order(cast, both, seed):  # fmt: skip
    """Also for who has the keys, afterwards: the order of rows in the table is that of a shuffle alone."""
    kept = []
    for choices in both:
        with pytest.MonkeyPatch.context() as patch, transaction.atomic():
            grow(20)
            pulse = opened(cast["mo"], PACE, SAFE)
            answered(pulse, *choices)
            patch.setattr(sealed, "_chance", Random(seed))
            move_ballots(pulse)
            box = Box.objects.get()
            kept.append((in_order_of_insertion(), str(box.waiting)))
            transaction.set_rollback(True)

    assert kept[0] == kept[1]
    assert len(kept[0][0]) == 8


def in_order_of_insertion():
    """The ballots as the database put them down, opened with the key."""
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    table = Ballot.objects.extra(order_by=[f"backbone_ballot.{place}"])
    return [str(row.answers) for row in table]


def test_the_list_has_one_size_whoever_has_answered(cast):
    grow(20)
    pulse = opened(cast["mo"])
    sizes = []
    for number in range(3):
        sizes.append(len(Answered._base_manager.values_list("people", flat=True)[0].value))
        _one_more(pulse, [(1,)] * 3, number + 1)

    assert len(set(sizes)) == 1


def test_neither_box_nor_table_nor_list_holds_a_readable_word(cast):
    pulse = opened(cast["mo"])
    answered(pulse, *[(1,)] * 13)
    move_ballots(pulse)

    with connection.cursor() as cursor:
        for table, column in (("box", "waiting"), ("ballot", "answers"), ("answered", "people")):
            cursor.execute(f"SELECT {column} FROM backbone_{table}")
            for (value,) in cursor.fetchall():
                assert cast["dev"].pk.hex.encode() not in bytes(value)
                assert b"1\n1" not in bytes(value)
