"""The ways into the journal and to its frame in its several states."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tests.browser.hands import sign_in
from tests.browser.ways import Scene, press

#: Locks in the server what this page still shows, as another tab would.
LOCK_ELSEWHERE = """async () => { const form = document.querySelector('[data-lock]');
    await fetch(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form))}); }"""


def enter(page: Any, name: str = "dev") -> None:
    """Sign in with the password, which opens the journal, and go there."""
    sign_in(page, name)
    page.wait_for_url("**/today/")
    page.goto("/journal/")


def journal_open(page: Any, _scene: Scene) -> None:
    """The journal, open."""
    enter(page)


def journal_kept(page: Any, _scene: Scene) -> None:
    """A form that comes when the journal has locked."""
    page.evaluate(LOCK_ELSEWHERE)
    press(page, "Save")


def journal_shut(page: Any, scene: Scene) -> None:
    """The day after a reset."""
    _reset_at(scene, timezone.now())
    page.goto("/journal/open/")
    _reset_at(scene, None)


def journal_warning(page: Any, _scene: Scene) -> None:
    """Two minutes before it locks."""
    page.goto("/journal/open/")
    page.get_by_role("link", name="Use your password").click()
    page.get_by_label("Password", exact=True).fill("lodestar-demo")
    page.clock.install()
    press(page, "Confirm")
    page.clock.fast_forward("13:05")
    page.get_by_role("button", name="Stay").wait_for()


def send(page: Any, *files: tuple[str, bytes]) -> None:
    """Choose files on the page that brings entries in, and send them."""
    page.goto("/journal/import/")
    page.get_by_label("Files").set_input_files(
        [{"name": name, "mimeType": "", "buffer": content} for name, content in files]
    )
    press(page, "Bring in")


def import_wrong(page: Any, _scene: Scene) -> None:
    """Files that are no entries."""
    send(page, ("holiday in the mountains.png", b"\x89PNG"), ("empty.md", b""))


def import_done(page: Any, _scene: Scene) -> None:
    """A file that has come in."""
    send(page, ("On rain.md", b"It rained, and nobody minded."))


def _reset_at(scene: Scene, moment: Any) -> None:
    member = scene.cast["dev"]
    member.password_reset_at = moment
    member.save(update_fields=["password_reset_at"])
