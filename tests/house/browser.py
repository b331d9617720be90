"""A real Chromium for stories: one browser a worker, a fresh context for each page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

#: Windows that nobody sees: the two lists below the address bar are pages of their own, started again with each context,
#: and cost as much as the page that a story is about.
UNSEEN = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup")
#: What Playwright leaves out by itself. Of two lists the browser heeds the last alone, so ours repeats these.
LEFT_OUT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect", "TcpPortRandomizationWin", "OptimizationHints", "NetworkTimeServiceQuerying",
    "AimEnabled", "PreconnectToSearch",
)  # fmt: skip
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    f"--disable-features={','.join((*LEFT_OUT, *UNSEEN))}",
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
