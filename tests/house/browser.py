"""A real Chromium for stories: one browser a worker, a fresh context for each page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


def chromium() -> str | None:
    """The program to start: LODESTAR_CHROMIUM, else a Chromium on the path, else None."""
    named = os.environ.get("LODESTAR_CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def running(program: str) -> Iterator[Any]:
    """Run the browser; gives Playwright's browser object."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, chromium_sandbox=False, args=QUIET
        )
        try:
            yield browser
        finally:
            browser.close()
