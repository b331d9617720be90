"""Words that nobody else may come across, and how to find one in whatever it was turned into. Standard library only.

All words of a sweep begin with one mark, made for it by chance. Looking for a mark is one pass over the bytes for each way
of writing it, however many words there are. Letters and digits alone: what URL, HTML or JSON leave as they are is found
as it is, and what escapes every letter is found as well.
"""

from __future__ import annotations

import gzip
import io
import re
import secrets
import zipfile
import zlib
from base64 import b64encode, urlsafe_b64decode
from collections.abc import Collection, Iterator

LETTERS = "bcdfghjkmnpqrstvwxz23456789"  # no word of any language
MARK_LENGTH, OWN_LENGTH = 12, 12
MOST_UNPACKED = 64_000_000  # bytes of one packed thing
DEEPEST = 3
LARGEST_SIGNED = 2_000_000  # bytes of a page or a row; a film holds nothing signed
#: What Django signs: a session, a cookie, a token in an address; a dot before it when it is packed.
SIGNED = re.compile(rb"(?<![\w.-])(\.?)([\w-]{16,}):[\w-]{4,}:[\w-]{20,}(?![\w-])")


class Words:
    """The words of one sweep: a new one for each name that is asked for."""

    def __init__(self, mark: str = "") -> None:
        """`mark`: how they all begin, when it was made before."""
        self.mark = mark or _made_up(MARK_LENGTH)
        self.words: dict[str, str] = {}
        self._folded = folded_ways(self.mark)
        self._exact = exact_ways(self.mark)

    def word(self, name: str) -> str:
        """The word that stands for this name, the same each time."""
        if name not in self.words:
            self.words[name] = self.mark + _made_up(OWN_LENGTH)
        return self.words[name]

    def traces(self, data: bytes) -> list[str]:
        """In which ways the mark stands in these bytes, or in what they pack or sign; empty when nowhere."""
        return sorted({way for part in unfolded(data) for way in self._in(part)})

    def without(self, names: Collection[str], data: bytes, *, body: bool = False) -> bytes:
        """The bytes without those of these words that stand there as they are; `body`: without them below the headers."""
        mark = self.mark.encode()
        if not names or mark not in data:
            return data
        head, gap, rest = data.partition(b"\n\n") if body else (b"", b"", data)
        for name in names:
            rest = rest.replace(self.words[name].encode(), b"")
        return head + gap + rest

    def names_in(self, data: bytes) -> set[str]:
        """The names of those words that stand there as they are."""
        whole = b"\n".join(unfolded(data))
        return {name for name, word in self.words.items() if word.encode() in whole}

    def _in(self, data: bytes) -> Iterator[str]:
        lower = data.lower()
        yield from (way for way, needle in self._folded if needle in lower)
        yield from (way for way, needle in self._exact if needle in data)


def folded_ways(word: str) -> list[tuple[str, bytes]]:
    """The ways of writing a word in which capitals do not matter, in lower case."""
    return [
        ("raw", word.encode()),
        ("url", "".join(f"%{ord(letter):02x}" for letter in word).encode()),
        ("html, decimal", "".join(f"&#{ord(letter)};" for letter in word).encode()),
        ("html, hexadecimal", "".join(f"&#x{ord(letter):x};" for letter in word).encode()),
        ("json", "".join(f"\\u{ord(letter):04x}" for letter in word).encode()),
        ("hex", word.encode().hex().encode()),
        # Without its last zero byte the little-endian form stands in the big-endian one, and the other way round.
        ("utf-16", word.encode("utf-16-le")[:-1]),
    ]


def exact_ways(word: str) -> list[tuple[str, bytes]]:
    """Base64 of the word in small and in capital letters, at each of the three places where it can begin."""
    found = {}
    for spelled in (word, word.upper()):
        for before in range(3):
            coded = b64encode(b"\0" * before + spelled.encode())
            whole = (before + len(spelled)) * 8 // 6  # letters that nothing after the word changes
            part = coded[-(-before * 8 // 6) : whole]
            found[part] = found[part.replace(b"+", b"-").replace(b"/", b"_")] = f"base64, {before}"
    return [(way, needle) for needle, way in found.items()]


def unfolded(data: bytes, depth: int = 0) -> Iterator[bytes]:
    """The bytes themselves, and what is in them when they are a zip, packed by gzip or zlib, or hold something signed."""
    yield data
    if depth < DEEPEST:
        for part in _packed_in(data):
            yield from unfolded(part, depth + 1)


def _packed_in(data: bytes) -> Iterator[bytes]:
    try:
        if data[:2] == b"\x1f\x8b":
            yield gzip.GzipFile(fileobj=io.BytesIO(data)).read(MOST_UNPACKED)
        elif data[:1] == b"\x78":
            yield zlib.decompressobj().decompress(data, MOST_UNPACKED)
        elif data[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                yield "\n".join(packed.namelist()).encode()
                for member in packed.infolist():
                    with packed.open(member) as opened:
                        yield opened.read(MOST_UNPACKED)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile):
        pass  # it only looked like that
    for is_packed, payload in SIGNED.findall(data) if len(data) < LARGEST_SIGNED else ():
        yield from _signed(payload, bool(is_packed))


def _signed(payload: bytes, is_packed: bool) -> Iterator[bytes]:
    try:
        opened = urlsafe_b64decode(payload + b"=" * (-len(payload) % 4))
        yield zlib.decompress(opened) if is_packed else opened
    except (ValueError, zlib.error):
        pass


def _made_up(length: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(length))
