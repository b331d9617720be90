"""Elu reads what Dev shows, on a real page: Dev takes it back, and neither Back nor paper holds it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accountability.buddies.actions import form_pair
from accountability.buddies.choices import CameAbout
from accountability.sharing.actions import share_excerpt
from tests.accountability.notebook import write

pytestmark = pytest.mark.browser


@pytest.fixture
def excerpt(site, cast):
    dev = cast["dev"]
    return share_excerpt(
        by=dev,
        pair=form_pair(members=[dev, cast["elu"]], came_about=CameAbout.ASKED),
        entry=write(dev, "I laughed when she was interrupted. And more."),
        title="Tuesday",
        words="I laughed when she was interrupted.",
        until=timezone.now().date() + timedelta(days=5),
    )


@pytest.mark.parametrize("js", [True, False])
def test_taken_back_it_is_gone_from_back_too(browser_page, cast, excerpt, js):
    """A19, B12: with and without a script."""
    page = browser_page("elu", js=js)
    page.goto(f"/journal/shared/{excerpt.pk}/")
    read = page.get_by_text("I laughed when she").is_visible()
    page.goto("/today/")
    dev = Client()
    dev.force_login(cast["dev"])
    dev.post(f"/journal/shared/{excerpt.pk}/take-back/")

    page.go_back()

    page.get_by_role("heading", level=1).wait_for()
    assert (read, page.get_by_text("I laughed when she").count()) == (True, 0)
    assert page.get_by_role("heading", level=1).inner_text() == "There is no page here"


def test_it_is_not_printed(browser_page, excerpt):
    page = browser_page("elu")
    page.goto(f"/journal/shared/{excerpt.pk}/")

    page.emulate_media(media="print")

    assert not page.get_by_text("I laughed when she").is_visible()
    assert not page.get_by_text("Tuesday").is_visible()
    assert page.get_by_text("An excerpt is not printed").is_visible()
