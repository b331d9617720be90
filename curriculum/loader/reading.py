"""Reads one starter file: front matter, then Markdown with fenced directives. Refuses with file, line and reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

FENCE = re.compile(r"^:::\s*([a-z_]*)\s*$")
CITED = re.compile(r"\[[@=]([A-Za-z0-9]+)\]")
NEEDED = {
    "quotation": {"text", "attribution"},
    "figure": {"image", "alt", "caption"},
    "map": {"map", "caption"},
    "care": {"text"},
    "rich_text": {"html"},
    "fact": {"fact"},
    "term": {"term"},
    "reflection": {"text"},
    "discussion": {"text"},
    "commitment": {"text"},
}


class StarterRefused(Exception):
    """A starter file cannot be used; the message names the file, the line and the reason."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path.name}, line {line}: {reason}")


@dataclass(frozen=True)
class Part:
    """One block of a lesson: its kind, its values and the line on which it begins."""

    kind: str
    value: Any
    line: int


@dataclass(frozen=True)
class StarterText:
    """A starter file as read: front matter, body and the digest of its bytes."""

    path: Path
    slug: str
    front: dict[str, Any]
    parts: tuple[Part, ...]
    digest: str = field(repr=False)

    @property
    def markdown(self) -> str:
        """The running text without headings and directives."""
        return "\n\n".join(part.value for part in self.parts if part.kind == "markdown")

    def demand(self, *names: str) -> None:
        """Raise StarterRefused unless the front matter gives each of these names a value."""
        for name in names:
            if self.front.get(name) in (None, "", []):
                raise StarterRefused(self.path, 1, f"the front matter has no “{name}”.")


def read_starter(path: Path, *, facts: frozenset[str] = frozenset()) -> StarterText:
    """Read one file, which may cite these facts. Raises StarterRefused for anything that cannot become a page."""
    try:
        raw = path.read_bytes()
        lines = raw.decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise StarterRefused(path, 1, f"it cannot be read as UTF-8 text ({problem}).") from None
    if not lines or lines[0].strip() != "---":
        raise StarterRefused(path, 1, "it must begin with a line --- and its front matter.")
    end = next((at for at, line in enumerate(lines[1:], start=1) if line.strip() == "---"), 0)
    if not end:
        raise StarterRefused(path, 1, "its front matter has no closing line ---.")
    front = _yaml(path, "\n".join(lines[1:end]), first_line=2)
    parts = tuple(_parts(path, lines[end + 1 :], end + 2))
    text = StarterText(path, _slug_of(path), front, parts, sha256(raw).hexdigest())
    _check_citations(text, facts)
    return text


def _slug_of(path: Path) -> str:
    name = path.parent.name if path.stem == "module" else path.stem
    return re.sub(r"^\d+-", "", name)


def _yaml(path: Path, text: str, *, first_line: int) -> dict[str, Any]:
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        reason = getattr(problem, "problem", None) or "it is not YAML"
        raise StarterRefused(path, line, f"{reason}.") from None
    if not isinstance(found, dict):
        raise StarterRefused(path, first_line, "names with values were expected here.")
    return found


def _parts(path: Path, lines: list[str], first_line: int) -> Iterator[Part]:
    text: list[str] = []
    text_line = first_line
    rows = iter(enumerate(lines, start=first_line))
    for number, line in rows:
        fence = FENCE.match(line)
        if not fence and not line.startswith("## "):
            if not text:
                text_line = number
            text.append(line)
            continue
        yield from _text_part(text, text_line)
        text = []
        if fence:
            yield _directive(path, fence[1], number, rows)
        elif not line[3:].strip():
            raise StarterRefused(path, number, "a heading is empty.")
        else:
            yield Part("heading", line[3:].strip(), number)
    yield from _text_part(text, text_line)


def _text_part(lines: list[str], line: int) -> Iterator[Part]:
    text = "\n".join(lines).strip()
    if text:
        yield Part("markdown", text, line)


def _directive(path: Path, kind: str, line: int, rows: Iterator[tuple[int, str]]) -> Part:
    if kind not in NEEDED:
        raise StarterRefused(path, line, f"“{kind}” is no directive; known are {sorted(NEEDED)}.")
    inside: list[str] = []
    for _number, row in rows:
        if row.strip() == ":::":
            break
        inside.append(row)
    else:
        raise StarterRefused(path, line, "this directive has no closing line :::.")
    value = _yaml(path, "\n".join(inside), first_line=line + 1)
    missing = sorted(name for name in NEEDED[kind] if not value.get(name))
    if missing:
        raise StarterRefused(path, line, f"this {kind} has no {' and no '.join(missing)}.")
    return Part(kind, value, line)


def _check_citations(text: StarterText, facts: frozenset[str]) -> None:
    sources = text.front.get("sources") or []
    known = [str(source.get("key", "")) for source in sources if isinstance(source, dict)]
    doubled = sorted({key for key in known if known.count(key) > 1})
    if doubled:
        raise StarterRefused(text.path, 1, f"the source {doubled[0]} is listed twice.")
    for part in text.parts:
        body = part.value if isinstance(part.value, str) else part.value.get("text", "")
        keys = CITED.findall(body)
        if isinstance(part.value, dict):
            keys += [str(part.value[name]) for name in ("source", "fact") if part.value.get(name)]
        for key in keys:
            if key not in known and key not in facts:
                raise StarterRefused(
                    text.path,
                    part.line,
                    f"it cites {key}, which is no fact and not among its sources.",
                )
