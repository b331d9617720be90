"""The Flesch-Kincaid grade of an English text: how many years of school its words and sentences ask for, roughly.

    grade = 0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59

Kincaid, J. P., Fishburne, R. P., Rogers, R. L. & Chissom, B. S. (1975), “Derivation of New Readability Formulas (Automated
Readability Index, Fog Count and Flesch Reading Ease Formula) for Navy Enlisted Personnel”, Research Branch Report 8-75,
Chief of Naval Technical Training, Millington, Tennessee.

It measures length and nothing else: a short sentence can be dark and a long word well known. So it is for advice.

How we count:

- **A sentence** ends with `.`, `!`, `?` or `…` before a space or the end, and with every line, so that headings and items of
  lists are sentences. The dot of an abbreviation (`ABBREVIATIONS`, initials, `U.S.`) and of `3.5` ends none.
- **A word** is a run of letters, figures, apostrophes and hyphens with a letter or figure in it.
- **A number** is a word of one syllable, however it is read aloud: dates and dollars are taken in at a glance.
- **An abbreviation in capitals** of up to four letters has a syllable for each of them (`W` has three).
- **A quotation** in double marks of more than three words is left out: its words are not ours to change. The sentence that it
  ends still ends there. A word or title in marks counts.

Known limits: syllables follow rules of spelling with a short list of exceptions, so a rare or foreign word may be one off
(`Yosemite`). A capital after `etc.`, `Inc.` or `Jr.` is taken to begin a sentence. A text in capitals throughout counts as
abbreviations where its words are short. Other languages are graded by other formulas (Fernández Huerta or INFLESZ for Spanish):
`grade_of` knows English alone, and this is the place to add them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

LONGEST_QUOTED = 3  # words in quotation marks that still count as the author's

ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "prof",
        "rev",
        "gov",
        "sen",
        "gen",
        "vs",
        "cf",
        "ca",
        "e.g",
        "i.e",
    ]
)
#: Abbreviations only where a number follows: “no.” is more often a word.
BEFORE_NUMBERS = frozenset({
    "no", "nos", "vol", "p", "pp", "fig", "ch", "sec", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct",
    "nov", "dec",
})  # fmt: skip
#: Abbreviations that a sentence may end with: it does when the next word begins one.
MAY_END = frozenset({"etc", "inc", "ltd", "co", "corp", "jr", "sr", "a.m", "p.m"})

QUOTED = re.compile(r"“([^“”\n]*)”|\"([^\"\n]*)\"")
END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s|$)")
WORD = re.compile(r"[^\W_]+(?:[.,’'&-]?[^\W_]+)*")
INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]$")

VOWELS = re.compile(r"[aeiouy]+")
Y_BETWEEN_VOWELS = re.compile(r"(?<=[aeiou])y(?=[aeiou])")
#: Two vowels side by side that are said apart.
APART = re.compile(
    r"(?<![ctsg])ia(?!ge)|[cs]ia(?=t)|tio$|rea(?=lit)|dn't$|[bdhmprv]io|(?<![qg])ua(?!y)|(?<!p)eo(?=[rl]|$)|(?:qu|cl|d|sc|soc|(?<!f)r)ie(?=[tn])|[eou]ing$|[^aeiou]ying$|[cs]rea(?=t)"
)
SILENT_E_INSIDE = re.compile(
    r"(?<=[aeiouy])([a-z]{0,2}[^aeiouyl])e(?=(?:ly|less|ful|ness|ments?)$)"
)
SOUNDED_ES = re.compile(r"(?:[sxzcg]|ch|sh)es$")
EXCEPTIONS = {
    "area": 3, "areas": 3, "business": 2, "clothes": 1, "every": 2, "everyone": 3, "everything": 3, "everybody": 4,
    "hundred": 2, "idea": 3, "ideas": 3, "maybe": 2, "naked": 2, "people": 2, "sacred": 2, "someone": 2, "something": 2,
    "sometimes": 2, "somebody": 3, "somewhere": 2, "whereas": 2, "whole": 1, "homeowner": 3, "homeowners": 3,
    "household": 2, "households": 2, "neighborhood": 3, "neighborhoods": 3, "safety": 2, "therefore": 2, "naive": 2, "persuade": 2,
}  # fmt: skip


class Counts(NamedTuple):
    """What the formula needs."""

    sentences: int
    words: int
    syllables: int


def grade_of(text: str) -> float | None:
    """The grade of an English text, rounded to a tenth; None when it has no word. Never raises."""
    found = counts_of(text)
    if not found.words:
        return None
    by_length = 0.39 * found.words / found.sentences
    return round(by_length + 11.8 * found.syllables / found.words - 15.59, 1)


def counts_of(text: str) -> Counts:
    """Sentences, words and syllables of a text without its quotations."""
    sentences = [
        words for one in sentences_of(without_quotations(text)) if (words := words_of(one))
    ]
    words = [word for sentence in sentences for word in sentence]
    return Counts(len(sentences), len(words), sum(map(syllables_of, words)))


def without_quotations(text: str) -> str:
    """The text without what somebody else said; the mark that ends the sentence stays."""

    def kept(found: re.Match[str]) -> str:
        inside = found[1] if found[1] is not None else found[2]
        if len(words_of(inside)) <= LONGEST_QUOTED:
            return found[0]
        return inside[-1] if inside[-1] in ".!?…" else ""

    return QUOTED.sub(kept, text)


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, each as it was written."""
    return [one for line in text.splitlines() for one in _of_line(line)]


def words_of(text: str) -> list[str]:
    """The words of a text."""
    return WORD.findall(text)


def syllables_of(word: str) -> int:
    """The syllables of a word, at least one; those of its parts where a hyphen joins them."""
    parts = [part for part in re.split(r"[-&]", word) if part]
    return sum(map(_of_part, parts)) or 1


def _of_line(line: str) -> list[str]:
    found, start = [], 0
    for end in END.finditer(line):
        if _is_abbreviation(line[start : end.start()], end[0], line[end.end() :]):
            continue
        found.append(line[start : end.end()].strip())
        start = end.end()
    found.append(line[start:].strip())
    return [one for one in found if one]


def _is_abbreviation(before: str, mark: str, after: str) -> bool:
    """Whether a dot belongs to the word before it. The last dot of a line always ends a sentence."""
    after = after.lstrip()
    if mark[0] != "." or len(mark) > 1 or not after:
        return False
    last = before.split()[-1].lstrip("(“\"'[") if before.split() else ""
    if last.lower() in MAY_END:
        return not after[0].isupper()
    if last.lower() in BEFORE_NUMBERS:
        return after[0].isdigit()
    if last.lower() in ABBREVIATIONS:
        return True
    return bool(INITIALS.match(last)) and last != "I"


def _of_part(part: str) -> int:
    if any(letter.isdigit() for letter in part):
        return 1
    plain = unicodedata.normalize("NFKD", part.replace("’", "'").replace("é", "ei"))
    letters = re.sub(r"[^A-Za-z']", "", plain)
    if 2 <= len(letters) <= 4 and letters.isupper():
        return sum(3 if letter == "W" else 1 for letter in letters)
    return _of_word(letters.lower())


def _of_word(word: str) -> int:
    known = EXCEPTIONS.get(word) or EXCEPTIONS.get(word.removesuffix("'s"))
    if known:
        return known
    word = SILENT_E_INSIDE.sub(r"\1", re.sub(r"'(?:s|re|ll|ve|d|m)?$", "", word))
    word = Y_BETWEEN_VOWELS.sub("j", word)
    count = len(VOWELS.findall(word)) + len(APART.findall(word)) - _silent_at_end(word)
    if re.search(r"[ai]sms?$", word):  # the m is a syllable of its own: racism
        count += 1
    return max(count, 1)


def _silent_at_end(word: str) -> int:
    """1 when the last e is not heard: `make`, `makes`, `asked`, `leagues`; not in `table`, `houses`, `graded`."""
    if re.search(r"[^aeiouy]les?$", word):
        return 0
    if word.endswith("gues"):
        return 1
    if word.endswith("es"):
        return int(not SOUNDED_ES.search(word) and bool(re.search(r"[^aeiouy]es$", word)))
    if word.endswith("ed"):
        return int(bool(re.search(r"[^aeiouytd]ed$", word)))
    return int(bool(re.search(r"[^aeiouy]e$|[gq]ue$", word)))
