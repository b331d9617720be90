"""What an editor may want to look at before readers do: words, links, captions, headings. Advice never blocks publishing.

What must be right is in `readiness`. All rules stand here, each a function that gives sentences for one part of the body or
for the whole of it; the editor reads them in the panel “Checks” beside the form (`templates/wagtailadmin/shared/side_panels`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from core.text import plain_text
from core.text.reading_grade import counts_of, grade_of, sentences_of, without_quotations, words_of
from curriculum.blocks.base import CITED, has_words
from curriculum.glossary.models import Term
from curriculum.parts import LINK, NOT_OURS, Part, parts_of

HIGHEST_GRADE = 11
FEWEST_GRADED = 100  # words; the grade of a few is chance
LONGEST_SENTENCE = 35  # words
MOST_SHOWN = 8  # words of a long sentence, so that it can be found

HEADING = re.compile(r"<h([1-6])\b")
WHOLE_HEADING = re.compile(r"<h([1-6])[^<>]*>.*?</h\1>", re.DOTALL)
TERM_ADDRESS = re.compile(r'href="/glossary/([a-z0-9-]+)/"')
BARE_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)
SAYS_NOTHING = frozenset(
    ["here", "click here", "click", "this", "this link", "link", "this page", "page", "more", "read more", "learn more"]
)  # fmt: skip


#: Letters that are read for grade and sentences: five long lessons, in a fraction of a second. The rest says the same.
MOST_READ = 40_000


def advice_of(lesson: Any) -> list[str]:
    """Everything that we would look at again in this lesson, in the order of its parts.

    One query for the terms, and one for the language where that is not known yet.
    """
    parts = parts_of(lesson)
    english = lesson.locale.language_code.partition("-")[0] == "en" if lesson.locale_id else True
    found: list[tuple[int, str]] = [*_retired(parts), *_heading_order(parts)]
    for part in parts:
        about = [*_links(part), *_captions(part), *(_long_sentences(part) if english else ())]
        found += [(part.number, words) for words in about]
    where = {part.number: part.label for part in parts}
    placed = [_placed(number, where[number], words) for number, words in sorted(found)]
    return [*(_grade(parts) if english else ()), *placed]


def _placed(number: int, label: str, words: str) -> str:
    return _("Body, part %(place)s (%(kind)s): %(problem)s") % {
        "place": number, "kind": label, "problem": words,
    }  # fmt: skip


def _retired(parts: list[Part]) -> Iterator[tuple[int, str]]:
    """Links to terms that the initiative does not use any more, and cards of them, by part. One query for those."""
    met = {part.number: _met_in(part) for part in parts}
    slugs = {slug for several in met.values() for slug in several}
    if not slugs:
        return
    rows = Term.objects.filter(slug__in=slugs, retired_at__isnull=False)
    retired = {term.slug: term for term in rows.select_related("replaced_by")}
    for number, several in met.items():
        yield from ((number, _gone(retired[slug])) for slug in several if slug in retired)


def _gone(term: Term) -> str:
    said = {"term": term.label, "other": term.replaced_by}
    if term.replaced_by is None:
        return _("it leads to the term “%(term)s”, which we do not use any more. Say it in other words.") % said  # fmt: skip
    return _("it leads to the term “%(term)s”, which we do not use any more. “%(other)s” took its place.") % said  # fmt: skip


def _met_in(part: Part) -> list[str]:
    """The terms that a part leads to or shows, each once."""
    if part.kind == "term":
        return [part.value["term"].slug] if part.value.get("term") else []
    return list(dict.fromkeys(TERM_ADDRESS.findall(part.html)))


def _prose(part: Part) -> str:
    """The words that are ours and no heading: what others said keeps its own words."""
    return "" if part.kind in (*NOT_OURS, "heading") else WHOLE_HEADING.sub(" ", part.html)


def _links(part: Part) -> Iterator[str]:
    """Links whose words do not say where they lead; someone who goes from link to link hears nothing else."""
    for _attributes, inside in LINK.findall(part.html):
        text = unescape(strip_tags(inside)).strip()
        if text.lower().rstrip(" .…>") in SAYS_NOTHING or BARE_ADDRESS.match(text):
            yield _("the link “%(text)s” does not say where it leads. Let its words name the page.") % {
                "text": text[:60]
            }  # fmt: skip


def _captions(part: Part) -> Iterator[str]:
    """A picture or chart whose caption is empty."""
    names: Any = getattr(part.value, "keys", tuple)()
    if "caption" in names and not has_words(part.value["caption"]):
        yield _("there is no caption. Say in a sentence what to see in it.")


def _long_sentences(part: Part) -> Iterator[str]:
    if part.kind in NOT_OURS:
        return
    for sentence in sentences_of(without_quotations(CITED.sub("", part.words[:MOST_READ]))):
        count = len(words_of(sentence))
        if count > LONGEST_SENTENCE:
            start = " ".join(sentence.split()[:MOST_SHOWN])
            yield _("a sentence has %(count)s words: “%(start)s …” Could it be two?") % {
                "count": count, "start": start,
            }  # fmt: skip


def _heading_order(parts: list[Part]) -> Iterator[tuple[int, str]]:
    """A heading that is more than one step below the one before it; the title of the lesson is the first step."""
    last = 1
    for part in parts:
        levels = [2] if part.kind == "heading" else map(int, HEADING.findall(part.html))
        for level in levels:
            if level > last + 1:
                yield part.number, _(
                    "a heading of level %(level)s comes after one of level %(last)s. Take one of level %(next)s, so that "
                    "no step is missing."
                ) % {"level": level, "last": last, "next": last + 1}  # fmt: skip
            last = level


def grade_of_parts(parts: list[Part]) -> float | None:
    """The Flesch-Kincaid grade of everything in an English lesson that is prose of ours; None where it is too little to say."""
    text = "\n".join(plain_text(f"<div>{CITED.sub('', _prose(part))}</div>") for part in parts)[
        :MOST_READ
    ]
    return grade_of(text) if counts_of(text).words >= FEWEST_GRADED else None


def _grade(parts: list[Part]) -> Iterator[str]:
    grade = grade_of_parts(parts)
    if grade is not None and grade > HIGHEST_GRADE:
        yield _(
            "Body: the words and sentences ask for about grade %(grade)s of school (Flesch-Kincaid); we aim for %(most)s or "
            "less. Shorter sentences help most."
        ) % {"grade": round(grade), "most": HIGHEST_GRADE}  # fmt: skip
