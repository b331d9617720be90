"""The operators' page, and the way there."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings

from tests.browser.ways import Scene, Visit, at

PAGE = "/operations/"


def with_starts(page: Any, _scene: Scene) -> None:
    """The same, after the site was started twice."""
    rows = [
        {"at": f"2026-01-{day}T07:30:00+00:00", "version": "0.1.0", "build": f"4fe0c2{day}", "kind": "production"}
        for day in (12, 14)
    ]  # fmt: skip
    folder = settings.VAR / "run"
    folder.mkdir(exist_ok=True)
    (folder / "starts.jsonl").write_text("\n".join(map(json.dumps, rows)))
    try:
        page.goto(PAGE)
    finally:
        (folder / "starts.jsonl").unlink()


#: Name of the walk -> who walks, and where.
WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "operations": (
        "gus",
        (at(PAGE, "operations"), Visit("operations-started", with_starts, PAGE.strip("/") + "/")),
    ),
}
#: Addresses that are acts or files and no pages.
NO_PAGES: frozenset[str] = frozenset()
