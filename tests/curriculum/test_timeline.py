"""A timeline stands in the order of time, can be narrowed to a topic without a script, and is whole on paper."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from curriculum.blocks import LessonBlocks
from curriculum.blocks.dates import read_when
from curriculum.blocks.timeline import events_of
from tests.curriculum.editing import publish, short_lesson, with_blocks

LESSON = "/learn/how-redlining-worked/grading-a-city/"
BLOCK = LessonBlocks().child_blocks["timeline"]


def event(date, title="It happened", text="So it was [@RL04].", topic=""):
    return {"date": date, "title": title, "text": text, "topic": topic}


def timeline(*events, title="Rules"):
    return BLOCK.to_python({"title": title, "events": list(events)})


def problems(*events):
    return [problem.words for problem in BLOCK.problems(timeline(*events))]


@pytest.mark.parametrize(
    ("written", "machine", "words"),
    [
        ("1933", "1933", "1933"),
        (" 1944-06 ", "1944-06", "June 1944"),
        ("1949-12-02", "1949-12-02", "Dec. 2, 1949"),
        ("0987", "0987", "987"),
    ],
)
def test_a_date_is_as_exact_as_it_was_written(written, machine, words):
    when = read_when(written)

    assert (when.start.machine, when.words, when.end) == (machine, words, None)


@pytest.mark.parametrize("written", ["1933 to 1939", "1933\u20131939", "1933-1939", "1933 \u2013 1939"])  # fmt: skip
def test_a_time_goes_from_one_date_to_another(written):
    assert read_when(written).words == "1933 to 1939"


@pytest.mark.parametrize(
    "written",
    ["", "in the thirties", "1933-13", "1933-02-30", "1933-00", "1933-01-00", "33", "1939 to 1933", "1933 to 1933", "1933 to", "1933 to 1934 to 1935", "0000", "\u0661\u0669\u0663\u0663", "12.2.1933"],
)  # fmt: skip
def test_what_cannot_be_read_is_no_date(written):
    assert read_when(written) is None


def test_dates_speak_the_readers_language():
    with translation.override("es"):
        assert read_when("1949-12-02").words == "2 de diciembre de 1949"


def test_events_stand_in_the_order_of_time_whatever_the_order_of_the_form():
    dates = ["1949-12-02", "1933 to 1939", "1949", "1933", "1949-12", "soon", "1949-01-01"]

    shown = [one.date for one in events_of(timeline(*map(event, dates)))]

    assert shown == ["1933", "1933 to 1939", "1949", "1949-01-01", "1949-12", "1949-12-02", "soon"]


def test_each_unreadable_event_is_named_before_it_is_published():
    assert problems(event("1933"), event("soon", "The bridge"), event("", "The ford"), event("1934", "", "")) == [
        "event 2 (The bridge): “soon” cannot be read as a date. Write 1933, 1944-06, 1949-12-02, or 1935 to 1940.",
        "event 3 (The ford) has no date. Write a year, such as 1933.",
        "event 4 has no title.",
        "event 4 () does not say what happened.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, ["it has 1 events. A timeline takes from 2 to 120."]),
        (2, []),
        (120, []),
        (121, ["it has 121 events. A timeline takes from 2 to 120."]),
    ],
)
def test_how_many_events_it_takes(count, said):
    assert problems(*(event(str(1800 + number)) for number in range(count))) == said


def test_topics_are_few_and_large_letters_make_no_other_topic():
    eight = [event("1933", topic=f"Topic {number}") for number in range(8)]

    assert problems(*eight, event("1934", topic=" topic  7")) == []
    assert problems(*eight, event("1934", topic="Another")) == [
        "it has 9 topics, and there is room for 8. Give related events one topic."
    ]


def test_an_event_that_cites_wrongly_is_refused_like_any_text():
    assert problems(event("1933"), event("1934", text="So [@RL4x].")) == [
        "“[@RL4x]” is no citation. A key is two capital letters and a number: [@RL04]."
    ]


@pytest.mark.django_db(databases=["default", "keys"])
class TestInALesson:
    def test_a_reader_gets_one_list_with_dates_for_machines_and_a_choice_of_topics(self, nobody, cast):  # fmt: skip
        events = [event("1944-06", "Second", topic="Loans"), event("1933 to 1939", "First", topic="Maps")]  # fmt: skip
        value = {"title": "Rules", "events": [{"type": "item", "id": str(at), "value": one} for at, one in enumerate(events)]}  # fmt: skip

        publish(with_blocks(short_lesson(), {"type": "timeline", "value": value}))

        shown = nobody.get(LESSON).text
        assert re.findall(r'<li class="topic-(\d)">\s*<p class="timeline-date">', shown) == ["2", "1"]  # fmt: skip
        assert '<time datetime="1933">1933</time> to <time datetime="1939">1939</time>' in shown
        assert '<time datetime="1944-06">June 1944</time>' in shown
        assert len(re.findall(r'<input type="radio" name="c[0-9a-f]{8}" value="[012]"', shown)) == 3
        assert shown.count('href="#source-RL04"') == 3

    def test_its_words_are_part_of_an_edition_in_the_order_of_time(self):
        words = BLOCK.plain(timeline(event("1944", "Second", "Then *this* [@RL04]."), event("1933", "First")), {})  # fmt: skip

        assert words == "Rules\n1933: First. So it was.\n1944: Second. Then this."

    def test_on_paper_all_of_it_stands_without_a_choice(self):
        given = {"value": timeline(event("1944", topic="A"), event("1933", topic="B")), "numbers": {}, "facts": {}}  # fmt: skip

        paper = render_to_string("curriculum/paper/timeline.html", given)

        assert paper.count("<li>") == 2
        assert "<input" not in paper

    def test_one_topic_needs_no_choice(self):
        shown = render_to_string("curriculum/blocks/timeline.html", {"value": timeline(event("1933", topic="A"), event("1934"))})  # fmt: skip

        assert "<fieldset" not in shown
