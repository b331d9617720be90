"""An entry as a Markdown file: a few lines between `---` that say when, with which tags and about what, then the text.

The values are JSON, which is YAML too. What is read may come from other programs: what is understood is taken out, what is
not stays in the text as it stood.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, tzinfo
from typing import Any
from uuid import UUID

from accountability.journal.carrying.carried import Carried
from accountability.journal.carrying.shapes import (
    about_of,
    moment_of,
    prompt_of,
    tags_of,
    title_of,
    whole_of,
)
from accountability.journal.texts import LONGEST_TITLE, Text, cleaned, tags_once

FENCE = "---"
LONGEST_NAME = 80
_KEY = re.compile(r"([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*)")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")
_DAY_FIRST = re.compile(r"(\d{4}-\d\d-\d\d)(?:$|[^\d])")


def written_as(entry: Carried, zone: tzinfo) -> str:
    """The file. Reading it gives the same entry again."""
    text = entry.text
    lines = [
        f"id: {entry.id}",
        f"title: {_json(text.title)}",
        *(f"{name}: {moment.astimezone(zone).isoformat()}" for name, moment in _moments(entry)),
        f"tags: {_json(list(text.tags))}",
        *([f"prompt: {_json(asdict(text.prompt))}"] if text.prompt else []),
        *([f"about: {_json(asdict(text.about))}"] if text.about else []),
        *([f"draft: {entry.of_version}"] if entry.is_draft else []),
    ]
    return "\n".join([FENCE, *lines, FENCE, "", text.body, ""])


def _moments(entry: Carried) -> list[tuple[str, datetime]]:
    named = {"written": entry.written, "changed": entry.changed, "deleted": entry.deleted}
    return [(name, moment) for name, moment in named.items() if moment]


def name_of(entry: Carried, zone: tzinfo, taken: dict[str, int]) -> str:
    """A name for the file that no other has: the day and the title, in letters, digits and hyphens."""
    day = entry.written.astimezone(zone).date().isoformat() if entry.written else ""
    plain = unicodedata.normalize("NFKD", entry.text.title).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    base = f"{day}-{slug}"[: LONGEST_NAME - len("-99999.md")].strip("-")
    name = base
    while name in taken:
        taken[base] += 1
        name = f"{base}-{taken[base]}"
    taken[name] = 1
    return f"{name}.md"


def read_from(source: str, *, stem: str, zone: tzinfo) -> Carried:
    """What a Markdown file says. `stem` is its name without the ending: a day or a title, where the file names none."""
    head, body = _parted(source.replace("\r\n", "\n").replace("\r", "\n"))
    fields, unknown = _understood(head, zone)
    # `written_as` ends a file with one line end, and others with some
    body = body.removesuffix("\n") if "id" in fields else body.strip("\n")
    if unknown:
        body = "\n".join([FENCE, *unknown, FENCE, "", body])
    day = _DAY_FIRST.match(stem)
    named = stem[len(day[1]) :] if day else stem
    return Carried(
        id=fields.get("id"),
        text=Text(
            title=fields.get(
                "title", _one_line(named.replace("_", " ").strip(" -"))[:LONGEST_TITLE]
            ),
            body=cleaned(body),
            tags=fields.get("tags", ()),
            prompt=fields.get("prompt"),
            about=fields.get("about"),
        ),
        written=fields.get("written") or (_day_of(day[1], zone) if day else None),
        changed=fields.get("changed"),
        deleted=fields.get("deleted"),
        of_version=fields.get("draft"),
    )


def _parted(source: str) -> tuple[list[str], str]:
    """The lines between the fences, and what follows them; none of the first without two fences."""
    lines = source.split("\n")
    if lines[0].rstrip() != FENCE:
        return [], source
    for place, line in enumerate(lines[1:], start=1):
        if line.rstrip() in {FENCE, "..."}:
            return lines[1:place], "\n".join(lines[place + 1 :]).removeprefix("\n")
    return [], source


def _understood(head: list[str], zone: tzinfo) -> tuple[dict[str, Any], list[str]]:
    """The fields we know, and the lines of those we do not know, or that say what we cannot read."""
    fields: dict[str, Any] = {}
    unknown: list[str] = []
    for lines in _grouped(head):
        found = _KEY.fullmatch(lines[0])
        name = _SAME.get(found[1].lower(), found[1].lower()) if found else ""
        try:
            if not found or name in fields or name not in _READERS:
                raise ValueError
            items = [item[1].strip() for line in lines[1:] if (item := _ITEM.fullmatch(line))]
            if len(items) != len(lines) - 1 or (items and (found[2] or name != "tags")):
                raise ValueError
            fields[name] = _READERS[name](found[2].strip(), items, zone)
        except (ValueError, OverflowError, RecursionError):
            unknown += lines
    return fields, unknown


def _grouped(head: list[str]) -> list[list[str]]:
    """Each line with the lines that belong to it: indented, or items of a list."""
    groups: list[list[str]] = []
    for line in head:
        if groups and (line.startswith((" ", "\t")) or _ITEM.fullmatch(line)):
            groups[-1].append(line)
        elif line.strip():
            groups.append([line])
    return groups


def _day_of(words: str, zone: tzinfo) -> datetime | None:
    try:
        return moment_of(words, zone)
    except ValueError:
        return None


def _one_line(words: str) -> str:
    return " ".join(cleaned(words).split())


def _words(value: str) -> str:
    """A value of one line, with or without quotation marks."""
    if value[:1] == '"':
        return cleaned(str(json.loads(value)))
    if len(value) > 1 and value[0] == value[-1] == "'":
        value = value[1:-1].replace("''", "'")
    return cleaned(value)


def _tags(value: str, items: list[str]) -> tuple[str, ...]:
    """Tags as our JSON, as a list of YAML in either form, or parted by commas."""
    if items:
        return tags_once(_words(item) for item in items)
    try:
        given = json.loads(value)
    except ValueError:
        flow = value.removeprefix("[").removesuffix("]").split(",")
        return tags_once(_words(tag.strip()) for tag in flow)
    return tags_of(given)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


_Reader = Callable[[str, list[str], tzinfo], Any]
#: What other programs call the same.
_SAME = {"date": "written", "created": "written"}
_READERS: dict[str, _Reader] = {
    "id": lambda value, _items, _zone: UUID(value),
    "title": lambda value, _items, _zone: title_of(_words(value)),
    "written": lambda value, _items, zone: moment_of(_words(value), zone),
    "changed": lambda value, _items, zone: moment_of(_words(value), zone),
    "deleted": lambda value, _items, zone: moment_of(_words(value), zone),
    "tags": lambda value, items, _zone: _tags(value, items),
    "prompt": lambda value, _items, _zone: prompt_of(json.loads(value)),
    "about": lambda value, _items, _zone: about_of(json.loads(value)),
    "draft": lambda value, _items, _zone: whole_of(int(value)),
}
