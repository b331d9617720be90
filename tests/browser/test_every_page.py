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
each_person = pytest.mark.parametrize("person", PAGES, ids=lambda person: person or "nobody")


@each_person
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_checker_finds_no_barrier(browser_page, person, theme):
    page = browser_page(person, theme=theme)
    axe, found = Axe(), []
    for address in PAGES[person]:
        page.goto(address)
        for fault in axe.run(page).response["violations"]:
            found.append((address, fault["id"], [node["html"][:120] for node in fault["nodes"]]))
    assert found == []


@each_person
@pytest.mark.parametrize(
    ("width", "text"), [(320, 100), (320, 200), (2000, 100)], ids=["narrow", "large-text", "wide"]
)
def test_a_page_fits(browser_page, person, width, text):
    page = browser_page(person, width=width)
    wide = []
    for address in PAGES[person]:
        page.goto(address)
        page.evaluate(f"document.documentElement.style.fontSize = '{text}%'")
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if over > 0:
            wide.append((address, over))
    assert wide == []


@each_person
def test_a_page_asks_nobody_else_and_has_no_fault(browser_page, site, person):
    page = browser_page(person)
    elsewhere, faults = [], []
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((site, "data:", "blob:"))
            else elsewhere.append(request.url)
        ),
    )
    page.on("pageerror", lambda error: faults.append((page.url, str(error))))
    page.on(
        "console",
        lambda line: (
            faults.append((page.url, line.text))
            if line.type == "error" and "the server responded with a status of 40" not in line.text
            else None
        ),
    )
    for address in PAGES[person]:
        page.goto(address)
        page.wait_for_load_state("networkidle" if address == LESSON else "load")

    assert elsewhere == []
    assert faults == []


@each_person
def test_a_page_is_the_same_without_a_mouse_pointer_target_that_is_too_small(browser_page, person):
    """WCAG 2.2, 2.5.8: 24 by 24 pixels, but for links inside a sentence."""
    page = browser_page(person, width=360)
    small = []
    for address in PAGES[person]:
        page.goto(address)
        small += [
            (address, name)
            for name in page.evaluate(
                """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, textarea, .btn, .nav a')]
                .filter(e => e.checkVisibility() && (e.offsetWidth < 24 || e.offsetHeight < 24)
                    && !(e.labels && e.labels.length && ['checkbox', 'radio'].includes(e.type)))
                .map(e => e.outerHTML.slice(0, 90))"""
            )
        ]
    assert small == []
