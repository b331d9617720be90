"""The pages of matching, and the ways there."""

from __future__ import annotations

from typing import Any

from accountability.buddies.models import Place
from accountability.matching.actions import (
    ask_for_preview,
    decline_match,
    save_answers,
    start_round,
    want_round,
)
from accountability.matching.models import Answers, MatchSeat
from accountability.matching.said import Said
from cohorts.models import Cohort, Membership
from core.tasks import work_off
from tests.browser.ways import Scene, Visit, at, press

ANSWERS = "/buddy/matching/"
MATCH = "/buddy/matching/match/{match_seat}/"
PAIRING = "/backbone/pairing/spring/"
PAIRING_ROUTE = "backbone/pairing/<slug:slug>/"


def answers_conflict(page: Any, scene: Scene) -> None:
    """Two sets of answers, when others were saved meanwhile."""
    page.goto(ANSWERS)
    page.get_by_label("A note to yourself").fill("Somebody who asks twice.")
    _wish(scene, "dev", Said(times=("1e", "3e"), languages=("en",)))
    press(page, "Save")


def names_listed(page: Any, _scene: Scene) -> None:
    """A name on the list, as it was written."""
    page.goto(f"{ANSWERS}not-this-person/")
    page.get_by_label("Or write names, one in each line").fill("Nobody Here")
    press(page, "Add to my list")


def match_over(page: Any, scene: Scene) -> None:
    """A match to which the other said no."""
    other = MatchSeat.objects.exclude(pk=scene.made["match_seat"]).get(
        match__seats=scene.made["match_seat"]
    )
    decline_match(by=scene.cast["chioma"], seat=other)
    page.goto(MATCH.format(**scene.made))


def preview_waits(page: Any, scene: Scene) -> None:
    """A preview that the worker has not made yet."""
    _all_wish(5)
    ask_for_preview(cohort=_spring(), by=scene.cast["ana"])
    page.goto(PAIRING)


def preview_of_few(page: Any, _scene: Scene) -> None:
    """The numbers of a preview."""
    work_off()
    page.goto(PAIRING)


def preview_made(page: Any, scene: Scene) -> None:
    """The names of a preview."""
    _all_wish(11)
    ask_for_preview(cohort=_spring(), by=scene.cast["ana"])
    work_off()
    page.goto(PAIRING)


def round_under_way(page: Any, scene: Scene) -> None:
    """A round that the worker is at."""
    start_round(cohort=_spring(), by=scene.cast["ana"])
    page.goto(PAIRING)


def _all_wish(many: int) -> None:
    """So many of the cohort have no buddy and wait for one."""
    rows = Membership.objects.current().filter(cohort=_spring()).select_related("member")
    members = [row.member for row in rows.order_by("member__chosen_name")[:many]]
    Place.objects.filter(member__in=members).delete()
    MatchSeat.objects.filter(member__in=members).delete()
    for member in members:
        want_round(by=member, wanted=True)


def _wish(scene: Scene, name: str, said: Said) -> None:
    row = Answers.objects.filter(member=scene.cast[name]).first()
    seen = row.version if row else 0
    save_answers(by=scene.cast[name], said=said, note="", wanted=True, seen=seen)


def _spring() -> Cohort:
    return Cohort.objects.get(slug="spring")


#: Name of the walk -> who walks, and where.
WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "matching": (
        "dev",
        (
            at(ANSWERS),
            Visit("answers-conflict", answers_conflict, "buddy/matching/", 409),
            at(f"{ANSWERS}not-this-person/"),
            Visit("names-listed", names_listed, "buddy/matching/not-this-person/"),
            at("/today/", "today-match"),
            at(MATCH, "match"),
            Visit("match-over", match_over, "buddy/matching/match/<uuid:seat_id>/"),
        ),
    ),
    "pairing": (
        "ana",
        (
            at("/backbone/", "desk"),
            at("/backbone/pairing/"),
            at(PAIRING, "pairing-nobody"),
            Visit("preview-waits", preview_waits, PAIRING_ROUTE),
            Visit("preview-of-few", preview_of_few, PAIRING_ROUTE),
            Visit("preview-made", preview_made, PAIRING_ROUTE),
            Visit("round-under-way", round_under_way, PAIRING_ROUTE),
        ),
    ),
}
#: Addresses that are acts or files and no pages.
NO_PAGES: frozenset[str] = frozenset(
    {
        "buddy/matching/next-round/",
        "buddy/matching/not-this-person/<uuid:limit_id>/remove/",
        "buddy/matching/match/<uuid:seat_id>/accept/",
        "buddy/matching/match/<uuid:seat_id>/decline/",
        "backbone/pairing/<slug:slug>/preview/",
        "backbone/pairing/<slug:slug>/start/",
    }
)
