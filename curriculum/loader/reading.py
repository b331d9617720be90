"""Reads one starter file: front matter, then Markdown with fenced directives. Refuses with file, line and reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from curriculum.loader.front import Names, Values, check_names, missing, read_values
from curriculum.loader.nested import LISTS, check_lists, nested_prose
from curriculum.loader.refusal import StarterRefused, suggestion
from curriculum.models.facts import KEY

__all__ = ["ModuleTexts", "Part", "StarterRefused", "StarterText", "read_starter"]

#: The language at the end of a translation's name.
TRANSLATED = re.compile(r"\.([a-z]{2}(?:-[a-z]+)?)$")
FENCE = re.compile(r"^:::\s*([a-z_]*)\s*$")
# Wider than what a page understands: a key that is written wrongly must not pass as plain text.
CITED = re.compile(r"\[([@=])([A-Za-z0-9]+)\]")
MODULE, LESSON = "module", "lesson"
MOST_MINUTES = 600  # of one lesson


def _names(needed: str, other: str = "", **more: frozenset[str]) -> Names:
    return Names(frozenset(needed.split()), frozenset(other.split()), **more)


FRONT = {
    MODULE: _names("title summary", "goal"),
    LESSON: _names("title lede goal minutes", "sources gate", no_words=frozenset({"minutes", "sources"})),
}  # fmt: skip
SOURCE = _names("key title", "author publisher year url checked confidence", numbers=frozenset({"year"}))  # fmt: skip
DIRECTIVES = {
    "quotation": _names("text attribution source"),
    "figure": _names("image alt caption", "source"),
    "map": _names("map caption"),
    "care": _names("text", "short_path"),
    "rich_text": _names("html"),
    "fact": _names("fact"),
    "term": _names("term"),
    "reflection": _names("text"),
    "discussion": _names("text", "place"),
    "commitment": _names("text"),
    "check": _names("question options", no_words=frozenset(LISTS["check"])),
    "sorting": _names("task groups cases", no_words=frozenset(LISTS["sorting"])),
    "understanding": _names("scenario stages people", no_words=frozenset(LISTS["understanding"])),
    "chart": _names("title kind unit csv source year method not_collected", "measure together", numbers=frozenset({"year"})),
    "timeline": _names("title events", no_words=frozenset(LISTS["timeline"])),
    "then_now": _names("title map unit csv source year method not_collected caution", numbers=frozenset({"year"})),
    "worksheet": _names("title questions", "introduction", no_words=frozenset(LISTS["worksheet"])),
    "media": _names("file title transcript", "duration captions poster"),
    "facilitator": _names("minutes text", "resistance access", numbers=frozenset({"minutes"})),
}  # fmt: skip
#: Values of directives that name a file, and the folder beside the modules in which it lies.
FILES = {
    "figure": {"image": "images"},
    "media": {"file": "media", "captions": "media", "poster": "images"},
}
#: Values of directives that people read as prose: they may cite, and lead to terms.
PROSE = (
    "text", "attribution", "short_path", "caption", "question", "task", "scenario", "method", "not_collected", "caution",
    "title", "introduction", "transcript", "resistance", "access",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One block of a lesson: its kind, the line on which it begins, and its text or its named values."""

    kind: str
    line: int
    text: str = ""
    values: Values | None = None

    def line_of(self, *place: str | int) -> int:
        """The line of one of its values, else its own."""
        return self.values.line(*place) if self.values else self.line

    def prose(self) -> Iterator[tuple[int, str]]:
        """Its texts, each with the line on which it begins."""
        if self.values is None:
            yield self.line, self.text
            return
        for name in PROSE:
            if self.values.get(name):
                yield self.values.line(name), self.values.get(name)
        yield from nested_prose(self.kind, self.values)


@dataclass(frozen=True)
class StarterText:
    """A starter file as read: front matter, parts, and the digest of its bytes and of the files that it shows."""

    path: Path
    slug: str
    front: Values
    parts: tuple[Part, ...]
    digest: str = field(repr=False)

    @property
    def name(self) -> str:
        """Its folder and its own name, by which the loader remembers it."""
        return f"{self.path.parent.name}/{self.path.name}"

    @property
    def language(self) -> str:
        """Its language by the name of the file: `es` of `module.es.md`; that in which modules are written first without one."""
        found = TRANSLATED.search(self.path.stem)
        return found[1] if found else str(settings.LANGUAGE_CODE)

    @property
    def bare_name(self) -> str:
        """Its name without ending and language, which a translation shares with its original."""
        return _bare(self.path)

    @property
    def is_module(self) -> bool:
        """Whether it is a module; else it is a lesson."""
        return _bare(self.path) == MODULE

    @property
    def markdown(self) -> str:
        """The text of a module."""
        return "\n\n".join(part.text for part in self.parts)


@dataclass(frozen=True)
class ModuleTexts:
    """The files of one module: itself, its lessons in order, and each translation behind its original, by language."""

    module: StarterText
    lessons: list[StarterText]
    translations: dict[str, list[tuple[StarterText, StarterText]]] = field(default_factory=dict)

    def all(self) -> Iterator[StarterText]:
        """All of them."""
        yield self.module
        yield from self.lessons
        yield from (text for pairs in self.translations.values() for _original, text in pairs)


def read_starter(path: Path) -> StarterText:
    """Read one file. Raises StarterRefused for anything that cannot become a page, whatever else is loaded."""
    try:
        raw = path.read_bytes()
        lines = re.split("\r\n|\r|\n", raw.decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as problem:
        reason = _("it cannot be read as UTF-8 text (%(problem)s).") % {"problem": problem}
        raise StarterRefused(path, 1, reason) from None
    if lines[0].strip() != "---":
        raise StarterRefused(path, 1, _("it must begin with a line --- and its front matter."))
    end = next((at for at, line in enumerate(lines[1:], start=1) if line.strip() == "---"), 0)
    if not end:
        raise StarterRefused(path, 1, _("its front matter has no closing line ---."))
    kind = MODULE if _bare(path) == "module" else LESSON
    front = read_values(path, "\n".join(lines[1:end]), first_line=2, opening=1)
    _check_front(front, kind)
    parts = tuple(_parts(path, lines[end + 1 :], end + 2))
    if kind == MODULE:
        _refuse_more_than_text(path, parts)
    return StarterText(path, _slug_of(path), front, parts, _digest(path, raw, parts))


def _slug_of(path: Path) -> str:
    name = _bare(path)
    return re.sub(r"^\d+-", "", path.parent.name if name == "module" else name)


def _bare(path: Path) -> str:
    """The name of a file without its ending and its language: `module` of `module.es.md`."""
    return TRANSLATED.sub("", path.stem)


def _digest(path: Path, raw: bytes, parts: tuple[Part, ...]) -> str:
    found = sha256(raw)
    for part in parts:
        for folder, name in files_of(part):
            file = path.parents[1] / folder / Path(name).name
            found.update(file.read_bytes() if file.is_file() else b"")
    return found.hexdigest()


def files_of(part: Part) -> list[tuple[str, str]]:
    """Folder and name of the files that a block shows."""
    shown = FILES.get(part.kind, {})
    values = part.values.values if part.values else {}
    return [(folder, values[name]) for name, folder in shown.items() if values.get(name)]


def _check_front(front: Values, kind: str) -> None:
    check_names(front.values, FRONT[kind], front)
    for name in missing(front.values, FRONT[kind]):
        raise StarterRefused(front.path, 1, _("the front matter has no “%(name)s”.") % {"name": name})  # fmt: skip
    minutes = front.get("minutes", 1)
    if isinstance(minutes, bool) or minutes not in range(1, MOST_MINUTES + 1):
        reason = _("“minutes” must be a whole number from 1 to %(most)s.") % {"most": MOST_MINUTES}
        raise StarterRefused(front.path, front.line("minutes"), reason)
    sources = front.get("sources") or []
    if not isinstance(sources, list):
        raise StarterRefused(front.path, front.line("sources"), _("“sources” must be a list."))
    for number, source in enumerate(sources):
        _check_source(front, number, source)


def _check_source(front: Values, number: int, source: object) -> None:
    line = front.line("sources", number)
    if not isinstance(source, dict):
        raise StarterRefused(front.path, line, _("names with values were expected here."))
    check_names(source, SOURCE, front, "sources", number)
    for name in missing(source, SOURCE):
        raise StarterRefused(front.path, line, _("this source has no %(name)s.") % {"name": name})
    if not re.fullmatch(KEY, source["key"]):
        reason = _("the key of a source is two letters and a number, like RL04.")
        raise StarterRefused(front.path, front.line("sources", number, "key"), reason)
    if any(source["key"] == other["key"] for other in front.get("sources")[:number]):
        reason = _("the source %(key)s is listed twice.") % {"key": source["key"]}
        raise StarterRefused(front.path, line, reason)


def _refuse_more_than_text(path: Path, parts: tuple[Part, ...]) -> None:
    for part in parts:
        if part.kind != "markdown":
            reason = _("a module holds text alone. Headings and directives belong in its lessons.")
            raise StarterRefused(path, part.line, reason)
        cited = CITED.search(part.text)
        if cited:
            line = part.line + part.text.count("\n", 0, cited.start())
            raise StarterRefused(path, line, _("a module cites nothing. Cite in its lessons."))


def _parts(path: Path, lines: list[str], first_line: int) -> Iterator[Part]:
    text: list[tuple[int, str]] = []
    rows = iter(enumerate(lines, start=first_line))
    for number, line in rows:
        is_heading = line.startswith("## ") or line.rstrip() == "##"
        if not is_heading and not line.startswith(":::"):
            text.append((number, line))
            continue
        yield from _text_part(text)
        text = []
        if is_heading:
            if not line[3:].strip():
                raise StarterRefused(path, number, _("a heading is empty."))
            yield Part("heading", number, line[3:].strip())
        else:
            yield _directive(path, line, number, rows)
    yield from _text_part(text)


def _text_part(lines: list[tuple[int, str]]) -> Iterator[Part]:
    first = next((number for number, line in lines if line.strip()), None)
    if first is not None:
        yield Part("markdown", first, "\n".join(line for _number, line in lines).strip())


def _directive(path: Path, opening: str, line: int, rows: Iterator[tuple[int, str]]) -> Part:
    fence = FENCE.match(opening)
    if not fence:
        reason = _("a directive's first line holds its kind alone, like “::: fact”.")
        raise StarterRefused(path, line, reason)
    kind = fence[1]
    if not kind:
        raise StarterRefused(path, line, _("this line ::: closes nothing."))
    if kind not in DIRECTIVES:
        reason = _("“%(kind)s” is no directive. %(suggestion)s")
        said = {"kind": kind, "suggestion": suggestion(kind, DIRECTIVES)}
        raise StarterRefused(path, line, reason % said)
    inside: list[str] = []
    for _number, row in rows:
        if row.strip() == ":::":
            break
        inside.append(row)
    else:
        raise StarterRefused(path, line, _("this directive has no closing line :::."))
    values = read_values(path, "\n".join(inside), first_line=line + 1, opening=line)
    check_names(values.values, DIRECTIVES[kind], values)
    for name in missing(values.values, DIRECTIVES[kind]):
        reason = _("this %(kind)s has no %(name)s.") % {"kind": kind, "name": name}
        raise StarterRefused(path, line, reason)
    check_lists(kind, values)
    return Part(kind, line, values=values)
