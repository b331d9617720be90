"""The Flesch-Kincaid grade, against texts whose sentences, words and syllables were counted by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.reading_grade import (
    Counts,
    counts_of,
    grade_of,
    sentences_of,
    syllables_of,
    without_quotations,
    words_of,
)

#: Counted aloud, with a pencil. The grade is worked out from the three numbers.
BY_HAND = [
    # 6 words, 6 syllables: 0.39 * 6 + 11.8 * 1 - 15.59
    ("The cat sat on the mat.", Counts(1, 6, 6), -1.4),
    # 5 + 5 words; sur-vey-ors grad-ed ev-ery street, they col-ored some of them (8, then 6 and "red" 1)
    ("Surveyors graded every street here. They colored some of them.", Counts(2, 10, 15), 4.1),
    # in-sti-tu-tion-al rac-ism is made of rules and hab-its: 5 + 3 + 6 + 2 - 0
    ("Institutional racism is made of rules and habits.", Counts(1, 8, 15), 9.7),
    # a heading, then a line: two sentences
    ("Grading a city\nIt took two years.", Counts(2, 7, 9), 0.9),
]


@pytest.mark.parametrize(("text", "counts", "grade"), BY_HAND)
def test_texts_counted_by_hand(text, counts, grade):
    sentences, words, syllables = counts
    by_formula = 0.39 * words / sentences + 11.8 * syllables / words - 15.59

    assert counts_of(text) == counts
    assert grade_of(text) == grade == pytest.approx(by_formula, abs=0.06)


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("a", 1), ("make", 1), ("makes", 1), ("table", 2), ("houses", 2), ("graded", 2), ("asked", 1), ("racial", 2),
        ("racism", 3), ("neighborhood", 3), ("people", 2), ("area", 3), ("science", 2), ("society", 4), ("being", 2),
        ("violence", 3), ("period", 3), ("nation", 2), ("government", 3), ("statement", 2), ("element", 3),
        ("redlining", 3), ("underwriting", 4), ("color-evasiveness", 6), ("don’t", 1), ("didn't", 2), ("owners’", 2),
        ("leagues", 1), ("value", 2), ("naïve", 2), ("équité", 3), ("1937", 1), ("3,000", 1), ("FHA", 3), ("WWII", 8),
    ],
)  # fmt: skip
def test_syllables(word, syllables):
    assert syllables_of(word) == syllables


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Dr. Jones of the U.S. agency drew 3.5 maps. Then she left.", 2),
        ("W. E. B. Du Bois wrote it. We read it.", 2),
        ("Is it so? Yes! It is…", 3),
        ("They came at 9 a.m. and left.", 1),
        ("He met Smith & Co. It failed.", 2),
        ("She said no. They left.", 2),
        ("See no. 5 and p. 12 of it.", 1),
        ("It cost 64% more, e.g. in Oakland.", 1),
        ("No end", 1),
        ("One.Two is no end.", 1),
        ("", 0),
    ],
)
def test_where_a_sentence_ends(text, sentences):
    assert len(sentences_of(text)) == sentences


def test_long_quotations_are_left_out_and_what_they_end_stays_ended():
    text = 'He wrote: “The fund shall go to those who were shut out.” A “safe” street. They said "we will never sell it".'

    assert without_quotations(text) == "He wrote: . A “safe” street. They said ."
    assert counts_of(text) == counts_of("He wrote. A safe street. They said.") == Counts(3, 7, 7)


@pytest.mark.parametrize(
    "text", ["", " \n\t", "…", "“ ”", "--- *** ---", "\u200b\u202e", "“a b c d e.”"]
)
def test_no_words_no_grade(text):
    assert grade_of(text) is None


def test_a_longer_word_and_a_longer_sentence_are_graded_higher():
    easy, words, length = (
        "We cut the rule. We kept the school.",
        "We eliminated the regulation. We retained the university.",
        "We cut the rule and then we kept the school and all of its books and all of its rooms.",
    )

    assert grade_of(easy) < grade_of(length)
    assert grade_of(easy) < grade_of(words)


@given(st.text())
def test_any_text_has_a_grade_or_none_and_never_an_exception(text):
    grade, counts = grade_of(text), counts_of(text)

    assert (grade is None) == (counts.words == 0)
    assert counts.syllables >= counts.words >= counts.sentences >= 0


@given(st.text(alphabet="aeiouybcdnrstgl'’-&.A1é “”\"!", max_size=200))
def test_texts_of_few_letters_are_as_safe(text):
    counts = counts_of(text)

    assert counts.syllables >= counts.words >= counts.sentences
    assert all(syllables_of(word) >= 1 for word in words_of(text))


def test_a_long_text_without_an_end_takes_no_time():
    """Dots, quotation marks, one word: each by one walk through the text."""
    for text in (
        "." * 100_000,
        "“" * 100_000,
        "a" * 100_000,
        "a.b" * 30_000,
        "e" * 100_000,
        "a-" * 50_000,
    ):
        counts_of(text)
