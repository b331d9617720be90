"""The register and the doors: told once, asked often, and nothing falls out of order."""

import pytest

from core import doors, register
from core.register import Holding


def test_offers_answer_in_their_order_and_none_is_left_out(monkeypatch):
    monkeypatch.setattr(doors, "_offers", {})
    doors.offer("porch", lambda **_: "second", order=20)
    doors.offer("porch", lambda **_: None, order=15)

    def first(**given: str) -> str:
        return f"first for {given['guest']}"

    doors.offer("porch", first, order=10)
    doors.offer("porch", first, order=10)

    assert doors.ask("porch", guest="Ana") == ["first for Ana", "second"]


def test_a_door_that_nobody_offers_is_empty():
    assert doors.ask("no such door") == []


def test_two_holdings_of_one_name_are_refused(monkeypatch):
    monkeypatch.setattr(register, "_holdings", {})
    register.hold(Holding(name="shelf", models=("a.B",)))

    with pytest.raises(ValueError, match="'shelf' is registered already"):
        register.hold(Holding(name="shelf", models=("a.C",)))


@pytest.mark.django_db(databases=["default", "keys"])
def test_every_holding_exports_and_shows_each_person_of_the_cast(cast):
    for holding in register.holdings():
        for name in ("ana", "dev", "fay", "gus"):
            holding.export(cast[name])
            register.visible_of(cast[name], holding)


@pytest.mark.django_db(databases=["default", "keys"])
def test_erasing_may_be_run_again(cast):
    for _ in range(2):
        for holding in register.holdings():
            for step in holding.erase(cast["dev"]):
                step()
