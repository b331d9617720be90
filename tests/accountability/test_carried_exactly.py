"""What an entry says is the same after it was written into a file and read again, for any words."""

from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accountability.journal.carrying import asjson, frontmatter
from accountability.journal.carrying.carried import Carried
from accountability.journal.texts import About, Prompt, Text, cleaned, tags_once

WORDS = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]) | st.sampled_from("-:\"'\\\n #{}[]<"),
    max_size=60,
).map(lambda words: cleaned(cleaned(words)))  # fmt: skip
LINES = WORDS.map(lambda words: words.replace("\n", " "))
PATHS = st.sampled_from(["", "/learn/", "/learn/a/?x=1#y"])
TEXTS = st.builds(
    Text,
    title=LINES,
    body=WORDS,
    tags=st.lists(LINES, max_size=5).map(lambda tags: tags_once(tags_once(tags_once(tags)))),
    prompt=st.none() | st.builds(Prompt, words=WORDS, source=WORDS, url=PATHS),
    about=st.none() | st.builds(About, kind=WORDS, key=WORDS, words=WORDS, url=PATHS),
)
MOMENTS = st.datetimes(datetime(1901, 1, 1), datetime(2199, 1, 1), timezones=st.timezones()).map(
    lambda moment: moment.astimezone(UTC)
)
CARRIED = st.builds(
    Carried,
    id=st.uuids(),
    text=TEXTS,
    written=MOMENTS,
    changed=MOMENTS,
    deleted=st.none() | MOMENTS,
    version=st.just(1),
    of_version=st.none() | st.integers(0, 99),
)
NO_HURRY = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=200)


class TestExactly:
    @NO_HURRY
    @given(entry=CARRIED, zone=st.timezones())
    def test_markdown(self, entry, zone):
        source = frontmatter.written_as(entry, zone)

        assert frontmatter.read_from(source, stem="2001-01-01-other", zone=UTC) == entry

    @NO_HURRY
    @given(entries=st.lists(CARRIED, max_size=3))
    def test_json(self, entries):
        source = "".join(asjson.written_as(entries, at=datetime(2024, 3, 14, tzinfo=UTC), shut=[]))

        assert asjson.read_from(source) == entries

    @NO_HURRY
    @given(source=st.text(alphabet="-\n: abc\"[]{}#'0", max_size=80))
    def test_what_is_no_front_matter_of_ours_stays_in_the_text(self, source):
        """Of these letters no name of a field can be made, so that every line stays."""
        entry = frontmatter.read_from(source, stem="", zone=UTC)

        letters = "".join(sorted(set("abc0") & set(source)))
        assert "".join(sorted(set("abc0") & set(entry.text.body))) == letters
        assert (entry.id, entry.text.title, entry.text.tags) == (None, "", ())
