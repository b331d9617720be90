"""Whatever is typed: properties that hold for texts nobody thought of."""

import html
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.configuration import set_hypothesis_home_dir

from core.text import clean_markdown, plain_text, render_published, strip_control
from core.text.walls import REL_OF_EDITORS, REL_OF_MEMBERS, sanitized
from tests.core.walls import assert_harmless

set_hypothesis_home_dir(Path(__file__).parents[2] / "var" / "hypothesis")

PIECES = st.one_of(
    st.sampled_from(
        [
            "*",
            "**",
            "_",
            "`",
            "```\n",
            "[",
            "](",
            "](<",
            ")",
            ">",
            "<",
            "&",
            "#",
            "\n",
            "\n\n",
            "- ",
            "1. ",
            "    ",
            "|",
            "|-|-|\n",
            "\\",
            '"',
            "'",
            "!",
            " ",
            "javascript:",
            "//",
            "/",
            "https://a.example/",
            "mailto:a@b.example",
            "&#",
            "&lt;",
            "&#47;",
            "&Tab;",
            "<script>",
            "</p>",
            "<svg>",
            "<style>",
            "<!--",
            "-->",
            " onclick=",
            "\u202e",
            "\u2067",
            "\u2069",
            "\x02",
            "\x03",
            "wzxhzdk:0",
            "klzzwxh:0000",
            "\u0338",
            "\t",
            "\r",
            "\x00",
            "{: #x}",
        ]
    ),
    st.text(max_size=8),
)
TYPED = st.lists(PIECES, max_size=40).map("".join)
PROPERTY = settings(
    max_examples=100,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


@PROPERTY
@given(TYPED)
def test_whatever_is_typed_only_listed_tags_and_addresses_come_out(typed):
    assert_harmless(clean_markdown(typed))
    assert_harmless(render_published.__wrapped__(typed))


@PROPERTY
@given(TYPED)
def test_whatever_reaches_the_walls_only_listed_tags_come_out_and_a_second_time_changes_nothing(
    typed,
):
    once = sanitized(typed, rel=REL_OF_EDITORS)

    assert_harmless(once)
    assert sanitized(once, rel=REL_OF_EDITORS) == once


@PROPERTY
@given(TYPED)
def test_cleaned_html_passes_the_walls_unchanged(typed):
    shown = clean_markdown(typed)

    assert sanitized(shown, rel=REL_OF_MEMBERS) == shown


@PROPERTY
@given(TYPED)
def test_plain_text_holds_no_unseen_character_and_stripping_twice_is_stripping_once(typed):
    words = plain_text(typed)

    assert words == strip_control(words)
    assert strip_control(strip_control(typed)) == strip_control(typed)
    assert html.escape(words) == html.escape(strip_control(words))
