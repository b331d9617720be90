"""What a member says about the buddy they wish for: as values, and as the JSON text that is sealed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from accountability.buddies.choices import Rhythm
from accountability.matching.choices import Outside, Part, Spoken, Topic, Weekday

#: Every field of the grid: a day and a part of it, such as `1e` for Tuesday evening.
CELLS: tuple[str, ...] = tuple(f"{day}{part}" for day in Weekday.values for part in Part.values)


@dataclass(frozen=True)
class Said:
    """Answers for matching, in the order in which they are asked. Empty ones say nothing and hinder nothing."""

    times: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    rhythm: str = ""
    topics: tuple[str, ...] = ()
    own_words: str = ""
    outside: str = Outside.ANY.value

    def as_text(self) -> str:
        """The JSON that is sealed."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def said_from(text: str) -> Said:
    """The answers of a JSON text. What no choice (any more) is left out; an empty text says nothing."""
    try:
        values = json.loads(text) if text else {}
    except ValueError:
        values = {}
    known = values if isinstance(values, dict) else {}
    outside, rhythm = known.get("outside"), known.get("rhythm")
    return Said(
        times=_among(known, "times", CELLS),
        languages=_among(known, "languages", Spoken.values),
        rhythm=str(rhythm) if rhythm in Rhythm.values else "",
        topics=_among(known, "topics", Topic.values),
        own_words=str(known.get("own_words", "")),
        outside=str(outside) if outside in Outside.values else Outside.ANY.value,
    )


def _among(values: dict[str, Any], name: str, choices: Any) -> tuple[str, ...]:
    chosen = values.get(name)
    return tuple(one for one in choices if isinstance(chosen, list) and one in chosen)
