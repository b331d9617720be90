"""The pages of reading in the journal, and the ways to them: of an empty one, of one with something of everything."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accountability.journal.actions import delete_entry
from accountability.journal.texts import About, Prompt
from tests.accountability.notebook import begin, damage, fill, write
from tests.browser.journal_ways import enter
from tests.browser.ways import Scene, Visit, at, press

BODY = """I said nothing when Mo was interrupted for the third time. I looked at my notes.

**What I told myself:** it is not my meeting.

# What I could have said

- “Mo was not finished.”
- Nothing at all, but looking at her and not at him.

> It takes one sentence, and I had it ready."""
ENTRY = "journal/<uuid:entry_id>/"


def journal_of(member: Any) -> dict[str, Any]:
    """A small journal with one of everything, by the name of what it shows."""
    now = timezone.now()
    rows = {
        "entry": write(
            member,
            BODY,
            title="The third interruption",
            tags=("meetings", "silence"),
            prompt=Prompt("When did you last stay silent?", "Shared language", "/learn/"),
            about=About("lesson", "k", "Grading a city", "/learn/"),
            at=now - timedelta(days=1),
        ),
        "untitled": write(
            member, "Walked past the old bank on Alder Street.", at=now - timedelta(days=40)
        ),
        "rtl": write(
            member, "زرت الشارع اليوم.", title="الشارع القديم", at=now - timedelta(days=41)
        ),
        "part": write(member, "This opens.", title="x", at=now - timedelta(days=42)),
        "shut": write(member, "x", at=now - timedelta(days=43)),
        "deleted": write(member, "Nothing of this is true any more.", title="A hasty one"),
    }
    damage(rows["part"], "title", "tags")
    damage(rows["shut"], "title", "body", "html", "tags", "prompt", "about")
    delete_entry(by=member, entry=rows["deleted"])
    begin(member, "I keep thinking of the map in the hallway")
    begin(member, BODY + " More.", of=rows["entry"])
    return rows


def _empty(page: Any, scene: Scene) -> None:
    enter(page, "elu")


def _full(page: Any, scene: Scene) -> None:
    scene.found["journal"] = journal_of(scene.cast["elu"])
    page.goto("/journal/")


def _many(page: Any, scene: Scene) -> None:
    fill(scene.cast["elu"], 60)
    page.goto("/journal/?page=2")


def _of(name: str, place: str = "") -> Any:
    def go(page: Any, scene: Scene) -> None:
        page.goto(f"/journal/{scene.found['journal'][name].pk}/{place}")

    return go


def _printed(page: Any, scene: Scene) -> None:
    page.goto("/journal/print/?which=all")


def _looked_for(**chosen: str) -> Any:
    def go(page: Any, _scene: Scene) -> None:
        page.goto("/journal/search/")
        for name, value in chosen.items():
            page.locator(f"[name={name}]").fill(value)
        press(page, "Find")

    return go


READING = (
    Visit("reading-nothing", _empty, "journal/"), at("/journal/deleted/", "deleted-nothing"),
    at("/journal/print/", "print-nothing"), Visit("reading", _full, "journal/"),
    Visit("entry", _of("entry"), ENTRY), Visit("entry-untitled", _of("untitled"), ENTRY), Visit("entry-rtl", _of("rtl"), ENTRY),
    Visit("entry-damaged-part", _of("part"), ENTRY), Visit("entry-damaged", _of("shut"), ENTRY), Visit("entry-deleted", _of("deleted"), ENTRY),
    Visit("entry-delete", _of("entry", "delete/"), f"{ENTRY}delete/"), Visit("entry-destroy", _of("deleted", "destroy/"), f"{ENTRY}destroy/"),
    at("/journal/deleted/"), at("/journal/search/"), Visit("journal-found", _looked_for(words="alder walked"), "journal/search/"),
    Visit("journal-not-found", _looked_for(words="zebra"), "journal/search/"),
    Visit("journal-search-wrong", _looked_for(since="2026-05-05", until="2026-05-04"), "journal/search/"),
    at("/journal/print/"), Visit("journal-printed", _printed, "journal/print/"), Visit("journal-many", _many, "journal/"),
)  # fmt: skip
