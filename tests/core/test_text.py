"""What becomes of text that people write in good faith."""

import threading
import tracemalloc

import pytest
from django.utils.safestring import SafeString

from core.text import clean_markdown, plain_text, render_published, too_complex, trusted

UGC = 'rel="nofollow ugc noopener noreferrer"'


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Hello *you* and **all**", "<p>Hello <em>you</em> and <strong>all</strong></p>"),
        ("one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>"),
        ("one\r\ntwo", "<p>one<br>\ntwo</p>"),
        ("- a\n- b\n    - c", "<ul>\n<li>a</li>\n<li>b<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>"),
        ("3. three\n4. four", '<ol start="3">\n<li>three</li>\n<li>four</li>\n</ol>'),
        ("> said\n\nand then", "<blockquote>\n<p>said</p>\n</blockquote>\n<p>and then</p>"),
        ("Use `a < b`", "<p>Use <code>a &lt; b</code></p>"),
        (
            '```python\nif a < b:\n    c("&")\n```',
            '<pre><code>if a &lt; b:\n    c("&amp;")\n</code></pre>',
        ),
        ("above\n\n---\n\nbelow", "<p>above</p>\n<hr>\n<p>below</p>"),
        ("snake_case_name stays", "<p>snake_case_name stays</p>"),
        ("AT&T, 3 < 4, &copy; and &amp;lt;", "<p>AT&amp;T, 3 &lt; 4, © and &amp;lt;</p>"),
        (
            "`&lt;` and\n\n    &amp;",
            "<p><code>&amp;lt;</code> and</p>\n<pre><code>&amp;amp;\n</code></pre>",
        ),
        ("\\*no emphasis\\*", "<p>*no emphasis*</p>"),
        ("a citation [@RL04] stays", "<p>a citation [@RL04] stays</p>"),
        ("[ ] to do", "<p>[ ] to do</p>"),
        ("", ""),
    ],
)
def test_plain_good_markdown_reads_as_meant(typed, shown):
    assert clean_markdown(typed) == shown


def test_a_table_keeps_its_alignment_without_a_style():
    shown = clean_markdown("| Year | Loans |\n|:-----|------:|\n| 1938 | `2|3` |")

    assert shown == (
        '<table>\n<thead>\n<tr>\n<th align="left">Year</th>\n<th align="right">Loans</th>\n</tr>\n</thead>\n'
        '<tbody>\n<tr>\n<td align="left">1938</td>\n<td align="right"><code>2|3</code></td>\n</tr>\n</tbody>\n</table>'
    )


def test_a_members_headings_begin_at_the_third_level_and_end_at_the_sixth():
    shown = clean_markdown("# one\n\n## two\n\n#### four\n\n###### six\n\nunder\n=====")

    assert shown == "<h3>one</h3>\n<h4>two</h4>\n<h6>four</h6>\n<h6>six</h6>\n<h3>under</h3>"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("[in](/learn/redlining/)", '<p><a href="/learn/redlining/">in</a></p>'),
        ("[up](#source-RL04)", '<p><a href="#source-RL04">up</a></p>'),
        (
            "[out](https://a.example/b?c=1&d=2)",
            f'<p><a href="https://a.example/b?c=1&amp;d=2" {UGC}>out</a></p>',
        ),
        (
            "[out](http://localhost:8000/x)",
            f'<p><a href="http://localhost:8000/x" {UGC}>out</a></p>',
        ),
        ("[mail](mailto:ida@example.org)", '<p><a href="mailto:ida@example.org">mail</a></p>'),
        ("<ida@example.org>", '<p><a href="mailto:ida@example.org">ida@example.org</a></p>'),
        ("<https://a.example>", f'<p><a href="https://a.example" {UGC}>https://a.example</a></p>'),
        ('[t](https://a.example "title")', f'<p><a href="https://a.example" {UGC}>t</a></p>'),
        (
            "[**bold**](https://a.example)",
            f'<p><a href="https://a.example" {UGC}><strong>bold</strong></a></p>',
        ),
    ],
)
def test_links_lead_inside_or_leave_with_a_rel(typed, shown):
    assert clean_markdown(typed) == shown


@pytest.mark.parametrize(
    ("typed", "address", "after"),
    [
        (
            "see https://mutual-aid.community/a?b=1&c=2",
            "https://mutual-aid.community/a?b=1&amp;c=2",
            "",
        ),
        ("see https://x.foundation.", "https://x.foundation", "."),
        ("see (https://x.health/a)", "https://x.health/a", ")"),
        (
            "see https://en.example.org/wiki/Redlining_(US)",
            "https://en.example.org/wiki/Redlining_(US)",
            "",
        ),
        ("see “https://x.org/a”", "https://x.org/a", "”"),
        ("see https://x.org/a?!", "https://x.org/a", "?!"),
        ("see https://пример.рф/путь", "https://пример.рф/путь", ""),
        ("see https://x.org/King's_Dream", "https://x.org/King's_Dream", ""),
    ],
)
def test_a_bare_address_becomes_a_link_and_the_sentence_around_it_does_not(typed, address, after):
    assert f'<a href="{address}" {UGC}>{address}</a>{after}</p>' in clean_markdown(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "file.md",
        "readme.io",
        "foo.py",
        "www.example.org",
        "ida@example.org",
        "ftp://x.org/a",
        "localhost:8000",
        "https://localhost",
        "`https://x.org`",
        "```\nhttps://x.org\n```",
        "https://bank.example@evil.example",
    ],
)
def test_what_is_no_full_address_stays_text(typed):
    assert "<a" not in clean_markdown(typed)


def test_an_editors_text_gets_its_headings_its_rel_and_keeps_wrapped_lines_together():
    shown = render_published("# One\n\nwrapped\nline https://a.example/b\n\n##### Five")

    assert isinstance(shown, SafeString)
    assert shown == (
        "<h2>One</h2>\n<p>wrapped\nline "
        '<a href="https://a.example/b" rel="noopener noreferrer">https://a.example/b</a></p>\n<h6>Five</h6>'
    )
    assert render_published("# One", heading_base=4) == "<h4>One</h4>"


@pytest.mark.parametrize("level", [0, 1, 7])
def test_a_text_inside_a_page_cannot_take_the_pages_own_heading(level):
    with pytest.raises(ValueError, match="level 2 to 6"):
        render_published("# One", heading_base=level)


def test_an_editors_text_is_read_once():
    text = "# Read once\n\n" + "word " * 2000

    assert render_published(text) is render_published(text)


def test_a_lesson_may_be_longer_than_a_members_text():
    lesson = "A *paragraph* of a lesson, with [a source](https://a.example/b) and so on.\n\n" * 500

    assert 10_000 < len(lesson) < 60_000
    assert render_published(lesson).count("<em>paragraph</em>") == 500
    assert "<em>" not in clean_markdown(lesson)
    assert "<em>" not in render_published(lesson * 2)


def test_a_text_over_a_limit_is_shown_as_typed_and_nothing_of_it_is_lost():
    text = "**a** <b>\n" * 1001

    shown = clean_markdown(text)

    assert too_complex(text)
    assert shown.count("**a** &lt;b&gt;<br>\n") == 1001
    assert "<strong>" not in shown


def test_ten_thousand_characters_of_an_ordinary_text_are_not_over_a_limit():
    text = (
        "# Week\n\nWe met, **all of us**, and read [the lesson](/learn/a/) and https://a.example/b_c.\n\n"
        "- one `x[0]`\n- two\n    - three\n\n> a quotation\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
        "```\nfor x in y[1:]:\n    print(x)\n```\n\n- - -\n\n"
    ) * 100

    assert clean_markdown(text[:10_000]).count("<strong>all of us</strong>") == 47
    assert render_published(text[:60_000]).count("<strong>all of us</strong>") == 100


def test_hebrew_arabic_and_emoji_come_through_whole():
    text = "שלום, سلام, می‌خواهم, 👩🏾‍🤝‍👩🏻, é"

    assert clean_markdown(text) == f"<p>{text}</p>"


def test_trusted_html_is_not_escaped_again():
    assert isinstance(trusted("<b>x</b>"), SafeString)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("# Hi **you**\n\n- a\n- b & c\n\nx < y", "Hi you\n- a\n- b & c\nx < y"),
        ("- a\n\n- b", "- a\n- b"),
        ("one\ntwo", "one\ntwo"),
        ("[the lesson](/learn/a/) and https://a.example", "the lesson and https://a.example"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a b\n1 2"),
        (
            "<p>one <b>bo</b>ld &amp; <a href='/x'>link</a><br>two</p><h2 id='a'>Three</h2>",
            "one bold & link\ntwo\nThree",
        ),
        ("<p>a</p><script>alert('secret')</script><style>b{}</style>", "a"),
        ("<script>typed</script>", "<script>typed</script>"),
        ("<p>&lt;script&gt;x</p>", "<script>x"),
        ("<p>\u2067abc\u2069 d</p>", "abc d"),
        ("", ""),
    ],
)
def test_plain_text_is_the_words_alone(source, words):
    assert plain_text(source) == words


def test_plain_text_of_cleaned_html_and_of_its_markdown_is_the_same():
    source = "## Why\n\nSee **this** & [that](https://a.example).\n\n1. one\n2. two"

    assert (
        plain_text(clean_markdown(source))
        == plain_text(source)
        == "Why\nSee this & that.\n- one\n- two"
    )


def test_two_people_who_post_at_the_same_moment_get_their_own_words():
    texts = [f"# Text {n}\n\n" + f"*word-{n}* https://site-{n}.example\n\n" * 15 for n in range(8)]
    alone = [clean_markdown(text) for text in texts]
    together: list[list[str]] = [[] for _ in texts]

    def post(n):
        together[n] = [clean_markdown(texts[n]) for _ in range(5)]

    threads = [threading.Thread(target=post, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert together == [[shown] * 5 for shown in alone]


def test_a_long_text_takes_no_great_memory():
    tracemalloc.start()
    clean_markdown("a *b* [c](https://d.example) " * 344)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert most < 30_000_000  # bytes
