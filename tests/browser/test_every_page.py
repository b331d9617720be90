"""Every page in a real browser: no barrier that a checker can find, no overflow, nothing from elsewhere, no fault in the console."""

import pytest
from axe_playwright_python.sync_playwright import Axe

LESSON = "/learn/how-redlining-worked/grading-a-city/"
PAGES = {
    None: (
        "/", "/learn/", "/learn/how-redlining-worked/", LESSON, f"{LESSON}map/", "/glossary/",
        "/glossary/structural-racism/", "/search/", "/search/?q=redlining", "/search/?q=zzzz", "/privacy/",
        "/privacy/retention/", "/accessibility/", "/help/", "/nothing-here/", "/account/login/", "/account/login/code/",
        "/account/password/reset/", "/account/signup/",
    ),
    "dev": (
        "/today/", LESSON, "/account/", "/account/profile/", "/account/visible/", "/account/email/",
        "/account/password/change/", "/account/2fa/", "/account/2fa/totp/activate/", "/account/2fa/webauthn/",
        "/account/2fa/webauthn/add/", "/account/sessions/", "/account/notices/", "/account/notices/preferences/",
        "/account/logout/", "/cohorts/spring/", "/admin/", "/learn/",
    ),
    "mo": ("/cohorts/spring/",),
    "fay": ("/today/",),
}  # fmt: skip

pytestmark = pytest.mark.browser
#: Width of the window and size of the text in percent.
SIZES = ((320, 100), (320, 200), (2000, 100))
SMALL = """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, textarea, .btn, .nav a')]
    .filter(e => e.checkVisibility() && (e.offsetWidth < 24 || e.offsetHeight < 24)
        && !(e.labels && e.labels.length && ['checkbox', 'radio'].includes(e.type)))
    .map(e => e.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize("person", PAGES, ids=lambda person: person or "nobody")
def test_every_page_is_open_to_everybody(browser_page, site, person):
    """One visit to each page: what a checker of barriers says in both themes, what overflows, what is small, who is asked."""
    page = browser_page(person)
    elsewhere, faults = listen(page, site)
    barriers, overflow, small = [], [], []
    for address in PAGES[person]:
        page.goto(address)
        barriers += [(address, *found) for found in barriers_on(page)]
        overflow += [(address, *size) for size in overflows(page)]
        small += [(address, found) for found in targets_too_small(page)]
    assert barriers == []
    assert overflow == []
    assert small == []
    assert elsewhere == []
    assert faults == []


def listen(page, site):
    """Requests to other sites, and faults that the browser notes, from now on."""
    elsewhere, faults = [], []

    def asked(request):
        if not request.url.startswith((site, "data:", "blob:")):
            elsewhere.append(request.url)

    def noted(line):
        if line.type == "error" and "the server responded with a status of 40" not in line.text:
            faults.append((page.url, line.text))

    page.on("request", asked)
    page.on("console", noted)
    page.on("pageerror", lambda error: faults.append((page.url, str(error))))
    return elsewhere, faults


def barriers_on(page):
    """What axe finds in both themes; no rule is left out."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for fault in Axe().run(page).response["violations"]:
            yield theme, fault["id"], [node["html"][:120] for node in fault["nodes"]]


def overflows(page):
    """The sizes at which the page is wider than its window."""
    before = page.viewport_size
    for width, text in SIZES:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(f"document.documentElement.style.fontSize = '{text}%'")
        if page.evaluate("document.documentElement.scrollWidth - window.innerWidth") > 0:
            yield width, text
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size(before)


def targets_too_small(page):
    """WCAG 2.2, 2.5.8: controls of less than 24 by 24 pixels, but for links inside a sentence."""
    page.set_viewport_size({"width": 360, "height": 900})
    found = page.evaluate(SMALL)
    page.set_viewport_size({"width": 1280, "height": 900})
    return found
