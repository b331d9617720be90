"""Pieces of the frame that are made once: each reader gets the words of their language and what they themselves were shown."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from core import fragments
from core.fragments import address, foot_line, fragment, nav_line


def _line(label, **told):
    return fragment(
        "components/nav_line.html", url="/x/", label=label, **{"current": False, **told}
    )


def test_a_piece_is_made_once_for_the_same_words():
    before = fragments._made.cache_info().misses
    assert _line("once and for all") == _line("once and for all")
    assert fragments._made.cache_info().misses == before + 1


def test_each_language_has_its_own():
    with translation.override("en"):
        assert "Glossary" in _line(_("Glossary"))
    with translation.override("es"):
        assert "Glosario" in _line(_("Glossary"))
        assert "Menú" in fragment("components/nav_open.html")


def test_words_stay_words_though_the_same_were_shown_as_html():
    assert "<b>hello</b>" in _line(mark_safe("<b>hello</b>"))
    assert "&lt;b&gt;hello&lt;/b&gt;" in _line("<b>hello</b>")


def test_true_is_not_one():
    one = fragment("notices/door_bell.html", count=1, label="1", current=False)
    assert "1 new notice" in one
    assert "True" not in one
    _line(True)
    assert ">1<" in _line(1)


def test_a_line_says_that_the_reader_is_there():
    here, elsewhere = (RequestFactory().get(path) for path in ("/today/", "/learn/"))
    assert 'aria-current="page"' in nav_line(here, "/today/", "Today")
    assert "aria-current" not in nav_line(elsewhere, "/today/", "Today")
    assert address("home:today_show") in nav_line(elsewhere, address("home:today_show"), "Today")
    assert 'href="/accessibility/"' in foot_line("home:accessibility_show", "Accessibility")


def test_a_piece_gets_nothing_of_the_page_around_it():
    page = Template('{% load fragments %}{% fragment "components/nav_line.html" url="/x/" %}')
    made = page.render(Context({"label": "somebody's own words", "current": True}))
    assert "own words" not in made


def test_languages_on_offer_are_a_part_of_what_is_told():
    with translation.override("en"):
        both = fragment("components/foot_languages.html", codes=["en", "es"])
        one = fragment("components/foot_languages.html", codes=["en"])
    assert 'value="es"' in both
    assert 'value="es"' not in one


@pytest.mark.parametrize("name", ["home:today_show", "caucuses:caucus_list"])
def test_an_address_is_the_one_of_the_names(name):
    from django.urls import reverse

    assert address(name) == reverse(name)


def test_whoever_works_on_a_template_sees_it_at_once(settings):
    settings.DEBUG = True
    before = fragments._made.cache_info().currsize
    _line("only while working")
    assert fragments._made.cache_info().currsize == before


@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "takes"),
    [("caucuses:caucus_list", 0), ("caucuses:room_show", 1), ("threads:thread_show", 2)],
)
def test_an_address_is_what_its_name_says_with_these_ids(name, takes):
    for _time in range(2):
        ids = [uuid4() for _id in range(takes)]

        assert address(name, *ids) == reverse(name, args=ids)


@pytest.mark.once
def test_an_address_that_takes_another_number_of_ids_is_refused():
    with pytest.raises(NoReverseMatch):
        address("caucuses:room_show")
