"""A timeline: dated events in the order of time, one equal list that can be narrowed to a topic without a script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.text import plain_text
from curriculum.blocks.base import (
    Facts,
    LessonBlock,
    Problem,
    has_words,
    lines_of,
    published_html,
    said,
)
from curriculum.blocks.dates import When, read_when

FEWEST, MOST, MOST_TOPICS = 2, 120, 8


class EventBlock(blocks.StructBlock):
    """Something that happened."""

    date = blocks.CharBlock(
        label=_("Date"),
        max_length=40,
        help_text=_("A year (1933), a month (1944-06), a day (1949-12-02), or a time (1935 to 1940)."),
    )  # fmt: skip
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("What happened"), help_text=_("One or two sentences in Markdown. [@RL01] cites a fact."))  # fmt: skip
    topic = blocks.CharBlock(label=_("Topic"), required=False, max_length=40, help_text=_("A word or two, written alike at every event of the topic. At most 8 topics."))  # fmt: skip

    class Meta:
        icon = "date"
        label = _("Event")


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with its number in the list of topics, from 1 on, and how many events it has."""

    number: int
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Event:
    """An event as the page shows it; `when` is None while its date cannot be read."""

    when: When | None
    date: str
    title: str
    text: str
    topic: Topic | None


class TimelineBlock(LessonBlock, blocks.StructBlock):
    """Events by date, with a choice of topics."""

    markdown = True
    needed = (("title", _("the title is missing. Say what the timeline is about.")),)

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    events = blocks.ListBlock(EventBlock(), label=_("Events"), help_text=_("In any order: the page puts them in the order of time. From 2 to 120."))  # fmt: skip

    def texts(self, value: Any) -> Iterator[str]:
        """What happened, event by event in the order of time."""
        yield from (event.text for event in events_of(value))

    def plain(self, value: Any, facts: Facts) -> str:
        """A line for each event."""
        lines = [str(value.get("title") or "")]
        for event in events_of(value):
            words = said(plain_text(published_html(event.text)), facts)
            lines.append(f"{event.when.words if event.when else event.date}: {event.title}. {' '.join(words.split())}")  # fmt: skip
        return lines_of("\n".join(lines))

    def problems(self, value: Any) -> Iterator[Problem]:
        """Too few or too many events, a date that cannot be read, an event that says nothing, too many topics."""
        yield from super().problems(value)
        events = list(value.get("events") or ())
        if not FEWEST <= len(events) <= MOST:
            said_ = {"count": len(events), "fewest": FEWEST, "most": MOST}
            yield Problem(gettext("it has %(count)s events. A timeline takes from %(fewest)s to %(most)s.") % said_, "events")  # fmt: skip
        for number, event in enumerate(events, start=1):
            yield from _problems_of(number, event)
        topics = topics_of(events)
        if len(topics) > MOST_TOPICS:
            said_ = {"count": len(topics), "most": MOST_TOPICS}
            yield Problem(gettext("it has %(count)s topics, and there is room for %(most)s. Give related events one topic.") % said_, "events")  # fmt: skip

    class Meta:
        icon = "history"
        label = _("Timeline")
        template = "curriculum/blocks/timeline.html"
        description = _("Dated events as a list in the order of time, with a choice of topics.")
        preview_value: ClassVar[dict[str, Any]] = {
            "title": "Riverbend, an invented town",
            "events": [
                {"date": "1931", "title": "A bridge", "text": "The council builds a bridge.", "topic": "Roads"},
                {"date": "1937-05", "title": "A survey", "text": "Two brokers grade the streets.", "topic": "Lending"},
            ],
        }  # fmt: skip


def topics_of(events: Any) -> list[Topic]:
    """The topics in the order in which they are first named; large and small letters make no difference."""
    names: dict[str, str] = {}
    counts: dict[str, int] = {}
    for event in events or ():
        name = " ".join(str(event.get("topic") or "").split())
        if name:
            key = name.casefold()
            names.setdefault(key, name)
            counts[key] = counts.get(key, 0) + 1
    return [Topic(at, names[key], counts[key]) for at, key in enumerate(names, start=1)]


def events_of(value: Any) -> list[Event]:
    """The events of a timeline in the order of time; those whose date cannot be read stand last."""
    written = list(value.get("events") or ())
    topics = {topic.name.casefold(): topic for topic in topics_of(written)}
    events = [_event(one, topics) for one in written]
    dated = [event for event in events if event.when is not None]
    dated.sort(key=lambda event: event.when.place if event.when else ())
    return dated + [event for event in events if event.when is None]


def _event(written: Any, topics: dict[str, Topic]) -> Event:
    given = {name: str(written.get(name) or "") for name in ("date", "title", "text", "topic")}
    topic = topics.get(" ".join(given.pop("topic").split()).casefold())
    return Event(when=read_when(given["date"]), topic=topic, **given)


def _problems_of(number: int, event: Any) -> Iterator[Problem]:
    title, date = (str(event.get(name) or "").strip() for name in ("title", "date"))
    place = {"number": number, "title": title, "date": date[:40]}
    if not has_words(title):
        yield Problem(gettext("event %(number)s has no title.") % place, "events")
    if not date:
        yield Problem(gettext("event %(number)s (%(title)s) has no date. Write a year, such as 1933.") % place, "events")  # fmt: skip
    elif read_when(date) is None:
        yield Problem(gettext("event %(number)s (%(title)s): “%(date)s” cannot be read as a date. Write 1933, 1944-06, 1949-12-02, or 1935 to 1940.") % place, "events")  # fmt: skip
    if not has_words(event.get("text")):
        yield Problem(gettext("event %(number)s (%(title)s) does not say what happened.") % place, "events")  # fmt: skip
