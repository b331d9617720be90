"""What somebody sent, as entries, with a plain sentence for each file that is none."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import tzinfo

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from accountability.journal.carrying import asjson, frontmatter
from accountability.journal.carrying.asjson import NotRead
from accountability.journal.carrying.budget import Budget, TooMuch
from accountability.journal.carrying.carried import Carried
from accountability.journal.carrying.shapes import over_limit
from accountability.journal.carrying.unpacking import Part, parts_of
from core.text import strip_control

MOST_SHOWN = 60  # letters of a name
MARKDOWN = (".md", ".markdown", ".txt")
ZIP, JSON = ".zip", ".json"
BEGINS_ZIP = b"PK\x03\x04"
MOST_OF_ONE = 1024 * 1024  # bytes; 100,000 letters of any script are less
MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True)
class Problem:
    """Why a file is not brought in. `name` is shortened and without what nobody sees; it is still to be escaped."""

    name: str
    why: str


@dataclass
class Found:
    """The entries in what was sent. When there is a problem, none of them is to be used."""

    entries: list[Carried] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, name: str, why: str) -> None:
        """Add a problem."""
        self.problems.append(Problem(_shown(name), why))

    def take(self, name: str, entry: Carried | str) -> None:
        """Add an entry, unless it is over a limit or a sentence that says why there is none."""
        why = entry if isinstance(entry, str) else over_limit(entry)
        if why or isinstance(entry, str):
            self.refuse(name, why)
        else:
            self.entries.append(entry)


def found_in(files: Iterable[UploadedFile], zone: tzinfo) -> Found:
    """All entries of the files. `zone` is the one for what names no zone."""
    found, budget = Found(), Budget()
    try:
        for file in files:
            _read_file(str(file.name), file.read(), zone, found, budget)
    except TooMuch as problem:
        found.refuse("", str(problem))
    return found


def _read_file(name: str, content: bytes, zone: tzinfo, found: Found, budget: Budget) -> None:
    try:
        for part in _parts(name, content, budget):
            _read(part, zone, found, budget)
    except NotRead as problem:
        found.refuse(name, str(problem))


def _parts(name: str, content: bytes, budget: Budget) -> Iterator[Part]:
    if not name.lower().endswith(ZIP):
        budget.spend(len(content))
        return iter([Part(name, content)])
    if not content.startswith(BEGINS_ZIP):
        raise NotRead(_("It is empty.") if not content else _("It is no zip file."))
    return parts_of(content, budget)


def _read(part: Part, zone: tzinfo, found: Found, budget: Budget) -> None:
    """Take the entries of a part. One that has none counts as one, so that there is an end to what is wrong, too."""
    try:
        if part.problem:
            raise NotRead(part.problem)
        reader = _reader_of(part.name)
        for entry in reader(part, zone):
            budget.count()
            found.take(part.name, entry)
    except NotRead as problem:
        budget.count()
        found.refuse(part.name, str(problem))


_Reader = Callable[[Part, tzinfo], Iterable[Carried | str]]


def _reader_of(name: str) -> _Reader:
    if name.lower().endswith(MARKDOWN):
        return _markdown
    if name.lower().endswith(JSON):
        return _json
    if name.lower().endswith(ZIP):
        raise NotRead(_("It is a zip file inside a zip file. Unpack it first."))
    raise NotRead(_("It is no Markdown file; their names end with .md or .txt."))


def _json(part: Part, _zone: tzinfo) -> Iterable[Carried | str]:
    return asjson.read_from(_text_of(part.content))


def _markdown(part: Part, zone: tzinfo) -> Iterable[Carried | str]:
    if len(part.content) > MOST_OF_ONE:
        raise NotRead(_("It is far longer than an entry can be."))
    text = _text_of(part.content)
    if text.lstrip().lower().startswith(("<!doctype html", "<html")):
        raise NotRead(_("It is a web page. Save its text as a Markdown or text file."))
    stem = part.name.rpartition("/")[2].rpartition(".")[0]
    return [frontmatter.read_from(text, stem=stem, zone=zone)]


def _text_of(content: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 that says so. Raises NotRead."""
    if content.startswith(BEGINS_ZIP):
        raise NotRead(_("It is a Word file or another packed one, whatever its name says. Save it as plain text."))  # fmt: skip
    try:
        text = content.decode(MARKS.get(content[:2], "utf-8-sig"))
    except UnicodeDecodeError:
        raise NotRead(_("It is no text in UTF-8. Save it again with that encoding.")) from None
    if not text.strip():
        raise NotRead(_("It is empty."))
    if "\x00" in text:
        raise NotRead(_("It is no text file."))
    return text


def _shown(name: str) -> str:
    name = " ".join(strip_control(name).split())
    return name if len(name) <= MOST_SHOWN else f"{name[: MOST_SHOWN - 1]}…"
