"""The terms of a caucus: what its agreement fixes beside the text. Stored as JSON, sealed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from caucuses.choices import WAIT_DAYS, Joining, Keeping


@dataclass(frozen=True)
class Terms:
    """Name and purpose, the way in, whether the door is shown, how long words are kept, how long a note stays inside.

    `cohort` is the cohort with whose end everything goes, for `Keeping.COHORT` alone. `wait_days` is a number of days.
    """

    name: str
    purpose: str
    joining: Joining
    is_listed: bool = False
    keeping: Keeping = Keeping.KEEP
    cohort: UUID | None = None
    wait_days: int = WAIT_DAYS[1]

    def to_json(self) -> str:
        """As it is sealed."""
        values: dict[str, Any] = asdict(self)
        values["cohort"] = str(self.cohort) if self.cohort else None
        return json.dumps(values)

    @classmethod
    def from_json(cls, text: str) -> Terms:
        """What `to_json` made. Raises ValueError or KeyError for anything else."""
        values = json.loads(text)
        cohort = values.get("cohort")
        return cls(
            name=values["name"],
            purpose=values["purpose"],
            joining=Joining(values["joining"]),
            is_listed=bool(values["is_listed"]),
            keeping=Keeping(values["keeping"]),
            cohort=UUID(cohort) if cohort else None,
            wait_days=int(values["wait_days"]),
        )
