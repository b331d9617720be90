"""`{{ zone|zone_words }}`: the name of a time zone as people read it."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def zone_words(name: str) -> str:
    """`America/Puerto_Rico` as “America/Puerto Rico”."""
    return name.replace("_", " ")
