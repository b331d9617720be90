"""The arithmetic of docs/scale.md, with numbers that can be reckoned in the head."""

import pytest

from bench import scale
from bench.scale import Measured

KINDS = ("web", "database", "store", "balancer", "worker")
#: Each request costs a web machine 6 ms, the database 3 ms, everything else 0.6 ms; 100 writes, 10 mails a second.
FOUND = Measured(
    costs={name: {"web": 6.0, "database": 3.0} | dict.fromkeys(KINDS[2:], 0.6) for name in scale.KINDS},
    password_ms=0.0,
    writes_a_second=100.0,
    mails_a_second=10.0,
    count_seconds=0.1,
    stored_of_typed=1.5,
)  # fmt: skip


def test_requests_follow_from_who_is_there():
    """A tenth of 10 000 members, each every 20 seconds."""
    assert scale.a_second(10_000) == 50


def test_processors_follow_from_requests_and_from_what_one_costs():
    """50 requests of 6 ms are three tenths of a processor, and of each no more than six tenths are used."""
    assert scale.processors(FOUND, "web", 10_000) == pytest.approx(0.5)
    assert scale.processors(FOUND, "database", 10_000) == pytest.approx(0.25)
    assert scale.processors(FOUND, "web", 100_000) == pytest.approx(5)


def test_passwords_are_hashed_on_web_machines():
    """10 000 members: 500 in an hour, each 720 ms, are a tenth of a processor."""
    found = Measured(**{**vars(FOUND), "password_ms": 720.0})

    assert scale.processors(found, "web", 10_000) == pytest.approx(0.5 + 0.1 / 0.6)
    assert scale.processors(found, "database", 10_000) == pytest.approx(0.25)


def test_one_web_machine_may_be_away_and_each_process_has_its_connections():
    assert [scale.webs(FOUND, many) for many in scale.SIZES] == [2, 4, 26]
    assert scale.connections(FOUND, 100_000) == 4 * 2 * 6 * 2 + 2 * 4


def test_mail_counting_and_room_follow_from_the_number_of_members():
    assert scale.digest_hours(FOUND, 36_000) == pytest.approx(1)
    assert scale.count_minutes(FOUND, 30_000) == pytest.approx(1)
    assert scale.gigabytes(FOUND, 1_000) == pytest.approx((300 + 52 + 100 + 150) * 1.5 / 1_000)


def test_what_is_used_up_comes_in_turn_and_each_size_names_what_is_behind_and_what_is_next():
    """One machine carries 2 / (0.5 + 0.25 + 3 * 0.05) times 10 000 members; one worker sends 10 mails a second for four hours."""
    in_turn = scale.limits(FOUND)
    said = scale.breaks(FOUND)

    assert [one.members for one in in_turn] == sorted(one.members for one in in_turn)
    assert in_turn[0].what == "one machine with two processors for everything"
    assert in_turn[0].members == pytest.approx(2 / 0.9 * 10_000)
    assert {one.members for one in in_turn if "a digest" in one.what} == {144_000}
    assert (
        "- **10 000 members**: nothing of this is used up. The next is one machine with two" in said
    )
    assert (
        "- **100 000 members**: first one machine with two processors for everything is not enough"
        in said
    )


def test_without_a_measurement_the_page_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(scale, "MACHINES", tmp_path / "machines.json")
    scale.MACHINES.write_text("{}")

    said = scale.parts()

    assert set(said.values()) == {"Not measured yet.", "Not measured."}
    assert set(said) == {"costs", "sizes", "limits", "breaks", "carrying"}
