"""What becomes of text that is made to keep the server busy: it is shown, in bounded time."""

import inspect
import sys

import pytest

from core.text import clean_markdown, render_published
from tests.core.walls import assert_harmless, bounded


def repeated(unit, length=10_000):
    return (unit * length)[:length]


HEAVY = {
    "open brackets": "[" * 5000,
    "all brackets": "[" * 10_000,
    "open pictures": "![](" * 2500,
    "reference links": "[x][" * 2000,
    "open links": "[x](" * 2500,
    "links with half an address": repeated("[a](<b"),
    "links with half a title": repeated('[a](b "c'),
    "399 links": "[x](" * 399,
    "escaped openers": repeated("\\#["),
    "code and brackets": repeated("`a`["),
    "closed brackets": "[" * 5000 + "]" * 5000,
    "a list 400 deep": "".join("    " * i + "- a\n" for i in range(400)),
    "a list 60 deep": "".join("    " * i + "- a\n" for i in range(60)),
    "a list 12 deep": "".join("    " * i + "- a\n" for i in range(12)),
    "lists in one line": "- 1. " * 2000,
    "lists with tabs": "*\t" * 5000,
    "quotations": ">" * 10_000,
    "quotations in lists": "- > " * 2500,
    "lists in quotations": "> - " * 2500,
    "eleven quotations, 500 lines": ">>>>>>>>>>>x\n" * 500,
    "half addresses": "a@" * 5000,
    "20 000 letters": "a" * 20_000,
    "10 000 letters": "a" * 10_000,
    "mail addresses": repeated("<a@b>"),
    "elements": "<div>" * 2000,
    "open elements": "<a" * 5000,
    "comments": "<!--" * 2500,
    "strong": repeated("**a"),
    "strong and emphasis": repeated("***a"),
    "emphasis of two kinds": repeated("*a_"),
    "emphasis in words": repeated("a*b"),
    "runs of stars": " ".join("*" * (i % 7 + 1) + "a" for i in range(1800)),
    "bars": "|" * 10_000,
    "a wide table": "|" * 5000 + "\n" + "|-" * 2500,
    "a wide and long table": "|" * 1200 + "\n" + "|-" * 1200 + "\n" + "a\n" * 3000,
    "a long table": "|a|b|c|d|e|\n|-|-|-|-|-|\n" + "a\n" * 4900,
    "bars in code": "|" + "`|" * 4900 + "\n|-|\n",
    "definitions of references": "".join(f"[{i}]: http://a.example/{i}\n" for i in range(350)),
    "one long reference, used often": "[a]: http://" + "x" * 5000 + "\n\n" + "[a]" * 1600,
    "definition lists": "a\n: b\n" * 1650,
    "backticks": "`" * 10_000,
    "single backticks": repeated("` "),
    "backticks that do not meet": " ".join("`" * i for i in range(1, 139)),
    "backticks of two lengths": repeated("``a`"),
    "fences": "```\n" * 2500,
    "other fences": "~~~\n" * 2500,
    "open fence": "```a\n" + "x\n" * 4900,
    "headings": "# a\n" * 2500,
    "headings in quotations": "&~~~\n>#---\n" * 1000,
    "underlined headings": "a\n=\n" * 2500,
    "dashes": "- \n" * 3333,
    "rules": "---\n" * 2500,
    "items": "- a\n" * 2500,
    "loose items": "- a\n\n" * 2000,
    "numbers": "1" * 5000 + ". a",
    "line ends": "\n" * 10_000,
    "lines": "a\n" * 5000,
    "breaks": "a  \n" * 2500,
    "tabs": "\t" * 10_000,
    "entities": "&a;" * 3333,
    "ampersands": "&" * 10_000,
    "angles": "<" * 10_000,
    "escapes": "\\*" * 5000,
    "addresses": repeated("http://a.bc "),
    "addresses without a space": repeated("http://a.bc/"),
    "an address with brackets": "https://a.example/" + "(" * 9000,
    "an address with ends": "https://a.example/" + ")" * 9000,
    "an address with dots": "https://a.example/" + "." * 9000,
    "an address of labels": "https://" + "a." * 4990,
    "brackets before an address": "(" * 9000 + "https://a.example",
    "accents": "a" + "\u0315\u0300" * 4900,
    "directions": "\u2067" * 10_000,
    "closed directions": "\u2067" * 5000 + "\u2069" * 5000,
    "embeddings and ends of isolates": "\u202a" * 5000 + "\u2069" * 5000,
    "mixed directions": "\u202a\u2067\u202c" * 3333,
    "NULs": "\x00" * 10_000,
}


@pytest.mark.parametrize("name", HEAVY)
def test_a_text_made_to_keep_the_server_busy_does_not(name):
    with bounded():
        shown = clean_markdown(HEAVY[name])

    assert_harmless(shown)
    assert len(shown) <= 12 * len(HEAVY[name])


HEAVY_IN_LESSONS = (
    *("open brackets", "open links", "escaped openers", "code and brackets", "lists in one line"),
    *("runs of stars", "a long table", "backticks of two lengths", "headings", "escapes"),
    *("headings in quotations", "addresses"),
)


@pytest.mark.parametrize("name", HEAVY_IN_LESSONS)
def test_the_same_at_the_length_of_a_lesson_is_bounded_too(name):
    typed = (HEAVY[name] * 8)[:60_000]

    with bounded(seconds=20.0):
        shown = render_published(typed)

    assert len(shown) <= 12 * len(typed)


@pytest.mark.parametrize(
    "typed",
    ["[" * 10**6, "a\u0315\u0300" * 200_000, "\u2067a\u2069" * 150_000],
    ids=["ascii", "accents", "directions"],
)
def test_a_text_of_a_megabyte_is_shown_as_typed(typed):
    with bounded(seconds=20.0):
        shown = clean_markdown(typed)

    assert shown.startswith("<p>")


def test_a_parser_that_runs_out_of_stack_shows_the_text_as_typed(caplog):
    text = "".join("    " * i + f"- secret-{i}\n" for i in range(12))
    assert "<li>secret-0" in clean_markdown(text)
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 60)
    try:
        shown = clean_markdown(text)
    finally:
        sys.setrecursionlimit(usual)

    assert shown == "<p>" + text.rstrip("\n").replace("\n", "<br>\n") + "<br>\n</p>"
    assert "RecursionError" in caplog.text
    assert "secret" not in caplog.text
