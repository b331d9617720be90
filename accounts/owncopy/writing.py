"""The files of the copy, each made while it is written: pages, data, tables, and what the apps add."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import get_template, render_to_string
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi

from accounts.models import Initiative
from accounts.owncopy.contents import Room, flat_lists_in, has_something, rooms_of
from accounts.owncopy.words import label_of, text_of, told
from core.packing import File, packed
from core.spreadsheets import as_csv

FORMAT, VERSION = "lodestar-my-data", 1
STYLE = "css/own-copy.css"


def zipped(member: Any) -> Iterator[bytes]:
    """The pieces of the zip file, in the language and the time zone that are active while it is read."""
    return packed(files_of(member))


def files_of(member: Any) -> Iterator[File]:
    """Every file of it. Rows are read anew for each form, a few at once, so that many take no more memory than few."""
    at = timezone.localtime()
    rooms = rooms_of(member)
    frame = {
        "initiative": Initiative.load(),
        "member": member,
        "at": at,
        "language": get_language(),
        "direction": "rtl" if get_language_bidi() else "ltr",
    }
    yield "README.txt", at, [render_to_string("accounts/owncopy/README.txt", frame)]
    yield "index.html", at, [_index(rooms, frame)]
    yield "style.css", at, [_style()]
    for room in rooms:
        yield f"pages/{room.name}.html", at, _page(room, frame)
    yield "data.json", at, as_json(rooms, at=at)
    for room in rooms:
        yield from _tables(room, at)
    for room in rooms:
        for part in room.parts:
            if part.files is not None:
                yield from part.files()


def as_json(rooms: Sequence[Room], *, at: datetime) -> Iterator[str]:
    """Everything for programs, in pieces: for each holding its data, and its private parts by their names."""
    head = {"format": FORMAT, "version": VERSION, "made": at}
    yield "{\n" + ",\n".join(f"{_json(name)}: {_json(value)}" for name, value in head.items())
    yield ',\n"rooms": {'
    for number, room in enumerate(rooms):
        yield (",\n" if number else "\n") + f'{_json(room.name)}: {{\n"data": {_json(room.data)}'
        for part in room.parts:
            yield f",\n{_json(part.name)}: "
            yield from _list(part.rows())
        yield "\n}"
    yield "\n}\n}\n"


def _list(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    yield "["
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + _json(row)
    yield "\n]"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)


def _index(rooms: Sequence[Room], frame: dict[str, Any]) -> str:
    journal = any(part.files is not None for room in rooms for part in room.parts)
    context = {**frame, "rooms": rooms, "has_journal": journal, "root": ""}
    return render_to_string("accounts/owncopy/index.html", context)


def _page(room: Room, frame: dict[str, Any]) -> Iterator[str]:
    """The readable page of a holding, row by row."""
    around = {**frame, "room": room, "root": "../"}
    yield render_to_string("accounts/owncopy/page_head.html", around)
    if has_something(room.data):
        yield from _data(room)
    for part in room.parts:
        yield from _section(part.title, part.rows(), room)
    yield render_to_string("accounts/owncopy/page_foot.html", around)


def _data(room: Room) -> Iterator[str]:
    """What is no private part: a list as one section, else its lists after what stands by itself."""
    data = room.data
    if not isinstance(data, Mapping):
        yield from _section(room.title, data, room)
        return
    lists = {name: value for name, value in data.items() if _holds_rows(value)}
    alone = {name: value for name, value in data.items() if name not in lists}
    if has_something(alone):
        yield from _section(room.title, [alone], room)
    for name, rows in lists.items():
        yield from _section(label_of(name, room.labels), rows, room)


def _holds_rows(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, Mapping) for one in value)


def _section(title: Any, rows: Iterable[Mapping[str, Any]], room: Room) -> Iterator[str]:
    template = get_template("accounts/owncopy/row.html")
    yield render_to_string("accounts/owncopy/section_head.html", {"title": title})
    for row in rows:
        yield template.render({"told": told(row, room.labels)})
    yield "</section>\n"


def _tables(room: Room, at: datetime) -> Iterator[File]:
    for name, rows in flat_lists_in(room):
        ending = f"-{name.replace('_', '-')}" if name else ""
        yield f"tables/{room.name}{ending}.csv", at, as_csv(_cells(rows, room))


def _cells(rows: Sequence[Mapping[str, Any]], room: Room) -> Iterator[list[str]]:
    names = list(dict.fromkeys(name for row in rows for name in row))
    yield [label_of(name, room.labels) for name in names]
    for row in rows:
        yield [text_of(name, row.get(name), room.labels) for name in names]


@cache
def _style() -> str:
    return (settings.ROOT / "static" / STYLE).read_text(encoding="utf-8")
