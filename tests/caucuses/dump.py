"""What a dump of both databases says about one person to whoever has no key: every row that names them, opened as far as goes.

A row names somebody by their id in any way of writing it, by a name or address, by a digest of one of these that anybody can
compute, or by the id of a row that hangs on them. Sessions are decoded, cached values and what is packed are opened.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections import Counter
from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from django.db.models import ForeignKey, UUIDField

from scripts.traces import unfolded
from tests.sweep.places import ALIASES, files, memory

DIGESTS = ("md5", "sha1", "sha224", "sha256", "sha512", "blake2b")
#: What is drawn by chance for each row: ids that nobody had before, keys of sessions, tokens.
DRAWN = re.compile(
    r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{32}\b|\b[0-9a-z]{32}\b|\b[0-9a-zA-Z]{64}\b"
)
Rows = Counter[tuple[str, str]]


def needles_of(member: Any) -> frozenset[bytes]:
    """Everything that stands for the member without a key, in lower case."""
    emails = EmailAddress.objects.filter(user=member).values_list("email", flat=True)
    said = {str(member.pk), member.pk.hex, member.email.lower(), *(one.lower() for one in emails)}
    computed = {
        spelled
        for text in said
        for name in DIGESTS
        for spelled in (hashlib.new(name, text.encode(), usedforsecurity=False).hexdigest(),)
    }
    names = {member.get_full_name().lower(), *member.get_full_name().lower().split()}
    hanging = {spelled for pk in _hanging_on(member) for spelled in (str(pk), pk.hex)}
    return frozenset(one.encode() for one in said | computed | names | hanging)


def _hanging_on(member: Any) -> Iterator[Any]:
    """The ids of the rows that lead to the member by a foreign key."""
    for model in apps.get_models():
        if not isinstance(model._meta.pk, UUIDField):
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey) and field.related_model is type(member):
                rows = model._base_manager.filter(**{field.name: member.pk})
                yield from rows.values_list("pk", flat=True)


def rows_naming(member: Any) -> Rows:
    """Each such row with its table, what was drawn for it by chance left out, and how often there is one like it."""
    needles, kept = needles_of(member), _known(member)
    found: Rows = Counter()
    for place, values in _all_rows():
        whole = "\n".join(values)
        if any(needle in whole.lower().encode(errors="replace") for needle in needles):
            found[place, DRAWN.sub(lambda drawn: drawn[0] if drawn[0] in kept else "*", whole)] += 1
    return found


def _known(member: Any) -> set[str]:
    return {str(member.pk), member.pk.hex}


def _all_rows() -> Iterator[tuple[str, list[str]]]:
    for alias in ALIASES:
        connection = connections[alias]
        with connection.cursor() as cursor:
            tables = [table.name for table in connection.introspection.get_table_list(cursor)]
            for table in sorted(tables):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                names = [column[0] for column in cursor.description]
                for row in cursor.fetchall():
                    yield f"{alias}: {table}", list(_said(names, row))
    for place, data in (*files(), *memory()):
        yield DRAWN.sub("*", place), [data.decode(errors="replace")]


def _said(names: list[str], row: tuple[Any, ...]) -> Iterator[str]:
    """Every column but a number that the database counted."""
    for name, value in zip(names, row, strict=True):
        if name == "id" and isinstance(value, int):
            continue
        if name == "session_data":
            yield f"{name}={sorted(SessionStore().decode(value).items())}"
        elif isinstance(value, bytes | memoryview):
            yield f"{name}={_opened(bytes(value))}"
        else:
            yield f"{name}={value}"
            yield from _from_base64(name, value)


def _from_base64(name: str, value: Any) -> Iterator[str]:
    """What a value of the shared cache says, which is packed so."""
    if name == "value" and isinstance(value, str):
        try:
            yield _opened(b64decode(value.encode(), validate=True))
        except (NotBase64, ValueError):
            return


def _opened(data: bytes) -> str:
    return b"\n".join(unfolded(data)).decode("latin-1")
