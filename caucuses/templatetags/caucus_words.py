"""Sealed words on a page: one that cannot be opened says so, and the page goes on."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from caucuses.models import Seat
from caucuses.reading import opened

register = template.Library()


@register.inclusion_tag("caucuses/words.html")
def words_of(row: Any, name: str) -> dict[str, str | None]:
    """What stands in this sealed field of the row, as somebody's words."""
    return {"text": opened(row, name)}


@register.simple_tag
def name_of(seat: Seat) -> str:
    """A seat's name in its room."""
    return opened(seat, "name") or _("a member whose name cannot be opened")
