"""The pages of pulses, and the ways there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from backbone.pulse.actions import close_pulse
from backbone.pulse.models import Pulse
from core.clock import today_here
from tests.browser.ways import Scene, Visit, at, press, route_of

HOME = "/cohorts/spring/pulse/"
RESULT = f"{HOME}{{closed_pulse}}/"


def not_chosen(page: Any, _scene: Scene) -> None:
    """The questions, sent with one of them left out."""
    page.goto(HOME)
    page.get_by_label("Mostly").check()
    press(page, "Send my answers")


def answered(page: Any, _scene: Scene) -> None:
    """The same, and then the other one too."""
    page.goto(HOME)
    page.get_by_label("Mostly").check()
    page.get_by_label("I would rather not say").last.check()
    press(page, "Send my answers")


def with_mistakes(page: Any, _scene: Scene) -> None:
    """A pulse with one answer and no second question."""
    _a_week_after_the_last()
    page.goto(f"{HOME}new/")
    page.locator("[name=question_1]").fill("Is the pace right for you?")
    page.locator("[name=answers_1]").fill("Yes")
    press(page, "Open the pulse")


def previewed(page: Any, _scene: Scene) -> None:
    """A pulse as it will stand."""
    page.goto(f"{HOME}new/")
    page.locator("[name=question_1]").fill("Is the pace right for you?")
    page.locator("[name=answers_1]").fill("Yes\nNo")
    press(page, "Preview")


def _a_week_after_the_last() -> None:
    """Time passes: the open one is closed, long ago."""
    pulse = Pulse.objects.filter(closed_on__isnull=True).first()
    if pulse is not None:
        close_pulse(pulse=pulse, by=None)
    long_ago = today_here() - timedelta(days=20)
    Pulse.objects.update(
        opened_on=long_ago,
        closes_on=long_ago + timedelta(days=3),
        closed_on=long_ago + timedelta(days=4),
    )


#: Name of the walk -> who walks, and where.
WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "pulse": (
        "dev",
        (
            at(HOME, "pulse-to-answer"),
            Visit("pulse-not-chosen", not_chosen, route_of(HOME)),
            Visit("pulse-answered", answered, route_of(HOME)),
            at(RESULT, "pulse-result"),
        ),
    ),
    "pulse-run": (
        "mo",
        (
            at(HOME, "pulse-facilitator"),
            at(f"{HOME}new/", "pulse-not-now"),
            at(f"{HOME}close/", "pulse-close"),
            Visit("pulse-wrong", with_mistakes, route_of(f"{HOME}new/")),
            Visit("pulse-preview", previewed, route_of(f"{HOME}new/")),
            at(HOME, "pulse-none"),
        ),
    ),
}
#: Addresses that are acts or files and no pages.
NO_PAGES: frozenset[str] = frozenset(
    f"cohorts/<slug:slug>/pulse/<uuid:pulse_id>.{kind}" for kind in ("csv", "json")
)
