"""Every page in a real browser: no barrier that a checker can find, no overflow, nothing from elsewhere, no fault in the console."""

import pytest

from tests.browser.looking import barriers, listen, overflows, pictures_missing, targets_too_small
from tests.browser.pages import WALKS, WITH_TROUBLE, set_the_scene, walk

pytestmark = [pytest.mark.browser, pytest.mark.walk]


def addresses_of(name, settings):
    """The addresses that a walk needs: those of the demonstration and of faults, for one of them."""
    if name in WITH_TROUBLE:
        settings.ROOT_URLCONF = "tests.browser.urls"
        settings.DEMO = True


@pytest.mark.parametrize("name", WALKS)
def test_every_page_is_open_to_everybody(browser_page, site, cast, settings, name):
    """One visit to each page: what a checker of barriers says in both themes, what overflows, what is small, who is asked."""
    addresses_of(name, settings)
    scene = set_the_scene(cast)
    page = browser_page(WALKS[name][0])
    elsewhere, faults = listen(page, site)
    found = []
    for visit in walk(page, name, scene):
        found += [(visit.name, *barrier) for barrier in barriers(page)]
        found += [(visit.name, "overflows", *size) for size in overflows(page)]
        found += [(visit.name, "missing", address) for address in pictures_missing(page)]
        found += [(visit.name, "small", target) for target in targets_too_small(page)]

    assert found == []
    assert elsewhere == []
    assert faults == []
