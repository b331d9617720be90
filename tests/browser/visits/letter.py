"""The pages of letter, and the ways there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from accountability.letter.actions import publish, save_draft
from accountability.letter.models import LetterVersion
from tests.browser.ways import Scene, Visit, at, press, route_of

SIGN, ORGANIZATION = "/commitments/letter/sign/", "/commitments/letter/organization/"
SIGNATURE = "/commitments/letter/signatures/{signature}/"
OURS = "/commitments/letter/signatures/{organization_signature}/"
WRITE, PUBLISH = "/backbone/letter/write/", "/backbone/letter/publish/"


def _publish(scene: Scene) -> None:
    """Ana publishes what is on the desk."""
    draft = LetterVersion.objects.drafts().first()
    if draft is None:
        texts = {"process": "We ask twice.", "outcome": "It changes.", "what_changed": "We ask."}
        draft = save_draft(**texts, seen="", by=scene.cast["ana"])
    publish(seen=draft.mark, by=scene.cast["ana"])


def newer_for_one(page: Any, scene: Scene) -> None:
    """Both versions, when a newer one was published while somebody signed."""
    page.goto(SIGN)
    _publish(scene)
    press(page, "Sign this version")


def newer_for_us(page: Any, scene: Scene) -> None:
    """The same for an organization: what was typed stands below both."""
    page.goto(ORGANIZATION)
    soon = (date.today() + timedelta(days=60)).isoformat()
    for part in ("process", "outcome"):
        page.locator(f"[name={part}_1]").fill("Count with the families.")
        page.locator(f"[name={part}_1_on]").fill(soon)
    _publish(scene)
    press(page, "Sign, and ask a second person")


def with_mistakes(page: Any, _scene: Scene) -> None:
    """The form of an organization, sent with nothing in it."""
    page.goto(ORGANIZATION)
    press(page, "Sign, and ask a second person")


def previewed(page: Any, _scene: Scene) -> None:
    """The draft as it will look."""
    page.goto(WRITE)
    page.get_by_label("Process").fill("We ask **first**.")
    press(page, "Preview")


def two_drafts(page: Any, scene: Scene) -> None:
    """Two texts of one draft, when another of the backbone saved meanwhile."""
    page.goto(WRITE)
    draft = LetterVersion.objects.drafts().get()
    texts = {"process": "We ask first.", "outcome": "It changes.", "what_changed": "Clearer."}
    save_draft(**texts, seen=draft.mark, by=scene.cast["lena"])
    page.get_by_label("Process").fill("We ask last.")
    press(page, "Save the draft")


#: Name of the walk -> who walks, and where.
WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "letter": (
        None,
        (at("/commitments/letter/"), at("/commitments/letter/versions/"), at("/commitments/letter/versions/1/")),
    ),
    "letter-signer": (
        "dev",
        (
            at("/commitments/letter/", "letter-mine"),
            at(OURS, "letter-ours"),
            at(f"{SIGNATURE}withdraw/", "letter-withdraw"),
            at(f"{OURS}withdraw/", "letter-ours-withdraw"),
            at(ORGANIZATION, "letter-organization-change"),
        ),
    ),
    "letter-organization": (
        "ben",
        (
            at(ORGANIZATION),
            Visit("letter-organization-wrong", with_mistakes, route_of(ORGANIZATION)),
            Visit("letter-organization-newer", newer_for_us, route_of(ORGANIZATION), 409),
        ),
    ),
    "letter-newer": (
        "fay",
        (at(SIGN), Visit("letter-sign-newer", newer_for_one, route_of(SIGN), 409)),
    ),
    "letter-desk": (
        "ana",
        (
            at("/backbone/", "letter-desk-front"),
            at("/backbone/letter/"),
            at(WRITE),
            Visit("letter-preview", previewed, route_of(WRITE)),
            at(PUBLISH),
            at("/backbone/letter/discard/"),
            Visit("letter-two-drafts", two_drafts, route_of(WRITE), 409),
        ),
    ),
}  # fmt: skip
#: Addresses that are acts or files and no pages.
NO_PAGES: frozenset[str] = frozenset(
    {
        "commitments/letter/signatures.csv",
        "commitments/letter/changes.atom",
        *(
            f"commitments/letter/signatures/<uuid:signature_id>/{act}/"
            for act in ("name", "confirm", "return")
        ),
    }
)
