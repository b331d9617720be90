"""Dev looks for something in his journal: by words, tag, suggestion and day, and nothing of it stands anywhere else."""

import logging
import re
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accountability.journal.actions import delete_entry
from accountability.journal.excerpts import beginning, marked, passage, plain
from accountability.journal.searching import words_of
from accountability.journal.texts import Prompt
from tests.accountability.notebook import SEARCH, begin, damage, fill, write

pytestmark = pytest.mark.django_db
MAY, MARCH = datetime(2026, 5, 5, 14, 5, tzinfo=UTC), datetime(2026, 3, 31, 9, 0, tzinfo=UTC)
SILENCE, DOORS = Prompt("When did you last stay silent?"), Prompt("Who holds the key?", "Lesson")


@pytest.fixture
def me(cast):
    return cast["dev"]


@pytest.fixture
def journal(me):
    """Three entries to look for."""
    write(me, "The old bank on Alder Street. **Who** had a key?", at=MARCH, tags=("family", "Money"), prompt=DOORS)  # fmt: skip
    write(me, "I looked at my notes\nand said nothing.", title="The third time", at=MAY, tags=("meetings",), prompt=SILENCE)  # fmt: skip
    write(me, "Straße, naïve, café, Ñandú, عَرَبِيّ.", title="Accents", at=MAY, tags=("money",))


def found(client, **form):
    """How each entry that was found begins, the newest first."""
    page = client.post(SEARCH, form)
    assert page.status_code == 200
    names = re.findall(r'<p class="journal-name[^>]*><a [^>]*>(.*?)</a>', page.text)
    return [re.sub("<[^<>]*>", "", name)[:12].strip() for name in names]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("alder", ["The old bank"]),
        ("ALDER street", ["The old bank"]),
        ("street notes", []),
        ("lder", ["The old bank"]),
        ("third", ["The third ti"]),
        ("meetings nothing", ["The third ti"]),
        ("holds the key", ["The old bank"]),
        ('"notes and said"', ["The third ti"]),
        ('"said notes"', []),
        ("naive CAFE nandu strasse", ["Accents"]),
        ("عربي", ["Accents"]),
        ("zebra", []),
        ("%", []),
        ("'; DROP TABLE", []),
    ],
)
def test_all_words_must_be_there_and_case_and_accents_do_not_count(dev, journal, words, names):
    assert found(dev, words=words) == names


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ({"tag": "money"}, ["Accents", "The old bank"]),
        ({"tag": "MONEY", "words": "bank"}, ["The old bank"]),
        ({"tag": "mone"}, []),
        ({"prompt": "When did you last stay silent?"}, ["The third ti"]),
        ({"since": "2026-05-05"}, ["Accents", "The third ti"]),
        ({"since": "2026-03-31", "until": "2026-03-31"}, ["The old bank"]),
        ({"until": "2026-03-30"}, []),
    ],
)
def test_tag_suggestion_and_days_narrow_it(dev, journal, form, names):
    assert sorted(found(dev, **form)) == sorted(names)


def test_the_words_are_marked_where_they_stand_and_stay_in_the_form(dev, journal):
    page = dev.post(SEARCH, {"words": "alder key"}).text

    assert "The old bank on <mark>Alder</mark> Street. Who had a <mark>key</mark>?" in page
    assert 'value="alder key"' in page


def test_what_was_chosen_stays_chosen(dev, journal):
    page = dev.post(SEARCH, {"tag": "MONEY", "prompt": DOORS.words, "since": "2026-03-01"}).text

    assert re.findall('<option value="([^"]+)" selected>', page) == ["MONEY", DOORS.words]
    assert 'value="2026-03-01"' in page


def test_the_lists_hold_every_tag_and_suggestion_once(dev, me, journal):
    gone = write(me, "x", tags=("gone",), prompt=Prompt("Gone?"))
    delete_entry(by=me, entry=gone)

    page = dev.get(SEARCH).text

    assert re.findall('<option value="([^"]+)"', page) == [
        "family", "meetings", "money", "When did you last stay silent?", "Who holds the key?",
    ]  # fmt: skip


def test_nothing_found_says_what_helps(dev, journal):
    page = dev.post(SEARCH, {"words": "zebra"}).text

    assert "Try one word instead of several" in page


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Type a word, or choose a tag, a suggestion or a day."),
        ({"words": "  \" \" "}, "Type a word, or choose a tag, a suggestion or a day."),
        ({"since": "2026-05-05", "until": "2026-05-04"}, "This day is before the first one. Turn them round."),
        ({"since": "soon"}, "Enter a valid date."),
        ({"words": "x" * 201}, "Ensure this value has at most 200 characters (it has 201)."),
        ({"words": "a\0b"}, "Null characters are not allowed."),
    ],
)  # fmt: skip
def test_what_cannot_be_looked_for_gets_a_sentence(dev, journal, form, sentence):
    """G1."""
    page = dev.post(SEARCH, form)

    assert page.status_code == 200
    assert sentence in page.text


def test_another_page_of_what_was_found_is_sent_by_the_same_form(dev, me):
    fill(me, 60)

    first, second = found(dev, tag="every"), found(dev, tag="every", page="2")
    odd = found(dev, tag="every", page="9" * 40)

    assert (len(first), len(second), odd) == (50, 10, second)
    assert first + second == [f"Page {days}" for days in range(60)]


def test_neither_deleted_entries_nor_drafts_nor_those_of_others_are_found(dev, me, cast):
    """A5."""
    delete_entry(by=me, entry=write(me, "heron one"))
    begin(me, "heron two")
    write(cast["ben"], "heron three", tags=("heron",))

    assert found(dev, words="heron") == []
    assert "heron" not in dev.get(SEARCH).text


def test_what_cannot_be_opened_is_left_out_and_said(dev, me, journal, caplog):
    cache.clear()
    for _ in range(2):
        damage(write(me, "bank", tags=("shut",)), "body")
    damage(write(me, "bank", tags=("shut",)), "tags")

    with caplog.at_level(logging.ERROR, logger="lodestar.sealed"):
        pages = [dev.post(SEARCH, {"words": "bank"}).text for _ in range(2)]

    assert pages[0].count('class="journal-day"') == 1
    assert "3 entries cannot be opened, so they were not looked into." in pages[0]
    assert [row.name for row in caplog.records].count("lodestar.sealed") == 1


@pytest.mark.parametrize("number", [1, 3, 200])
def test_the_search_asks_as_much_for_many_as_for_one(dev, me, number):
    dev.get(SEARCH)
    fill(me, number)

    with CaptureQueriesContext(connection) as seen:
        dev.post(SEARCH, {"words": "happened", "tag": "every"})
    assert len(seen) == 9


# Nothing of it stands anywhere else.


def test_words_are_in_no_address_session_log_table_or_cookie(dev, me, journal, caplog):
    """A23, C18."""
    secret = "heron on the roof"
    write(me, f"The {secret}.")

    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as seen:
        page = dev.post(SEARCH, {"words": secret, "tag": "", "prompt": ""})

    session = Session.objects.get(pk=dev.session.session_key)
    links = " ".join(re.findall(r'(?:href|action|src)="([^"]*)"', page.text))
    everywhere = [
        links, str(session.get_decoded()), caplog.text, str(page.headers), str(dev.cookies),
        " ".join(query["sql"] for query in seen.captured_queries),
    ]  # fmt: skip
    assert "<mark>heron</mark>" in page.text
    for place in everywhere:
        assert "heron" not in place
        assert quote(secret) not in place
    assert page.headers["Cache-Control"] == "private, no-store"
    assert re.findall("<title>(.*?) · ", page.text) == ["Journal"]


def test_words_in_an_address_are_not_looked_for(dev, journal):
    page = dev.get(f"{SEARCH}?words=alder&tag=money").text

    assert 'class="journal-day"' not in page
    assert "alder" not in page.partition("<main")[2].partition("<footer")[0]


def test_locked_it_gives_back_what_was_typed_and_looks_for_nothing(dev, journal):
    dev.post("/journal/lock/")

    page = dev.post(SEARCH, {"words": "alder", "page": "2"})

    assert page.status_code == 403
    assert 'value="alder"' in page.text
    assert "Alder Street" not in page.text


# Short pieces of a text.


@pytest.mark.once
@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("# A *quiet* day\n\n> said\n\n- one\n- two\n1. three", "A quiet day said one two three"),
        ("See [the lesson](/learn/x/) and ![a](b)", "See the lesson and a"),
        ("snake_case stays, _this_ and `that` ~~not~~", "snake_case stays, this and that not"),
        ("3 * 4, #tag and 5 > 4", "3 4, #tag and 5 > 4"),
        ("[" * 50_000, "[" * 50_000),
        ("", ""),
    ],
)
def test_markup_is_left_out_of_short_pieces(body, words):
    assert plain(body) == words


@pytest.mark.once
def test_a_beginning_ends_with_a_whole_word():
    assert beginning("one two three four", 10) == "one two …"
    assert beginning("one two", 10) == "one two"
    assert beginning("一二三四五六七八九十一二", 5) == "一二三四五 …"
    assert beginning("*" * 5_000 + "x", 10) == "…"


@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("Naïve Straße", "naive strasse", "[Naïve] [Straße]"),
        ("banana", "ana nan", "b[anan]a"),
        ("ﬁne ﬁne", "fine", "[ﬁne] [ﬁne]"),
        ("عَرَبِيّ", "عربي", "[عَرَبِي]ّ"),
        ("nothing", "zebra", "nothing"),
        ("I don’t – we’ll", "don't –", "I [don’t] [–] we’ll"),
        ("ÀÉÎÕÜÑÇØß", "aeiounc", "[ÀÉÎÕÜÑÇ]Øß"),
        ("Łódź 🌻 Ångström", "łodz angstrom", "[Łódź] 🌻 [Ångström]"),
    ],
)
def test_words_are_marked_in_every_script(text, typed, shown):
    parts = marked(text, words_of(typed))

    assert "".join(f"[{part.text}]" if part.marked else part.text for part in parts) == shown


@pytest.mark.once
def test_a_passage_is_cut_around_the_first_word():
    body = " ".join(f"word{number}" for number in range(400))

    parts = passage(body, words_of("word200 word201"))

    assert [part.text for part in parts if part.marked] == ["word200", "word201"]
    assert (parts[0].text, parts[-1].text) == ("… ", " …")
    assert sum(len(part.text) for part in parts) < 270
