"""`{% fragment "components/head.html" %}`: a piece that is the same for everybody who is told the same (`core.fragments`)."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from core import fragments

register = template.Library()


@register.simple_tag
def fragment(name: str, **told: fragments.Plain | list[str]) -> SafeString:
    """The piece with these values and no others: it gets nothing of the page around it."""
    return fragments.fragment(name, **told)
