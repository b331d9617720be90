"""Which words of a lesson may become links: the rules, on pieces of HTML, without a database."""

import unicodedata
from uuid import uuid4

import pytest

from curriculum.glossary.linking.finding import Part, first_mentions
from curriculum.glossary.linking.matching import Leading, leads_of
from curriculum.glossary.words import folded_text, folded_word


def found(html, *words, kind="markdown", cased=()):
    """The words of some HTML that would become links, as they are written there, in the order of the page."""
    leads = leads_of(
        Leading(folded_word(word), word, uuid4(), "x", word in cased) for word in words
    )
    return [use.found for use in first_mentions([Part("b", kind, html)], leads, ()).values()]


class TestRules:
    def test_the_first_mention_alone(self):
        leads = leads_of([Leading("power", "power", uuid4(), "power", False)])
        parts = [
            Part("a", "markdown", "<p>none</p>"),
            Part("b", "markdown", "<p>Power, power</p>"),
            Part("c", "markdown", "<p>power</p>"),
        ]

        (use,) = first_mentions(parts, leads, ()).values()

        assert use == ("b", "Power", 0)

    def test_the_longest_match_and_nothing_within_it(self):
        assert found("<p>power sharing</p>", "power", "power sharing", "sharing") == [
            "power sharing"
        ]

    def test_a_word_within_a_longer_term_is_counted_but_not_taken(self):
        one, two = uuid4(), uuid4()
        leads = leads_of([Leading("power", "power", one, "p", False), Leading("power sharing", "power sharing", two, "ps", False)])  # fmt: skip

        uses = first_mentions([Part("b", "markdown", "<p>power sharing is power</p>")], leads, ())

        assert uses == {two: ("b", "power sharing", 0), one: ("b", "power", 1)}

    @pytest.mark.parametrize(
        "text",
        ["empower", "powerful", "power2", "power-sharing", "re\u2011power", "power’s", "power's", "powe\u0301r", "power\u0301", "pow<b>er</b>ful",
         "<b>em</b>power", "power<a href='/x/'>ful</a>", "कpower", "powerक\u093f", "power_x"],
    )  # fmt: skip
    def test_a_part_of_a_longer_word_is_none(self, text):
        assert found(f"<p>{text}</p>", "power") == []

    @pytest.mark.parametrize(
        "text",
        ["(power)", "“power”", "\u2018power’", "power—always", "power, and", "<b>power</b>", "po<b>we</b>r power", "power.", "power/money",
         'power<sup class="cite"><a href="#source-RL04">1</a></sup>', "power--so"],
    )  # fmt: skip
    def test_beside_a_mark_it_is_whole(self, text):
        assert found(f"<p>{text}</p>", "power") == ["power"]

    def test_white_space_and_characters_by_name_are_as_they_are_read(self):
        assert found("<p>power\n   sharing</p>", "power sharing") == ["power sharing"]
        assert found("<p>power&nbsp;sharing</p>", "power sharing") == ["power sharing"]
        assert found("<p>our R&amp;D</p>", "R&D") == ["R&D"]
        assert found("<p>the people&#x27;s pot</p>", "people’s pot") == ["people's pot"]

    def test_over_the_end_of_a_paragraph_there_is_no_phrase(self):
        assert found("<p>power</p><p>sharing</p>", "power sharing") == []
        assert found("<p>power<br>sharing</p>", "power sharing") == []

    def test_joined_words_can_be_a_term(self):
        assert found("<p>A curb-cut effect.</p>", "curb-cut effect", "effect") == [
            "curb-cut effect"
        ]

    @pytest.mark.parametrize(
        "html",
        ["<h2>power</h2>", "<h3><b>power</b></h3>", '<a href="/x/">power</a>', "<blockquote><p>power</p></blockquote>", "<q>power</q>",
         "<code>power</code>", "<pre>power\n</pre>", "<kbd>power</kbd>", "<button>power</button>", "<label>power <input></label>",
         "<legend>power</legend>", "<svg><text>power</text><g/></svg>", "<textarea>power</textarea>", "<select><option>power</select>",
         '<figure class="quotation"><figcaption>power</figcaption></figure>', '<ol class="sources"><li>power</li></ol>',
         '<aside class="term-card"><p>power</p></aside>', "<summary>power</summary>", "<table><tr><th>power</th></tr></table>",
         "<!-- power -->", '<img alt="power">', '<p title="power">x</p>', '<p class="meta">power</p>', "<cite>power</cite>"],
    )  # fmt: skip
    def test_never_inside_of(self, html):
        assert found(f"{html}<p>and Power</p>", "power") == ["Power"]

    @pytest.mark.parametrize(
        "kind", ["heading", "quotation", "fact", "term", "map", "media", "sources"]
    )
    def test_never_in_blocks_that_say_what_others_said(self, kind):
        assert found("<p>power</p>", "power", kind=kind) == []

    def test_case_matters_where_the_term_says_so(self):
        assert found("<p>power, POWER, Power</p>", "Power", cased=("Power",)) == ["Power"]
        assert found("<p>power</p>", "Power", cased=("Power",)) == []
        assert found("<p>POWER</p>", "Power") == ["POWER"]

    @pytest.mark.parametrize(
        ("text", "word", "said"),
        [("İş, İİ power", "power", "power"), ("Straße", "straße", "Straße"), ("ßß Größe", "größe", "Größe"), ("İİİ İstanbul", "İstanbul", "İstanbul"),
         ("La EQUIDAD y", "equidad", "EQUIDAD"), ("¿Políticas públicas?", "políticas públicas", "Políticas públicas"), ("ΛΌΓΟΣ ΛΌΓΟΣ", "λόγοσ", "ΛΌΓΟΣ")],
    )  # fmt: skip
    def test_letters_of_other_languages_keep_their_places(self, text, word, said):
        assert found(f"<p>{text}</p>", word) == [said]

    def test_letters_with_their_marks_apart_are_put_together(self):
        apart = unicodedata.normalize("NFD", "discriminación")

        assert found(f"<p>{apart}</p>", "discriminación") == ["discriminación"]

    def test_folding_keeps_the_length_of_every_letter(self):
        every = "".join(chr(at) for at in range(0x110000) if not 0xD800 <= at < 0xE000)

        assert len(folded_text(every)) == len(every)
        assert folded_text(every) == "".join(folded_text(letter) for letter in every)

    def test_a_text_without_an_end_is_read_in_time(self):
        assert found("<" * 50_000 + "<p>power", "power") == ["power"]
        assert found("power-" * 20_000 + " power", "power") == ["power"]
