"""The pages of cohorts on the desk, of a cohort that is over, and the ways there."""

from __future__ import annotations

from datetime import date
from typing import Any

from cohorts.actions import Facts, change_cohort, make_cohort
from cohorts.models import Cohort
from curriculum.models import ModulePage
from curriculum.planning import mark_of, plan_of, set_plan
from tests.browser.ways import Scene, Visit, at, press, route_of

DESK = "/backbone/cohorts/spring/"
PLACE = f"{DESK}people/{{cohort_place}}/"


def with_mistakes(page: Any, _scene: Scene) -> None:
    """The form of a new cohort that ends before it begins."""
    page.goto("/backbone/cohorts/new/")
    page.get_by_label("Name", exact=True).fill("Winter")
    page.locator("[name=starts_on]").fill("2027-03-01")
    page.locator("[name=ends_on]").fill("2027-02-01")
    press(page, "Make the cohort")


def two_who_change(page: Any, scene: Scene) -> None:
    """Both states, when another of the backbone changed a cohort meanwhile."""
    page.goto("/backbone/cohorts/autumn/edit/")
    row = Cohort.objects.get(slug="autumn")
    names = ("name", "slug", "starts_on", "ends_on")
    facts = Facts(**{name: getattr(row, name) for name in names}, purpose="The second group.")
    change_cohort(cohort=row, facts=facts, seen_revision=row.revision, by=scene.cast["lena"])
    press(page, "Save")


def two_who_plan(page: Any, scene: Scene) -> None:
    """Both plans, when another of the backbone planned meanwhile."""
    page.goto("/backbone/cohorts/autumn/plan/")
    row = Cohort.objects.get(slug="autumn")
    now = {line.module.pk: line.opens_on for line in plan_of(row, scene.cast["lena"])}
    first = ModulePage.objects.filter(pk__in=now).first()
    days = {first.pk: date(2026, 12, 7)} if first else {}
    set_plan(cohort=row, days=days, seen=mark_of(now), by=scene.cast["lena"])
    press(page, "Save the plan")


def planned_too_late(page: Any, _scene: Scene) -> None:
    """The days that somebody typed for a cohort that ended meanwhile."""
    Cohort.objects.create(slug="brief", name="Brief", starts_on=date(2026, 1, 5))
    page.goto("/backbone/cohorts/brief/plan/")
    Cohort.objects.filter(slug="brief").update(ends_on=date(2026, 2, 1))
    page.locator("[type=date]").first.fill("2027-02-01")
    press(page, "Save the plan")


def added(page: Any, _scene: Scene) -> None:
    """The people, after an address was typed."""
    page.goto(f"{DESK}people/")
    page.get_by_label("E-mail address of a member").fill("who@riverton.example")
    press(page, "Add to the cohort")


def written_too_late(page: Any, scene: Scene) -> None:
    """What somebody typed into a cohort that ended meanwhile."""
    late = make_cohort(
        facts=Facts("Late", "late", "", date(2026, 1, 5), None), by=scene.cast["ana"]
    )
    page.goto("/cohorts/late/")
    page.locator("[name=text]").fill("One word more.")
    Cohort.objects.filter(pk=late.pk).update(ends_on=date(2026, 2, 1))
    press(page, "Post to the cohort")


#: Name of the walk -> who walks, and where.
WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "cohort-desk": (
        "ana",
        (
            at("/backbone/cohorts/"),
            at("/backbone/cohorts/?when=coming", "cohorts-coming"),
            at("/backbone/cohorts/?when=past", "cohorts-past"),
            at("/backbone/cohorts/new/"),
            Visit("cohort-wrong", with_mistakes, route_of("/backbone/cohorts/new/")),
            at(DESK),
            at("/backbone/cohorts/pilot/", "cohort-desk-over"),
            at(f"{DESK}edit/"),
            Visit("cohort-conflict", two_who_change, route_of(f"{DESK}edit/"), 409),
            at(f"{DESK}again/"),
            at(f"{DESK}end/"),
            at("/backbone/cohorts/pilot/end/", "cohort-is-over"),
            at(f"{DESK}plan/"),
            at("/backbone/cohorts/pilot/plan/", "cohort-plan-over"),
            Visit("cohort-plan-conflict", two_who_plan, route_of(f"{DESK}plan/"), 409),
            Visit("cohort-planned-too-late", planned_too_late, route_of(f"{DESK}plan/"), 403),
            Visit("cohort-added", added, route_of(f"{DESK}people/")),
            at(f"{PLACE}facilitator/", "desk-facilitator"),
            at(f"{PLACE}end/", "desk-place-end"),
            at("/backbone/pairing/pilot/", "pairing-over"),
            at("/cohorts/pilot/", "cohort-over"),
            at("/cohorts/pilot/meetings/", "cohort-meetings-over"),
            Visit("cohort-written-too-late", written_too_late, "cohorts/<slug:slug>/announcements/", 403),
        ),
    ),
}  # fmt: skip
#: Addresses that are acts or files and no pages.
NO_PAGES: frozenset[str] = frozenset()
