"""What two answers weigh, what may not be, and the words for it; and the same for a whole round at once."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accountability.buddies.choices import Rhythm
from accountability.matching import candidates as at_once
from accountability.matching.choices import Outside, Spoken, Topic
from accountability.matching.said import CELLS, Said, said_from
from accountability.matching.scoring import (
    Person,
    Reason,
    free_slots,
    may_meet,
    reasons,
    weight,
    words,
)
from accountability.matching.solving import solve

WINTER, SUMMER = date(2026, 12, 7), date(2026, 7, 6)
ZONES = ["America/New_York", "America/Los_Angeles", "Europe/Madrid", "Asia/Kathmandu", "UTC"]


def person(name="a", zone="UTC", work=None, monday=WINTER, **said):
    answers = Said(**said)
    return Person(name, answers, work, zone, free_slots(answers.times, zone, monday))


@st.composite
def people(draw, least=0, most=12):
    def some(values):
        return tuple(draw(st.lists(st.sampled_from(values), unique=True, max_size=4)))

    found = []
    for at in range(draw(st.integers(least, most))):
        said = {
            "times": some(CELLS),
            "languages": some(Spoken.values[:3]),
            "rhythm": draw(st.sampled_from(["", *Rhythm.values])),
            "topics": some(Topic.values),
            "outside": draw(st.sampled_from(Outside.values)),
        }
        work = draw(st.sampled_from([None, "north", "south"]))
        found.append(person(at, draw(st.sampled_from(ZONES)), work, **said))
    return found


@settings(max_examples=60, deadline=None)
@given(people(), st.sets(st.tuples(st.integers(0, 11), st.integers(0, 11))))
def test_a_whole_round_is_scored_as_each_pair_of_it_is(everybody, limits):
    many = len(everybody)
    apart = {(min(two), max(two)) for two in limits if two[0] != two[1] and max(two) < many}
    pairs = list(combinations(range(many), 2))

    found = at_once.candidates(everybody, apart)

    may = [pair for pair in pairs if pair not in apart and may_meet(*(everybody[at] for at in pair))]  # fmt: skip
    assert found.edges == [(*pair, weight(*(everybody[at] for at in pair))) for pair in may]
    assert found.kept_apart == len(pairs) - len(may)


def test_a_large_round_keeps_fifty_of_each_and_everybody_finds_somebody():
    """Ten people fit everybody. Their places are taken soon, and the others still find each other."""
    everybody = [person(at, topics=tuple(Topic.values)) for at in range(10)]
    everybody += [person(at, topics=(Topic.DATA.value,)) for at in range(10, 300)]

    found = at_once.candidates(everybody, [(0, 1)])

    outcome = solve(ids=range(300), edges=found.edges, seed=1)
    assert outcome.left == ()
    assert (0, 1) not in {edge[:2] for edge in found.edges}
    assert len(found.edges) <= 300 * 50


def test_hours_are_held_against_each_other_as_they_really_are():
    """Evening in New York, 17 to 21, is 22 to 2 in London's winter, and afternoon in Los Angeles."""
    east = person(zone="America/New_York", times=("1e",))
    west = person(zone="America/Los_Angeles", times=("1d",))
    there = person(zone="Europe/London", times=("1e",))

    assert weight(east, west) == 1 + 4 * 12  # 17 to 20 in New York is 14 to 17 in Los Angeles
    assert weight(east, there) == 1
    assert [one.kind for one in reasons(east, west, WINTER)] == ["times"]


def test_a_week_is_a_circle():
    """Sunday evening in Los Angeles is Monday morning in Kathmandu."""
    west = person(zone="America/Los_Angeles", times=("6e",))
    east = person(zone="Asia/Kathmandu", times=("0m",))

    assert weight(west, east) == 1 + 4 * 11  # 8 to 10:45 in Kathmandu


def test_each_reads_the_times_of_their_own_day():
    east = person(zone="America/New_York", times=("1e",))
    west = person(zone="America/Los_Angeles", times=("1d",))

    assert [words(one) for one in reasons(east, west, WINTER)] == [["Both free on Tuesday evenings."]]  # fmt: skip
    assert [words(one) for one in reasons(west, east, WINTER)] == [["Both free on Tuesday at midday."]]  # fmt: skip


def test_less_than_an_hour_is_no_time_to_meet():
    a = person(zone="Asia/Kathmandu", times=("1m",))  # until 6:15 UTC
    b = person(zone="Asia/Dubai", times=("1m",))  # from 4:00 UTC
    c = person(zone="Asia/Kathmandu", times=("1d",))  # 6:15 to 11:15 UTC
    d = person(zone="Etc/GMT-2", times=("1m",))  # 6:00 to 10:00 UTC

    assert [one.kind for one in reasons(a, b, WINTER)] == ["times"]
    assert reasons(a, d, WINTER) == ()
    assert [one.kind for one in reasons(c, d, WINTER)] == ["times"]


def test_a_language_that_both_named_weighs_more_than_all_else():
    everything = {"times": CELLS, "rhythm": "weekly", "topics": tuple(Topic.values), "outside": "rather"}  # fmt: skip
    one, other = person(work="x", **everything), person(work="y", **everything)
    talk = person(languages=("es",))

    assert weight(talk, talk) > weight(one, other)


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ({"languages": ("es",)}, {"languages": ("en", "es")}, True),
        ({"languages": ("es",)}, {"languages": ("en",)}, False),
        ({"languages": ("es",)}, {}, True),
        ({"work": "x", "outside": "only"}, {"work": "x"}, False),
        ({"work": "x"}, {"work": "x", "outside": "only"}, False),
        ({"work": "x", "outside": "rather"}, {"work": "x"}, True),
        ({"work": "x", "outside": "only"}, {"work": "y"}, True),
        ({"outside": "only"}, {}, True),
    ],
)
def test_who_may_meet(one, other, may):
    assert may_meet(person(**one), person(**other)) is may_meet(person(**other), person(**one)) is may  # fmt: skip


def test_reasons_in_words():
    assert words(Reason("times", ("0e", "3e"))) == ["Both free in the evening on: Monday, Thursday."]  # fmt: skip
    assert words(Reason("languages", ("es",))) == ["Both speak Spanish."]
    assert words(Reason("rhythm", ("weekly",))) == ["Both would check in every week."]
    assert words(Reason("topics", ("repair",))) == ["Both want to work on: repairing harm."]
    assert words(Reason("elsewhere", ("yes",))) == ["You do not work for the same organization."]


def test_that_the_other_wished_for_somebody_from_outside_is_not_told():
    mine, other = person(work="x"), person(work="y", outside="only")

    assert reasons(mine, other, WINTER) == ()
    assert [one.kind for one in reasons(other, mine, WINTER)] == ["elsewhere"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"times": "1e", "rhythm": 4}', '{"outside": []}', '{"topics": ["none"]}'])  # fmt: skip
def test_what_stands_in_no_choice_says_nothing(text):
    assert said_from(text) == Said()


def test_answers_come_back_as_they_were():
    said = Said(("1e",), ("en", "es"), "weekly", ("data",), "Ähm, “x”", "only")

    assert said_from(said.as_text()) == said
