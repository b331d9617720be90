"""The pages of people on the desk, and the ways there."""

from __future__ import annotations

from typing import Any

from accounts.actions import end_role
from accounts.bodies import change_body, mark_of
from accounts.models import Body, Role, Suspension
from accounts.suspending import confirm_suspension
from home.demo.initiative import PASSWORD, email_of
from tests.browser.ways import Scene, Visit, at, press

PEOPLE = "/backbone/people/"
ROUTE = "backbone/people/<uuid:member_id>/"
COMMITTEE = "/backbone/bodies/steering-committee/"
DEV, ASKED = f"{PEOPLE}{{desk_person}}/", f"{PEOPLE}{{desk_asked}}/"


def role_without_reason(page: Any, scene: Scene) -> None:
    """The form of a role, sent with nothing in it."""
    page.goto(f"{DEV}roles/".format(**scene.made))
    press(page, "Give the role")


def suspension_without_reason(page: Any, scene: Scene) -> None:
    """The form that asks for a suspension, sent with nothing in it."""
    page.goto(f"{DEV}suspend/".format(**scene.made))
    press(page, "Ask a second one to confirm it")


def no_cohort_chosen(page: Any, scene: Scene) -> None:
    """A person's page with an error in its own form."""
    page.goto(DEV.format(**scene.made))
    press(page, "Let them facilitate this cohort")


def two_who_change_a_body(page: Any, scene: Scene) -> None:
    """Both texts, when another of the backbone changed a body meanwhile."""
    page.goto(COMMITTEE)
    body = Body.objects.get(slug="steering-committee")
    change_body(body=body, name=body.name, purpose="Decides on words.", seen=mark_of(body), by=scene.cast["lena"])  # fmt: skip
    page.locator("[name=purpose]").fill("Decides together.")
    press(page, "Save")


def role_that_another_ended(page: Any, scene: Scene) -> None:
    """What was typed as the reason for ending a role that another one ended a moment before."""
    page.goto(f"{PEOPLE}{{desk_editor}}/roles/{{desk_role}}/end/".format(**scene.made))
    role = Role.objects.get(pk=scene.made["desk_role"])
    end_role(role=role, reason="The work is done.", by=scene.cast["lena"])
    page.locator("[name=reason]").fill("They asked for it.")
    press(page, "End the role")


def suspended(page: Any, scene: Scene) -> None:
    """What somebody reads at the door whose account was closed."""
    row = Suspension.objects.get(pk=scene.made["suspension"])
    confirm_suspension(suspension=row, by=scene.cast["ana"])
    page.goto("/account/login/")
    page.get_by_label("Email").fill(email_of("paul"))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")


def data_of_suspended(page: Any, _scene: Scene) -> None:
    """From there to one's own copy."""
    page.get_by_role("link", name="My data").click()


def leaving_suspended(page: Any, _scene: Scene) -> None:
    """And to the page on which they leave."""
    page.get_by_role("link", name="Leave the initiative").click()


#: Name of the walk -> who walks, and where.
WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "people": (
        "ana",
        (
            at(PEOPLE),
            at(f"{PEOPLE}?q=zzzz", "people-nobody"),
            at(DEV),
            at(ASKED, "person-asked"),
            at(f"{PEOPLE}{{desk_editor}}/", "person-editor"),
            Visit("person-wrong", no_cohort_chosen, f"{ROUTE}facilitates/"),
            at(f"{DEV}roles/"),
            Visit("role-wrong", role_without_reason, f"{ROUTE}roles/"),
            at(f"{PEOPLE}{{desk_editor}}/roles/{{desk_role}}/end/"),
            at(f"{DEV}seats/"),
            at(f"{DEV}suspend/"),
            Visit("suspend-wrong", suspension_without_reason, f"{ROUTE}suspend/"),
            at(f"{ASKED}suspend/", "suspend-asked"),
            at("/backbone/bodies/"),
            at("/backbone/bodies/new/"),
            at(COMMITTEE),
            Visit("body-conflict", two_who_change_a_body, "backbone/bodies/<slug:slug>/", 409),
            Visit(
                "role-ended-meanwhile",
                role_that_another_ended,
                f"{ROUTE}roles/<uuid:role_id>/end/",
                409,
            ),
        ),
    ),
    "suspended": (
        None,
        (
            Visit("suspended", suspended, "account/inactive/"),
            Visit("suspended-data", data_of_suspended, "account/inactive/data/"),
            Visit("suspended-leave", leaving_suspended, "account/inactive/leave/"),
        ),
    ),
}
#: Addresses that are acts or files and no pages.
NO_PAGES: frozenset[str] = frozenset(
    {
        "account/inactive/data/file/",
        f"{ROUTE}seats/<uuid:seat_id>/end/",
        f"{ROUTE}facilitates/<slug:slug>/end/",
        f"{ROUTE}suspensions/<uuid:suspension_id>/",
    }
)
