"""The site in a language that runs from right to left: a made-up one, each letter of ours as an Arabic one, a third longer."""

import re

import polib
import pytest

from core.catalogs import PLACEHOLDER, catalogs
from tests.browser.looking import overflows

pytestmark = pytest.mark.browser

LESSON = "/ar/learn/how-redlining-worked/grading-a-city/"
PAGES = {
    "dev": ["/", "/ar/learn/", LESSON, f"{LESSON}map/", "/glossary/", "/glossary/equity/", "/search/?q=map", "/today/",
            "/cohorts/spring/", "/account/", "/account/profile/", "/account/visible/", "/privacy/", "/help/", "/accessibility/"],
    None: ["/", LESSON, "/account/login/", "/account/signup/", "/ar/learn/how-redlining-worked/print/"],
}  # fmt: skip
LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابتثجحخدذرزسشصضطظعغفقكلمنه")
#: Where a thing begins, counted from the right edge of the window.
FROM_THE_RIGHT = "part => document.documentElement.clientWidth - part.getBoundingClientRect().right"


def pseudo(text):
    """The text in our made-up language; what is filled in later stays."""
    parts = re.split(rf"({PLACEHOLDER.pattern}|%%|&\w+;|<[^>]*>)", text)
    return "".join(
        part if at % 2 else part.lower().translate(LETTERS) + " لو" * (len(part) // 9)
        for at, part in enumerate(parts)
    )


@pytest.fixture
def pseudo_locale(tmp_path, settings):
    """The made-up language beside the others."""
    folder = tmp_path / "ar" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalog = polib.pofile(str(catalogs()[0]))
    catalog.metadata["Plural-Forms"] = "nplurals=2; plural=(n != 1);"
    for entry in catalog:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: pseudo(entry.msgid), 1: pseudo(entry.msgid_plural)}
        elif entry.msgctxt != "date format of Today":
            entry.msgstr = pseudo(entry.msgid)
    catalog.save_as_mofile(str(folder / "django.mo"))
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "Pseudo")]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
    settings.LOCALE_PATHS = [tmp_path, *settings.LOCALE_PATHS]


@pytest.mark.parametrize("name", PAGES)
def test_every_kind_of_page_mirrors_and_nothing_sticks_out(pseudo_locale, site, browser_page, name):
    page = browser_page(name)
    page.context.add_cookies([{"name": "django_language", "value": "ar", "url": site}])
    found = []
    for address in PAGES[name]:
        page.goto(address)
        page.wait_for_load_state()
        assert page.locator("html").get_attribute("dir") == "rtl", address
        found += [(address, *size) for size in overflows(page)]
        mark = page.locator(".bar .mark").evaluate(FROM_THE_RIGHT)
        tools = page.locator(".bar .tools").evaluate(FROM_THE_RIGHT)
        found += [] if mark < tools else [(address, "the mark is not on the right")]

    assert found == []


def test_the_lesson_begins_on_the_right_and_what_is_english_in_it_on_the_left(
    pseudo_locale, site, browser_page
):
    page = browser_page(None)
    page.context.add_cookies([{"name": "django_language", "value": "ar", "url": site}])
    page.goto(LESSON)

    outline = page.locator(".outline").evaluate(FROM_THE_RIGHT)
    sources = page.locator(".margin").evaluate(FROM_THE_RIGHT)
    assert outline < page.locator("article").evaluate(FROM_THE_RIGHT) < sources
    assert page.locator("#body").evaluate("part => getComputedStyle(part).direction") == "ltr"
    assert (
        page.locator(".lesson-done h2").evaluate("part => getComputedStyle(part).direction")
        == "rtl"
    )


def test_what_a_member_writes_runs_in_its_own_direction(pseudo_locale, site, browser_page):
    page = browser_page("dev")
    page.context.add_cookies([{"name": "django_language", "value": "ar", "url": site}])
    page.goto("/account/profile/")
    name = page.locator("input[type=text]").first
    name.fill("Dev")

    assert name.evaluate("part => getComputedStyle(part).direction") == "ltr"
    name.fill("ديف")
    assert name.evaluate("part => getComputedStyle(part).direction") == "rtl"
