"""Everywhere that a word could come to lie: tables, files, caches, logs, exports of others. Each place with its bytes."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import mail
from django.core.cache import caches
from django.db import connections

from core import content
from core.logs import ScrubFilter
from core.register import holdings, visible_of
from scripts.traces import unfolded

ALIASES = ("default", "keys")
Place = tuple[str, bytes]


class Log(logging.Handler):
    """Keeps every line of every logger at DEBUG, as the site's own handlers would write it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.addFilter(ScrubFilter())
        self.setFormatter(logging.Formatter(settings.LOGGING["formatters"]["line"]["format"]))

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line."""
        self.lines.append(self.format(record))

    def place(self) -> Place:
        """All lines so far."""
        return "the log", "\n".join(self.lines).encode(errors="surrogatepass")


def everywhere(members: Iterable[Any], log: Log) -> Iterator[Place]:
    """All of it but what the author may see: `members` are the others, whose exports are looked through."""
    yield from tables()
    yield from files()
    yield from memory()
    yield from exports(members)
    yield log.place()


def tables() -> Iterator[Place]:
    """Every column of every table and view of both databases, as it is stored."""
    for alias in ALIASES:
        connection = connections[alias]
        with connection.cursor() as cursor:
            names = [table.name for table in connection.introspection.get_table_list(cursor)]
        for name in sorted(names):
            yield f"{alias}: {name}", b"\n".join(_rows(alias, name))


def _rows(alias: str, table: str) -> Iterator[bytes]:
    connection = connections[alias]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        for row in cursor:
            yield from map(_as_stored, row)


def _as_stored(value: Any) -> bytes:
    if isinstance(value, bytes | memoryview | bytearray):
        return _opened(bytes(value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str).encode()
    return str(value).encode(errors="surrogatepass")


def files() -> Iterator[Place]:
    """What lies in the folders of uploads, papers, members’ own copies, mails and erasures."""
    folders = [
        settings.MEDIA_ROOT,
        settings.PAPERS,
        settings.COPIES,
        settings.MAIL_DELIVERY.get("folder"),
    ]
    for folder in (*folders, Path(settings.ERASURES_FILE).parent):
        for path in sorted(Path(folder).rglob("*")) if folder else ():
            if path.is_file():
                yield str(path), path.name.encode() + b"\n" + _opened(path.read_bytes())


def database_files() -> Iterator[Place]:
    """SQLite's own files, free pages among them, once everything was brought into the main one; nothing elsewhere."""
    for alias in ALIASES:
        connection = connections[alias]
        if connection.vendor != "sqlite":
            continue
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for tail in ("", "-wal", "-shm"):
            path = Path(str(connection.settings_dict["NAME"]) + tail)
            if path.exists():
                yield str(path), path.read_bytes()


def memory() -> Iterator[Place]:
    """Caches of this process, and mail that a test's own backend keeps. The shared cache is a table."""
    for name in settings.CACHES:
        for key, value in getattr(caches[name], "_cache", {}).items():
            yield f"cache {name}: {key}", str(key).encode() + b"\n" + bytes(value)
    for key, value in content._kept.items():
        yield f"kept: {key}", repr(key).encode() + b"\n" + repr(value).encode()
    for sent in getattr(mail, "outbox", []):
        yield "a mail", sent.message().as_bytes()


def exports(members: Iterable[Any]) -> Iterator[Place]:
    """What the export of each of these members holds, and what they are told that others see of them."""
    for member in members:
        for holding in holdings():
            given = [holding.export(member), visible_of(member, holding)]
            yield f"export of {member.pk}: {holding.name}", str(given).encode()


def response(answer: Any) -> bytes:
    """All that an answer says: status, headers, cookies, body."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    said = [f"{answer.status_code} {answer.reason_phrase}", *map(": ".join, answer.items())]
    return "\n".join([*said, str(answer.cookies)]).encode() + b"\n\n" + _opened(body)


def _opened(data: bytes) -> bytes:
    """The bytes and whatever is packed in them, before anything else is put beside them."""
    return b"\n".join(unfolded(data))
