"""Who lets those who facilitate see their progress by name, and what Mo, who facilitates spring, reads."""

from backbone.insights.actions import show_by_name
from cohorts.models import Membership
from tests.backbone.counted import people

PAGE = "/cohorts/spring/progress/"


def place(member, slug="spring"):
    return Membership.objects.get(member=member, cohort__slug=slug, left_at=None)


def others(number, *but):
    """So many who learn here, without these."""
    return [member for member in people() if member not in but][:number]


def wish(*members):
    for member in members:
        show_by_name(membership=place(member), by=member)


def named(page):
    """The names under the modules, and nothing of the frame of the page."""
    main = page.text.split("<main")[1].split("</main>")[0]
    return [line.split("</li>")[0] for line in main.split('<li dir="auto">')[1:]]


def names_that_mo_reads(as_):
    return named(as_("mo").get(PAGE))
