"""The journal as JSON: written one entry a line, and read with suspicion."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accountability.journal.carrying.carried import MOST_ENTRIES, Carried, Row
from accountability.journal.carrying.shapes import (
    about_of,
    moment_of,
    prompt_of,
    tags_of,
    title_of,
    whole_of,
)
from accountability.journal.texts import Text, cleaned

FORMAT, VERSION = "lodestar-journal", 1
#: What 5,000 entries need is far below; what is over it is no journal, and would take a lot of memory to read.
MOST_STRINGS, MOST_MARKS = 1_000_000, 3_000_000


class NotRead(Exception):
    """A file that cannot be read; its words are the sentence that says why."""


def written_as(entries: Iterable[Carried], *, at: datetime, shut: Iterable[Row]) -> Iterator[str]:
    """The file in pieces. `shut` is asked when all entries have gone."""
    yield f'{{\n"format": "{FORMAT}",\n"version": {VERSION},\n"exported": "{_iso(at)}",\n"entries": ['
    comma = "\n"
    for entry in entries:
        yield comma + json.dumps(fields_of(entry), ensure_ascii=False)
        comma = ",\n"
    not_opened = [{"id": str(one.id), "written": _iso(one.written)} for one in shut]
    yield f'\n],\n"not_opened": {json.dumps(not_opened)}\n}}\n'


def read_from(source: str) -> list[Carried | str]:
    """The entries of the file, with a sentence in the place of each that cannot be read. Raises NotRead."""
    whole = _loaded(source)
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise NotRead(_("This is no export of a journal."))
    if whole.get("version") != VERSION:
        raise NotRead(_("This export was made by a newer version of this software than ours."))
    entries = whole.get("entries")
    if not isinstance(entries, list):
        raise NotRead(_("It holds no list of entries, as an export does."))
    if len(entries) > MOST_ENTRIES:
        raise NotRead(
            _("It holds %(count)s entries; at most %(most)s can be brought in at once.")
            % {"count": f"{len(entries):,}", "most": f"{MOST_ENTRIES:,}"}
        )
    return [_read(entry, place) for place, entry in enumerate(entries, start=1)]


def _loaded(source: str) -> Any:
    bare = source.replace("\\\\", "").replace('\\"', "")
    strings = bare.count('"')
    marks = 0 if strings > 2 * MOST_STRINGS else sum(map(_marks, bare.split('"')[::2]))
    if strings > 2 * MOST_STRINGS or marks > MOST_MARKS:
        raise NotRead(_("It holds far more than %(most)s entries.") % {"most": f"{MOST_ENTRIES:,}"})
    try:
        return json.loads(source)
    except (ValueError, RecursionError):  # also a number of thousands of digits
        raise NotRead(_("It is damaged: its JSON cannot be read.")) from None


def _marks(between: str) -> int:
    return len("".join(between.split()))


def _read(value: Any, place: int) -> Carried | str:
    try:
        return _entry(value)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return _("Its entry number %(place)d is not as our exports write it.") % {"place": place}


def _entry(value: dict[str, Any]) -> Carried:
    if not isinstance(value["title"], str) or not isinstance(value["body"], str):
        raise ValueError("of another shape")
    text = Text(
        title=title_of(value["title"]),
        body=cleaned(value["body"]),
        tags=tags_of(value["tags"]),
        prompt=prompt_of(value.get("prompt")),
        about=about_of(value.get("about")),
    )
    return Carried(
        id=UUID(value["id"]),
        text=text,
        written=moment_of(value["written"], UTC),
        changed=_moment(value.get("changed")),
        deleted=_moment(value.get("deleted")),
        version=max(1, whole_of(value.get("version", 1))),
        of_version=None if value.get("draft_of") is None else whole_of(value["draft_of"]),
    )


def fields_of(entry: Carried) -> dict[str, Any]:
    """One entry as values of JSON."""
    text = entry.text
    return {
        "id": str(entry.id),
        "state": "draft" if entry.is_draft else "deleted" if entry.deleted else "kept",
        "written": _iso(entry.written),
        "changed": _iso(entry.changed),
        "deleted": _iso(entry.deleted),
        "version": entry.version,
        "draft_of": entry.of_version,
        "title": text.title,
        "body": text.body,
        "tags": text.tags,
        "prompt": asdict(text.prompt) if text.prompt else None,
        "about": asdict(text.about) if text.about else None,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def _moment(value: str | None) -> datetime | None:
    return moment_of(value, UTC) if value is not None else None
