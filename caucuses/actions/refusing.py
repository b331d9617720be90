"""What an action raises that did nothing."""

from __future__ import annotations

from caucuses.choices import WhyNot


class Refused(Exception):
    """Nothing was done. `why` says it in words for the person."""

    def __init__(self, why: WhyNot) -> None:
        super().__init__(why.value)
        self.why = why
