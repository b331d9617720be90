"""`{% posts_shown lines base can_post as shown %}`: the HTML of each post of a page."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from caucuses.threads.reading import Line
from caucuses.threads.showing import Page, shown

register = template.Library()


@register.simple_tag(takes_context=True)
def posts_shown(
    context: template.Context, lines: Sequence[Line], base: str, can_post: bool
) -> list[SafeString]:
    """Each post as `threads/post.html` says it."""
    page = Page(base=base, can_post=can_post, csrf_token=str(context.get("csrf_token", "")))
    return shown(lines, page)
