"""A definition is agreed: proposed, declined, proposed again, adopted, and a lesson says it at once."""

import pytest

from curriculum.glossary.models import InForce, Proposal
from tests.browser.ways import press
from tests.scripts.processes import wait_for

pytestmark = pytest.mark.browser

LESSON = "/learn/shared-language/four-levels-of-racism/"
TERM = "/glossary/structural-racism/"
FIRST = "Racism that nobody has to intend."
SECOND = "Rules and habits that sort people by race, whether or not anybody intends it."
CONTROLS = ("Adopt", "Decline", "Adopt together", "Confirm it")


def propose(page, words, why):
    """Propose a wording from the page of the term."""
    page.goto(TERM)
    page.get_by_role("link", name="Propose another wording").click()
    page.get_by_label("Definition", exact=True).fill(words)
    page.get_by_label("Why").fill(why)
    press(page, "Propose it")
    page.get_by_text("Proposed. Those who decide are told.").wait_for()
    return page.url


def card_of(page):
    """What the lesson says of the term."""
    page.goto(LESSON)
    return page.locator(".term-card").filter(has_text="Structural racism").first.inner_text()


@pytest.mark.parametrize("js", [True, False], ids=["script", "no script"])
def test_hana_proposes_ben_declines_chioma_adopts_and_the_lesson_changes(browser_page, js):
    hana, ben, reader = (browser_page(name, js=js) for name in ("hana", "ben", None))
    old = InForce.objects.get(term__slug="structural-racism", language="en").version.definition
    assert old in card_of(reader)

    first = propose(hana, FIRST, "It is short.")
    ben.goto(first)
    ben.get_by_text("Decline it").click()
    ben.get_by_label("Reason").fill("It leaves out what it does to people.")
    press(ben, "Decline")
    ben.get_by_text("Declined. The proposal is archived with your reason").wait_for()
    assert old in card_of(reader)
    hana.goto(first)
    assert hana.get_by_text("It leaves out what it does to people.").is_visible()

    second = propose(hana, SECOND, "It says what it does.")
    chioma = browser_page("chioma", js=js, width=360)
    chioma.goto("/help/")
    chioma.get_by_role("button", name="English").click()
    chioma.goto(second)
    assert chioma.evaluate("document.documentElement.scrollWidth") <= 360
    chioma.locator("#adopt_dissent").fill("Ben would have liked an example.")
    press(chioma, "Adopt")

    assert SECOND in card_of(reader)
    reader.goto(TERM)
    assert reader.get_by_text("Ben would have liked an example.").is_visible()
    reader.get_by_role("link", name="All versions").click()
    press(reader, "Compare")
    assert reader.locator("ins").first.inner_text().startswith("added:")


@pytest.mark.parametrize("name", ["gus", "ana"])
def test_neither_operator_nor_backbone_changes_a_definition(browser_page, cast, name):
    hana, other = browser_page("hana"), browser_page(name)
    address = propose(hana, FIRST, "It is short.")

    for place in (TERM, address, "/glossary/proposals/"):
        other.goto(place)
        for control in CONTROLS:
            assert other.get_by_role("button", name=control, exact=True).count() == 0
    answer = other.evaluate(
        """async (address) => {
            const token = document.querySelector('[name=csrfmiddlewaretoken]').value;
            const body = new URLSearchParams({ csrfmiddlewaretoken: token, revision: '1' });
            return (await fetch(`${address}adopt/`, { method: 'POST', body })).status;
        }""",
        address,
    )

    assert answer == 403
    assert Proposal.objects.get(definition=FIRST).status == "open"
    assert not InForce.objects.filter(version__definition=FIRST).exists()


def test_the_index_is_filtered_as_one_types(browser_page):
    page = browser_page()
    page.goto("/glossary/")

    page.get_by_label("Find a word").press_sequentially("Equitable out")

    assert wait_for(lambda: page.locator("[data-words]:not([hidden])").count() == 1, 10)
    assert page.locator("[data-words]:not([hidden]) dt").inner_text() == "Equity"
    said = page.locator("[data-find-said]")
    assert wait_for(lambda: said.inner_text() == "Words found: 1", 10)


def test_of_one_letter_the_whole_index_is_asked_as_one_types(browser_page):
    page = browser_page()
    page.goto("/glossary/?letter=R")

    page.get_by_label("Find a word").press_sequentially("equitable")

    page.get_by_role("link", name="Equity", exact=True).wait_for()
