"""What the page says on which a member leaves: lines that each room adds at the door `leaving`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise


class When(StrEnum):
    """The three parts of the page."""

    NOW = "now"
    LATER = "later"  # when the seven days are over
    STAYS = "stays"


@dataclass(frozen=True)
class Remark:
    """One line: when it holds, what happens, and where something can be done about it before."""

    when: When
    words: str | Promise
    url: str = ""
    label: str | Promise = ""
