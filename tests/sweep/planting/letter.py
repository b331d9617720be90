"""What Dev types in the room of the letter. What was signed is for others to read: only what is not saved is nobody's."""

from __future__ import annotations

from tests.sweep.planting.kinds import Page, Plant, Use

PLANTS: dict[str, Plant] = {}
#: Dev's own pages, and the words that stand on each.
PAGES: tuple[Page, ...] = ()
_PLEDGES: dict[str, str | list[str]] = {
    f"{part}_{number}": "{word}" for part in ("process", "outcome") for number in (1, 2, 3)
}
_DAYS: dict[str, str | list[str]] = {f"{name}_on": "{day}" for name in _PLEDGES}
#: Pledges with a day that has passed, or none, and with a version that there is not.
USES: tuple[Use, ...] = (
    Use(
        "letter:organization_sign",
        data={**_PLEDGES, **_DAYS, "process_1_on": "2001-01-01"},
        expects=200,
    ),
    Use("letter:organization_sign", data=_PLEDGES, expects=200),
    Use("letter:organization_sign", data={**_PLEDGES, **_DAYS, "version": "999"}, expects=404),
)
#: Label of a model -> who of the cast, besides Dev, may find its words.
READERS: dict[str, frozenset[str]] = {}
