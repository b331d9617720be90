"""The CMS admin loads, sends and asks nothing elsewhere: no update check, no picture of a stranger's server, no embeds."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings

from curriculum.models import Fact, LessonPage

pytestmark = pytest.mark.django_db

#: Manuals that a person may open by a click.
MANUALS = {"guide.wagtail.org", "www.enable-javascript.com"}
OURS = {"testserver", "www.w3.org"}  # the second names a kind of picture and is never asked
HOST = re.compile(r"(?:^|[\s\"'(=,]|https?:)//([a-z0-9][a-z0-9.-]*\.[a-z]{2,}|localhost)")


class Loaded(HTMLParser):
    """The hosts that a page's attributes name, but for links that a person follows and what a field holds."""

    def __init__(self, page):
        super().__init__()
        self.hosts = set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if (tag, name) != ("a", "href") and name != "value":
                self.hosts.update(HOST.findall((value or "").replace("\\/", "/")))


def test_the_settings_say_so():
    assert settings.WAGTAIL_GRAVATAR_PROVIDER_URL is None
    assert settings.WAGTAIL_ENABLE_UPDATE_CHECK is False
    assert settings.WAGTAIL_ENABLE_WHATS_NEW_BANNER is False
    assert settings.WAGTAILEMBEDS_FINDERS == []


@pytest.mark.parametrize("person", ["rui", "gus"])
def test_no_page_of_the_admin_names_another_host(as_, person):
    client = as_(person)
    lesson, fact = LessonPage.objects.get(slug="grading-a-city"), Fact.objects.first()
    lists = ("", "account/", "images/", "documents/", "snippets/", "snippets/curriculum/fact/")
    forms = (f"pages/{lesson.pk}/edit/", f"snippets/curriculum/fact/edit/{fact.pk}/")

    pages = {address: client.get(f"/admin/{address}").text for address in (*lists, *forms)}

    loaded = {address: Loaded(page).hosts - OURS for address, page in pages.items()}
    assert loaded == {address: set() for address in pages}
    named = {address: set(HOST.findall(pages[address])) - OURS for address in lists}
    assert {host for hosts in named.values() for host in hosts} <= MANUALS


def test_another_host_would_be_seen():
    """The parser itself: an address without a scheme, one in a list of pictures, one inside data."""
    page = """<img src="//one.example/a"><img srcset="https://two.example/b 2x"><b data-x='{"u":"https:\\/\\/three.example"}'>
    <a href="https://four.example">a source</a>"""

    assert Loaded(page).hosts == {"one.example", "two.example", "three.example"}
