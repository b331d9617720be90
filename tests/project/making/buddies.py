"""What the table of addresses names of buddies."""

from __future__ import annotations

from typing import Any

from accountability.buddies.actions import (
    ask_by_address,
    ask_listed,
    propose_agreement,
    set_openness,
)
from tests.accountability.buddies.story import terms
from tests.sweep.planting.kinds import pair_of


def made(cast: dict[str, Any]) -> dict[str, str]:
    """Dev and Elu are a pair, with a text that Elu wrote; a request of his to nobody, and one from Marisol, lapsed by it."""
    dev = cast["dev"]
    asked = ask_by_address(address="who@knows.example", words="", by=dev)
    set_openness(is_open=True, by=dev)
    come = ask_listed(member=dev, words="Shall we?", by=cast["marisol"])
    pair = pair_of(dev, cast["elu"])
    text = propose_agreement(pair=pair, terms=terms(), seen=None, by=cast["elu"])
    return {
        "pair": str(pair.pk),
        "agreement": str(text.pk),
        "buddy_request": str(asked.pk),
        "request_to_me": str(come.pk),
    }
