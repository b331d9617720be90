"""`{% pages_in_order page label %}`: the ways from page to page of a list in the order of time, nothing where it has one page."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from caucuses.stretches import Stretch
from core.patterns import Pattern

register = template.Library()

_WAYS = Pattern("caucuses/pages_in_order.html", "label", "place", "first", "last")


@register.simple_tag
def pages_in_order(page: Stretch[Any], label: str | Promise, place: str = "") -> SafeString | str:
    """`label` says what pages these are; `place` is the address, where the page may be the answer to a form."""
    if not page.rows or not (page.has_before or page.has_after):
        return ""
    words = {"label": label, "place": place, "first": page.rows[0].pk, "last": page.rows[-1].pk}
    return _WAYS.made(words, has_before=page.has_before, has_after=page.has_after)
