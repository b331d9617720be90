"""What the templates of charts, timelines and of then and now need: everything in words and pictures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.text import trusted
from curriculum.blocks.then_now import Comparison
from curriculum.blocks.then_now import comparison_of as compared
from curriculum.blocks.timeline import Event, Topic, events_of, topics_of
from curriculum.charts.page import Chart, name_of
from curriculum.charts.page import chart_of as made_chart
from curriculum.templatetags.lessons import citation

register = template.Library()


@register.simple_tag
def chart_of(value: Any, part: Any = None, drawn: bool = True) -> Chart:
    """The chart of a block, with its ids made of the block's own."""
    return made_chart(value, _id_of(part), drawn=drawn)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The events of a block, and its topics."""

    id: str
    events: list[Event]
    topics: list[Topic]


@register.simple_tag
def timeline_of(value: Any, part: Any = None) -> Timeline:
    """The timeline of a block; its choices share a name made of the block's own id."""
    return Timeline(name_of(value, _id_of(part)), events_of(value), topics_of(value.get("events")))


@register.simple_tag
def comparison_of(value: Any, part: Any = None, drawn: bool = True) -> Comparison:
    """Map and figures of a block; not `drawn` there is no second map."""
    found = compared(value, _id_of(part), drawn=drawn)
    if found.joined is None:
        return found
    legend = tuple(replace(row, swatch=trusted(row.swatch)) for row in found.joined.legend)
    picture = trusted(found.joined.layer)
    return replace(found, joined=replace(found.joined, layer=picture, legend=legend))


@register.simple_tag(takes_context=True)
def source_of(context: Context, key: str) -> SafeString | str:
    """Who says so, in one line with the number that leads to the lesson's sources; the number alone where it is all we know."""
    if not key:
        return ""
    numbers, fact = context.get("numbers"), (context.get("facts") or {}).get(key)
    lines = getattr(context.get("references"), "lines", ())
    line = next((one for one in lines if one.key == key), None)
    said = (
        [fact.source_author, fact.source_title]
        if fact
        else [line.author, line.title]
        if line
        else []
    )
    return format_html("{}{}", ". ".join(part for part in said if part), citation(key, numbers))


def _id_of(part: Any) -> str:
    return str(getattr(part, "id", None) or "")
