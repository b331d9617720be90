"""What the browser itself can say about a page: barriers, overflow, small targets, missing pictures, requests to elsewhere, faults."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe

#: Width of the window and size of the text in percent.
SIZES = ((320, 100), (320, 200), (360, 100), (2000, 100))
SMALL = """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, textarea, .btn, .nav a')]
    .filter(e => e.checkVisibility() && (e.offsetWidth < 24 || e.offsetHeight < 24)
        && !(e.labels && e.labels.length && ['checkbox', 'radio'].includes(e.type)))
    .map(e => e.outerHTML.slice(0, 90))"""
#: Pictures are fetched when they come into sight; here all of them are, and those that do not arrive are told.
MISSING = """async () => {
    const missing = [];
    for (const picture of document.images) {
        picture.loading = 'eager';
        await picture.decode().catch(() => missing.push(picture.currentSrc || picture.src));
    }
    return missing;
}"""
#: All rules of the checker; only what it found wrong is sent back.
RUN = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
    .map(fault => [fault.id, fault.nodes.map(node => node.html.slice(0, 120))])"""
SCRIPT = Axe().axe_script
OWN_STATUS = "the server responded with a status of"


#: Addresses whose refusals the script of the page heeds and tells of in words.
HEEDED = ("/keep/",)


def listen(page: Any, site: str) -> tuple[list[str], list[Any]]:
    """Requests to other sites, and faults that the browser notes, from now on. The status of a page itself is none."""
    elsewhere: list[str] = []
    faults: list[Any] = []

    def asked(request: Any) -> None:
        if not request.url.startswith((site, "data:", "blob:")):
            elsewhere.append(request.url)

    def noted(line: Any) -> None:
        about = line.location.get("url", "")
        own = OWN_STATUS in line.text and about == page.url
        own |= "Failed to load resource" in line.text and about.endswith(HEEDED)
        if line.type == "error" and not own:
            faults.append((page.url, line.text))

    page.on("request", asked)
    page.on("console", noted)
    page.on("pageerror", lambda error: faults.append((page.url, str(error))))
    return elsewhere, faults


def barriers(page: Any) -> Iterator[tuple[str, str, list[str]]]:
    """What axe finds in both themes; no rule is left out."""
    page.evaluate(SCRIPT)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for rule, nodes in page.evaluate(RUN):
            yield theme, rule, nodes


def overflows(page: Any) -> Iterator[tuple[int, int]]:
    """The sizes at which the page is wider than its window."""
    before = page.viewport_size
    for width, text in SIZES:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(f"document.documentElement.style.fontSize = '{text}%'")
        if page.evaluate("document.documentElement.scrollWidth - window.innerWidth") > 0:
            yield width, text
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size(before)


def targets_too_small(page: Any) -> list[str]:
    """WCAG 2.2, 2.5.8: controls of less than 24 by 24 pixels, but for links inside a sentence."""
    page.set_viewport_size({"width": 360, "height": 900})
    found: list[str] = page.evaluate(SMALL)
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def pictures_missing(page: Any) -> list[str]:
    """The addresses of pictures on the page that the browser asked for and could not show."""
    found: list[str] = page.evaluate(MISSING)
    return found
