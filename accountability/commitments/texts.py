"""What a commitment says, as one value; the JSON in which levels and lesson are sealed; the labels of each kind."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accountability.commitments.choices import Kind, Level
from core.text import strip_control

LONGEST = 2_000  # characters of one part
LONGEST_BY = 160
#: In the order of the sentence: I will … by … ; my first step is … ; I will know because …
PARTS = ("will", "by", "first_step", "know")

#: What each part is called, by kind.
LABELS: dict[str, dict[str, Promise]] = {
    Kind.COMMITMENT: {
        "will": _("I will"),
        "first_step": _("My first step is"),
        "know": _("I will know because"),
        "by": _("By"),
    },
    Kind.STAND: {
        "will": _("The stand I take"),
        "first_step": _("What I do because of it"),
        "know": _("How others can see it"),
        "by": _("From when on"),
    },
    Kind.ACKNOWLEDGMENT: {
        "will": _("The harm that was done"),
        "first_step": _("How it is being repaired"),
        "know": _("How those who were harmed will know"),
        "by": _("By"),
    },
}


@dataclass(frozen=True)
class About:
    """The lesson that prompted it, as it was then: its lasting key, title and address."""

    key: str
    words: str
    url: str = ""


@dataclass(frozen=True)
class Text:
    """Everything that is promised."""

    will: str
    first_step: str = ""
    know: str = ""
    by: str = ""
    levels: tuple[str, ...] = ()

    def sealed_values(self) -> dict[str, str]:
        """The values of the sealed fields of a commitment or a wording."""
        return {
            "will": self.will,
            "first_step": self.first_step,
            "know": self.know,
            "by": self.by,
            "levels": json.dumps(self.levels),
        }


def text_of(row: Any) -> Text:
    """The text of a commitment or a wording. Raises CannotOpen when part of it cannot be opened."""
    return Text(
        str(row.will), str(row.first_step), str(row.know), str(row.by), levels_of(row.levels)
    )


def levels_of(packed: str) -> tuple[str, ...]:
    """The levels as they are sealed in one field."""
    return tuple(json.loads(packed)) if packed else ()


def about_of(packed: str) -> About | None:
    """The lesson as it is sealed in one field."""
    return About(**json.loads(packed)) if packed else None


def packed_about(about: About | None) -> str:
    """The lesson for its sealed field."""
    return json.dumps(asdict(about), ensure_ascii=False) if about else ""


def cleaned(words: str) -> str:
    """Typed words without what no reader sees, and without blanks around them."""
    return strip_control(words).strip()


def level_labels(levels: Iterable[str]) -> list[str]:
    """The levels in words; one that this release does not know stands as it was written."""
    known = dict(Level.choices)
    return [str(known.get(level, level)) for level in levels]


def labels_of(kind: str) -> dict[str, Promise]:
    """What each part of this kind is called."""
    return LABELS.get(kind, LABELS[Kind.COMMITMENT])
