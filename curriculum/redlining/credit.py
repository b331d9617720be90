"""Whom a map is owed to. A real map without a word about it comes from Mapping Inequality, whose license asks for credit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from curriculum.redlining.words import plain_text

LONGEST_CREDIT = 1_000
#: As the project asks to be named. The license allows no commercial use, and what is made from the maps keeps it.
MAPPING_INEQUALITY = (
    "Robert K. Nelson, LaDale Winling, Richard Marciano, Nathan Connolly, et al., “Mapping Inequality,” American "
    "Panorama, ed. Robert K. Nelson and Edward L. Ayers (Digital Scholarship Lab, University of Richmond), "
    "https://dsl.richmond.edu/panorama/redlining/ — CC BY-NC-SA 4.0"
)


def credit_of(collection: Mapping[str, Any], given: str, *, invented: bool) -> str:
    """The credit: what was `given`, else the file's own, else Mapping Inequality's; none for an invented town."""
    words = plain_text(
        given or collection.get("credit") or collection.get("attribution"), LONGEST_CREDIT
    )
    return words or credit_or_default("", invented=invented)


def credit_or_default(credit: str, *, invented: bool) -> str:
    """The credit as it is to be kept: a real map never goes without."""
    return credit or ("" if invented else MAPPING_INEQUALITY)
