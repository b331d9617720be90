"""What the organizer's page shows of a cohort: numbers, the state of rounds, and the names of a preview of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accountability.matching.actions.previews import previews_left
from accountability.matching.choices import LEAST_PREVIEWED
from accountability.matching.models import Preview, Round
from accountability.matching.people import waiting_in
from accountability.matching.permissions import previews_visible_to, rounds_visible_to
from accountability.matching.reading import Found, found_in
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen


@dataclass(frozen=True)
class Desk:
    """A cohort on the organizer's page. `preview` is their own last one, of after the last round.

    While few wait, the page says so and no number: it would tell after a round whether the two who waited were matched.
    """

    cohort: Any
    waiting: int
    left: int
    running: Round | None
    last: Round | None
    preview: Preview | None
    found: Found | None
    is_shut: bool = False

    @property
    def has_few(self) -> bool:
        """Whether so few wait that nothing more is said of them."""
        return self.waiting < LEAST_PREVIEWED

    @property
    def is_busy(self) -> bool:
        """Whether the worker is at something."""
        return self.running is not None or (self.preview is not None and self.preview.is_running)


def desk_of(user: Any, cohort: Any) -> Desk:
    """How the cohort stands for this organizer."""
    newest = rounds_visible_to(user).filter(cohort=cohort).order_by("-number").first()
    running = newest if newest is not None and newest.is_running else None
    previews = previews_visible_to(user).filter(cohort=cohort)
    if newest is not None:
        previews = previews.filter(asked_at__gt=newest.started_at)
    preview = previews.order_by("-asked_at").first()
    found, is_shut = _opened(preview)
    return Desk(
        cohort=cohort,
        waiting=waiting_in(cohort).count(),
        left=previews_left(cohort),
        running=running,
        last=None if running else newest,
        preview=preview,
        found=found,
        is_shut=is_shut,
    )


def _opened(preview: Preview | None) -> tuple[Found | None, bool]:
    if preview is None or preview.is_running:
        return None, False
    try:
        return found_in(preview), False
    except CannotOpen:
        could_not_open(preview)
        return None, True
