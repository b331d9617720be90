"""The pages of bringback, and the ways there."""

from __future__ import annotations

from typing import Any

from caucuses.bringback.models import Note
from tests.browser.ways import Scene, Visit, at, press

HERE = "/caucuses/{caucus}/notes/"
NOTE, OUT = HERE + "{note}/", HERE + "{out_note}/"
STANDS = "/cohorts/spring/notes/{released}/"
ROUTE = "caucuses/<uuid:caucus_id>/notes/"
ONE = f"{ROUTE}<uuid:note_id>/"
OUTSIDE = "cohorts/<slug:slug>/notes/<uuid:released_id>/"


def _two_tabs(page: Any, address: str, field: str, button: str) -> None:
    """Two tabs change one text, and the second one saves."""
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    for tab, words in ((other, "From the phone."), (page, "From the desk.")):
        tab.get_by_label(field).fill(words)
        with tab.expect_navigation():
            tab.get_by_role("button", name=button, exact=True).click()
    other.close()


def two_notes(page: Any, scene: Scene) -> None:
    """The note was worded anew meanwhile."""
    _two_tabs(page, (NOTE + "edit/").format(**scene.made), "What you say", "Save")


def two_replies(page: Any, scene: Scene) -> None:
    """The reply was changed meanwhile."""
    address = (STANDS + "replies/{note_reply}/edit/").format(**scene.made)
    _two_tabs(page, address, "Your reply", "Save")


def previewed(page: Any, scene: Scene) -> None:
    """How a note would look."""
    page.goto((HERE + "write/").format(**scene.made))
    page.get_by_label("What you say").fill("We ask for **silence** first.")
    press(page, "See how it will look")


def nothing_said(page: Any, scene: Scene) -> None:
    """Holding a note without a word."""
    page.goto((NOTE + "hold/").format(**scene.made))
    press(page, "Hold it")


def held(page: Any, scene: Scene) -> None:
    """A note that is held."""
    page.goto((NOTE + "hold/").format(**scene.made))
    page.get_by_label("What should be talked about").fill("Let us say *why* first.")
    press(page, "Hold it")


def too_late(page: Any, scene: Scene) -> None:
    """Holding a note that has gone out a moment before."""
    page.goto((NOTE + "hold/").format(**scene.made))
    Note.objects.filter(pk=scene.made["note"]).update(state="released")
    page.get_by_label("What should be talked about").fill("Wait, please.")
    press(page, "Hold it")
    Note.objects.filter(pk=scene.made["note"]).update(state="inside")


#: Name of the walk -> who walks, and where.
WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "bring-back": (
        "dev",
        (
            at(HERE, "notes"),
            at(HERE + "write/", "note-write"),
            Visit("note-previewed", previewed, f"{ROUTE}write/"),
            at(NOTE, "note"),
            at(NOTE + "edit/", "note-edit"),
            at(NOTE + "wordings/", "note-wordings"),
            at(NOTE + "give-up/", "note-give-up"),
            at(NOTE + "hold/", "note-hold"),
            Visit("note-hold-nothing-said", nothing_said, f"{ONE}hold/"),
            Visit("note-held", held, ONE),
            Visit("note-two-texts", two_notes, f"{ONE}edit/", 409),
            at(OUT, "note-out"),
            Visit("note-out-too-late", too_late, f"{ONE}hold/", 409),
            at(OUT + "take-back/", "note-take-back"),
            at("/cohorts/spring/", "cohort-with-a-note"),
            at(STANDS, "note-outside"),
            at(STANDS + "replies/{note_reply}/edit/", "note-reply-edit"),
            at(STANDS + "replies/{note_reply}/delete/", "note-reply-delete"),
            Visit("note-two-replies", two_replies, f"{OUTSIDE}replies/<uuid:reply_id>/edit/", 409),
        ),
    ),
}
#: Addresses that are acts and no pages.
NO_PAGES: frozenset[str] = frozenset({f"{ONE}agree/", f"{ONE}lift/", f"{OUTSIDE}replies/"})
