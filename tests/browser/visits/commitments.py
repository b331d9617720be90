"""The pages of commitments, and the ways there."""

from __future__ import annotations

from typing import Any

from accountability.commitments.actions import (
    accept_witnessing,
    add_progress,
    edit_commitment,
    invite_witness,
    make_commitment,
    widen,
)
from accountability.commitments.models import Commitment
from accountability.commitments.texts import Text
from cohorts.models import Cohort
from tests.browser.ways import Scene, Visit, at, press
from tests.sweep.planting.kinds import pair_of

ONE = "commitments/<uuid:commitment_id>/"
HIRING = Text(
    will="Ask who is missing before every hiring panel meets, and wait until the table has changed.",
    by="The end of May",
    first_step="Write the question on the form that the panel signs.",
    know="The form asks, and two panels have been put together anew.",
    levels=("structural", "relational"),
)


def _open(page: Any, scene: Scene, name: str = "", row: str = "kept") -> None:
    page.goto(f"/commitments/{scene.found[row]}/{name}")


def full_list(page: Any, scene: Scene) -> None:
    """Dev's list, with everything that can stand on it."""
    dev, hana, jo = (scene.cast[name] for name in ("dev", "hana", "jo"))
    kept = make_commitment(by=dev, kind="commitment", text=HIRING)
    witness = invite_witness(by=dev, commitment=kept, member=hana)
    accept_witnessing(by=hana, witness=witness)
    add_progress(by=dev, commitment=kept, sentence="The form asks now.", state="moving")
    add_progress(by=dev, commitment=kept, sentence="One chair spoke over somebody, and so did I. I have asked her what she needs.", state="repairing")  # fmt: skip
    edit_commitment(by=dev, commitment=kept, text=Text("Ask who is missing.", levels=("structural",)), seen=1)  # fmt: skip
    asking = make_commitment(by=jo, kind="stand", text=HIRING)
    invite_witness(by=jo, commitment=asking, member=dev)
    for circle in ("cohort", "public"):
        row = make_commitment(by=dev, kind="acknowledgment", text=HIRING)
        cohort = Cohort.objects.get(slug="spring") if circle == "cohort" else None
        widen(by=dev, commitment=row, circle=circle, seen=1, cohort=cohort)
        add_progress(by=dev, commitment=row, sentence="We have begun.", state="moving", publishes=True)  # fmt: skip
        scene.found[circle] = row.pk
    scene.found |= {"kept": kept.pk, "asking": asking.pk}
    page.goto("/commitments/")


def wrong_form(page: Any, _scene: Scene) -> None:
    """Nothing was filled in."""
    page.goto("/commitments/new/")
    press(page, "Save")


def two_tabs(page: Any, scene: Scene) -> None:
    """It was reworded in another tab."""
    _open(page, scene, "edit/")
    row = Commitment.objects.get(pk=scene.found["kept"])
    other = Text("Ask it aloud.", levels=("personal",))
    edit_commitment(by=scene.cast["dev"], commitment=row, text=other, seen=row.version)
    page.locator("[name=will]").fill("Ask it in writing.")
    press(page, "Save")


def widening(page: Any, scene: Scene) -> None:
    """The one more question."""
    _open(page, scene, "audience/")
    page.locator("[name=circle][value=public]").check()
    press(page, "Go on")


def as_witness(page: Any, scene: Scene) -> None:
    """Both texts, for who witnesses it."""
    jo, dev = scene.cast["jo"], scene.cast["dev"]
    row = Commitment.objects.get(pk=scene.found["asking"])
    accept_witnessing(by=dev, witness=row.witnesses.get(member=dev))
    edit_commitment(by=jo, commitment=row, text=Text("Ask aloud.", levels=("personal",)), seen=1)
    _open(page, scene, row="asking")


def beside_buddy(page: Any, scene: Scene) -> None:
    """Read as the buddy of its owner."""
    elu, dev = scene.cast["elu"], scene.cast["dev"]
    pair_of(dev, elu)
    row = make_commitment(by=elu, kind="commitment", text=HIRING)
    widen(by=elu, commitment=row, circle="buddy", seen=1)
    page.goto(f"/commitments/{row.pk}/")


def _to(name: str, row: str = "kept") -> Any:
    return lambda page, scene: _open(page, scene, name, row)


#: Name of the walk -> who walks, and where.
WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "commitments": (
        "dev",
        (
            Visit("commitments", full_list, "commitments/"),
            Visit("commitment", _to(""), ONE), Visit("commitment-cohort", _to("", "cohort"), ONE),
            Visit("commitment-asked", _to("", "asking"), ONE), at("/commitments/new/", "commitment-new"),
            at("/commitments/new/?kind=acknowledgment", "acknowledgment-new"),
            Visit("commitment-wrong", wrong_form, "commitments/new/"), Visit("commitment-edit", _to("edit/"), f"{ONE}edit/"),
            Visit("commitment-delete", _to("delete/"), f"{ONE}delete/"),
            Visit("commitment-progress", _to("progress/"), f"{ONE}progress/"), Visit("commitment-later", _to("later/"), f"{ONE}later/"),
            Visit("commitment-witnesses", _to("witnesses/"), f"{ONE}witnesses/"),
            Visit("commitment-audience", _to("audience/"), f"{ONE}audience/"),
            Visit("commitment-widen", widening, f"{ONE}audience/"), Visit("commitment-two-tabs", two_tabs, f"{ONE}edit/", 409),
            Visit("commitment-witness", as_witness, ONE), Visit("commitment-buddy", beside_buddy, ONE),
            at("/commitments/cohort/spring/", "commitments-cohort"), at("/commitments/roles/"), at("/commitments/roles/new/"),
            at("/commitments/roles/{commitment_role}/", "commitment-role"),
        ),
    ),
    "statements": (
        None,
        (at("/commitments/public/"), at("/commitments/public/?q=zebra", "statements-none"), at("/commitments/public/{statement}/", "statement")),
    ),
}  # fmt: skip
#: Addresses that are acts or files and no pages.
NO_PAGES: frozenset[str] = frozenset(
    {
        "commitments/public/feed.atom", "commitments/roles/<uuid:role_id>/hand-on/", "commitments/roles/<uuid:role_id>/answer/",
        f"{ONE}take-on/", f"{ONE}witness/", f"{ONE}witnesses/<uuid:witness_id>/remove/",
    }
)  # fmt: skip
