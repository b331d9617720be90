"""Every lesson of the whole starter, in each language that it has, in a real browser."""

from contextlib import suppress

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.utils import translation

from curriculum.outline import outline_for
from tests.browser.looking import barriers, listen, overflows, pictures_missing, targets_too_small

pytestmark = [pytest.mark.browser, pytest.mark.walk]


def addresses(language):
    """The lessons that are in this language."""
    with translation.override(language):
        modules = outline_for(AnonymousUser()).modules
    return [line.url for module in modules for line in module.lessons if line.language == language]


@pytest.mark.parametrize("part", range(4))
def test_every_lesson_is_open_to_everybody(browser_page, site, part):
    """In quarters, so that workers share them: what a checker of barriers says, what overflows, is small or missing."""
    with suppress(SystemExit):
        call_command("load_curriculum", verbosity=0)
    lessons = [*addresses("en"), *addresses("es")]
    assert len(lessons) == 34 + 7
    page = browser_page()
    elsewhere, faults = listen(page, site)
    found = []
    for address in lessons[part::4]:
        page.goto(address)
        page.wait_for_load_state()
        found += [(address, *barrier) for barrier in barriers(page)]
        found += [(address, "overflows", *size) for size in overflows(page)]
        found += [(address, "missing", picture) for picture in pictures_missing(page)]
        found += [(address, "small", target) for target in targets_too_small(page)]

    assert found == []
    assert elsewhere == []
    assert faults == []
