"""The story behind `pictures.py`: not collected by itself, since its file is named like no test."""

import os
from pathlib import Path

import pytest

from tests.browser.looking import pictures_missing
from tests.browser.pages import WALKS, set_the_scene, walk
from tests.browser.pictures import FOLDER, SIZES, THEMES
from tests.browser.test_every_page import addresses_of

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", WALKS)
def test_pictures(browser_page, site, cast, settings, name):
    """Walk as the story of every page does, and take four pictures of each page, such as `door-login-360-dark.png`."""
    folder = Path(os.environ[FOLDER])
    addresses_of(name, settings)
    scene = set_the_scene(cast)
    page = browser_page(WALKS[name][0])
    for visit in walk(page, name, scene):
        assert pictures_missing(page) == []
        for width in SIZES:
            page.set_viewport_size({"width": width, "height": 800})
            for theme in THEMES:
                page.emulate_media(color_scheme=theme)
                path = folder / f"{name}-{visit.name}-{width}-{theme}.png"
                page.screenshot(path=path, full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})
