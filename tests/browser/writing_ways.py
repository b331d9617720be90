"""The pages of writing in the journal, and the ways to them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from accountability.journal.actions import delete_entry, keep_draft, save_entry
from accountability.journal.models import Draft, Entry
from accountability.journal.texts import About, Prompt, Text
from tests.browser.journal_ways import LOCK_ELSEWHERE, enter
from tests.browser.ways import Scene, Visit, at, press

TUESDAY = Text(
    title="That Tuesday",
    body="I laughed when **she** was interrupted.\n\nNobody asked her to go on, and nor did I. What would it have cost me?\n\n- One sentence.\n- The good mood of somebody who likes me.",
    tags=("meetings", "silence"),
    prompt=Prompt(
        "When did you last stay silent, and who paid for it?",
        "Grading a city",
        "/learn/how-redlining-worked/grading-a-city/",
    ),
    about=About(
        "lesson", "k", "How redlining worked", "/learn/how-redlining-worked/grading-a-city/"
    ),
)
OTHER = Text("Tuesday", "I said nothing.\n\nThat is the whole of it.", ("meetings",))
EDIT = "journal/<uuid:entry_id>/write/"
ENTER = """(words) => { const field = document.querySelector('[name=body]'); field.value = words;
    field.dispatchEvent(new Event('input', {bubbles: true})); }"""


def type_text(page: Any, words: str) -> None:
    """Put words into the text at once, as a paste does."""
    page.evaluate(ENTER, words)


def _edit(page: Any, scene: Scene) -> None:
    page.goto(f"/journal/{scene.found['entry']}/write/")


def entry_editing(page: Any, scene: Scene) -> None:
    """An entry with everything that one can have."""
    row = save_entry(by=scene.cast["dev"], entry_id=uuid4(), text=TUESDAY, seen=0)
    scene.found["entry"] = row.pk
    _edit(page, scene)


def entry_previewed(page: Any, _scene: Scene) -> None:
    """How it will look, above the form."""
    page.get_by_role("button", name="Preview").click()
    page.locator("#preview").wait_for()


def entry_drafted(page: Any, scene: Scene) -> None:
    """An entry with a draft that waits."""
    keep_draft(
        by=scene.cast["dev"], entry_id=scene.found["entry"], text=OTHER, seen=0, of_version=1
    )
    _edit(page, scene)


def draft_discard(page: Any, _scene: Scene) -> None:
    """What would be thrown away."""
    page.get_by_role("link", name="Throw the draft away").click()
    page.get_by_role("button", name="Throw it away").wait_for()


def other_tab(page: Any, scene: Scene) -> None:
    """The text of the other tab, while one types."""
    _edit(page, scene)
    draft = Draft.objects.get(pk=scene.found["entry"])
    keep_draft(by=scene.cast["dev"], entry_id=draft.pk, text=TUESDAY, seen=1, of_version=1)
    type_text(page, "I said nothing, and I knew it then.")
    page.get_by_role("heading", name="The text of the other tab").wait_for()


def two_texts(page: Any, scene: Scene) -> None:
    """The same as a page."""
    page.evaluate("() => document.querySelector('[name=act][value=save]').disabled = false")
    press(page, "Save")


def too_long(page: Any, _scene: Scene) -> None:
    """More than an entry holds."""
    page.goto("/journal/write/")
    type_text(page, "I laughed. " * 10_000)
    press(page, "Save")


def line_dropped(page: Any, _scene: Scene) -> None:
    """A new text that could not be saved: the state of the page says why."""
    page.goto("/journal/write/")
    page.route("**/keep/", lambda route: route.abort())
    type_text(page, "I laughed when she was interrupted.")
    page.get_by_text("Not saved: there is no connection.").first.wait_for()
    page.unroute("**/keep/")


def saved(page: Any, scene: Scene) -> None:
    """An entry that was just saved."""
    _edit(page, scene)
    press(page, "Save")


def gone(page: Any, scene: Scene) -> None:
    """What one wrote in was deleted meanwhile."""
    _edit(page, scene)
    entry = Entry.objects.get(pk=scene.found["entry"])
    delete_entry(by=scene.cast["dev"], entry=entry)
    press(page, "Save")


def kept(page: Any, _scene: Scene) -> None:
    """The journal had locked when the form came."""
    page.goto("/journal/write/")
    page.locator("[name=title]").fill("That Tuesday")
    type_text(page, TUESDAY.body)
    page.evaluate(LOCK_ELSEWHERE)
    press(page, "Save")


WRITING = (
    Visit("journal-before", lambda page, _scene: enter(page), "journal/"),
    at("/journal/write/", "new"), Visit("editing", entry_editing, EDIT), Visit("preview", entry_previewed, EDIT),
    Visit("draft", entry_drafted, EDIT), Visit("discard", draft_discard, "journal/<uuid:entry_id>/discard/"),
    Visit("other-tab", other_tab, EDIT), Visit("two-texts", two_texts, EDIT, 409),
    Visit("too-long", too_long, "journal/write/"), Visit("offline", line_dropped, "journal/write/"),
    Visit("saved", saved, "journal/<uuid:entry_id>/"), Visit("gone", gone, EDIT, 404), Visit("kept", kept, "journal/write/", 403),
)  # fmt: skip
