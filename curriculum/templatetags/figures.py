"""What the templates of charts, timelines and of then and now need: everything in words and pictures."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from curriculum.charts.page import Chart
from curriculum.charts.page import chart_of as made_chart
from curriculum.templatetags.lessons import citation

register = template.Library()


@register.simple_tag
def chart_of(value: Any, part: Any = None, drawn: bool = True) -> Chart:
    """The chart of a block, with its ids made of the block's own."""
    return made_chart(value, _id_of(part), drawn=drawn)


@register.simple_tag(takes_context=True)
def source_of(context: Context, key: str) -> SafeString | str:
    """Who says so, in one line with the number that leads to the lesson's sources; the number alone where it is all we know."""
    if not key:
        return ""
    numbers, fact = context.get("numbers"), (context.get("facts") or {}).get(key)
    lines = getattr(context.get("references"), "lines", ())
    line = next((one for one in lines if one.key == key), None)
    said = [fact.source_author, fact.source_title] if fact else [line.author, line.title] if line else []
    return format_html("{}{}", ". ".join(part for part in said if part), citation(key, numbers))


def _id_of(part: Any) -> str:
    return str(getattr(part, "id", None) or "")
