"""Which characters a text may hold.

Letters of every script stay as they are, and so do the marks that scripts need: joiners (Persian, emoji),
zero-width spaces (Khmer), direction marks (U+200E, U+200F, U+061C). What goes is what no one types: control
characters, halves of surrogates, noncharacters, and direction overrides that make a reader see other
words than those that are stored.
"""

import re
import unicodedata

LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
NEVER_TYPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls but tab and line end
    "\ud800-\udfff"  # half a character: no database and no UTF-8 takes it
    "\u206a-\u206f\ufff9-\ufffb\ufeff"  # deprecated formats, interlinear notes, byte order mark
    "\ufdd0-\ufdef\ufffe\uffff"
    + "".join(
        chr(plane + 0xFFFE) + chr(plane + 0xFFFF) for plane in range(0x10000, 0x110000, 0x10000)
    )
    + "]"
)
DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
EMBEDDINGS, ISOLATES = "\u202a\u202b", "\u2066\u2067\u2068"
END_OF_EMBEDDING, END_OF_ISOLATE = "\u202c", "\u2069"
MOST_MARKS = (
    30  # accents on one letter: the stream-safe limit of Unicode; sorting more takes quadratic time
)


def strip_control(source: str) -> str:
    """The text without characters that no one types, its line ends as `\\n`, normalized to NFC."""
    seen = without_unseen(source)
    return seen if seen.isascii() else _few_marks(unicodedata.normalize("NFC", seen))


def without_unseen(text: str) -> str:
    """The text, or HTML, without characters that no one types; not normalized.

    Direction embeddings and isolates stay when they are opened and closed in one line. One without its
    partner, which would turn around the page that follows, goes, and so do overrides with their ends.
    HTML must never be normalized: NFC makes one character of a tag's `>` and an accent U+0338 behind it.
    """
    text = NEVER_TYPED.sub("", LINE_ENDS.sub("\n", text))
    if text.isascii():
        return text
    if DIRECTIONS.search(text):
        text = "\n".join(_with_pairs_only(line) for line in text.split("\n"))
    return _few_marks(text)


def _few_marks(source: str) -> str:
    """The text with no more than `MOST_MARKS` accents in a row."""
    kept, run = [], 0
    for letter in source:
        run = run + 1 if unicodedata.combining(letter) else 0
        if run <= MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


def _with_pairs_only(line: str) -> str:
    """The line with those embeddings and isolates that are opened and closed in it, paired by Unicode's rules."""
    open_at: list[int] = []
    isolates = 0  # among them
    paired: set[int] = set()
    for found in DIRECTIONS.finditer(line):
        place, mark = found.start(), found[0]
        if mark == END_OF_EMBEDDING:
            if open_at and line[open_at[-1]] not in ISOLATES:
                opener = open_at.pop()
                if line[opener] in EMBEDDINGS:
                    paired |= {opener, place}
        elif mark == END_OF_ISOLATE:
            if isolates:
                while line[opener := open_at.pop()] not in ISOLATES:
                    pass  # its isolate ends an embedding too, which then has no end of its own
                isolates -= 1
                paired |= {opener, place}
        else:
            open_at.append(place)
            isolates += mark in ISOLATES
    return DIRECTIONS.sub(lambda found: found[0] if found.start() in paired else "", line)
