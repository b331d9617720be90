"""Patterns: what they decide by makes a shape once; words are escaped each time and stay nowhere."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from core import patterns
from core.patterns import Pattern

WAY = Pattern("threads/post_way.html", "url", "label", "n")


def _way(label, url="/x/"):
    return WAY.made({"url": url, "label": label, "n": "1"})


@pytest.mark.parametrize("label", ["Report", "<b>&'\"", mark_safe("<b>so</b>"), "slot{0}n1e", "%s", _("Agreement")])  # fmt: skip
def test_it_says_what_its_template_says(label):
    assert _way(label) == render_to_string(WAY.template, {"url": "/x/", "label": label, "n": "1"})


def test_words_that_look_like_a_place_are_words():
    assert f"{patterns._MARK}n0e</a>" in _way(f"{patterns._MARK}n0e", url="/elsewhere/")


def test_words_stay_nowhere_and_a_shape_is_made_once():
    patterns._shape.cache_clear()
    for label in ("one", "two", "three"):
        _way(label)
    assert patterns._shape.cache_info().currsize == 1


def test_what_is_told_makes_another_shape():
    state = Pattern("threads/post_state.html", "reason")
    with translation.override("en"):
        mine = state.made({"reason": "<b>"}, state="hidden", is_shown=True, has_reason=True)
        assert "<bdi>&lt;b&gt;</bdi>" in mine
        hidden = state.made({}, state="hidden", is_shown=False, has_reason=False)
        assert "hidden by a facilitator" in hidden
        damaged = state.made({}, state="damaged", is_shown=False, has_reason=False)
        assert "cannot be opened" in damaged


def test_each_language_has_its_own():
    menu = Pattern("components/nav_open.html")
    with translation.override("es"):
        assert "Menú" in menu.made({})
    with translation.override("en"):
        assert "Menú" not in menu.made({})


def test_a_word_that_is_missing_is_a_mistake():
    with pytest.raises(KeyError):
        WAY.made({"url": "/x/"})


def test_whoever_works_on_a_template_sees_it_at_once(settings):
    settings.DEBUG = True
    before = patterns._shape.cache_info().currsize
    _way("Report")
    assert patterns._shape.cache_info().currsize == before
