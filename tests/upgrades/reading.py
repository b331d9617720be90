"""What is in a database, as digests: every row of every table, and every private text as it opens.

Runs inside this code and inside that of an earlier commit alike, so it uses nothing of ours but what both have. Usage, in the
folder and environment of either: python PATH/reading.py [MARK], which writes the digests as JSON; with a mark it first plants a
row in each private field.
"""

from __future__ import annotations

import hashlib
import json
import sys
from typing import Any

ALIASES = ("default", "keys")


def read() -> dict[str, Any]:
    """Tables by database, and sealed fields by their label: numbers and digests, no word of anybody's."""
    return {"tables": {alias: tables(alias) for alias in ALIASES}, "sealed": sealed()}


def tables(alias: str, known: dict[str, Any] | None = None) -> dict[str, Any]:
    """For each table its columns, number of rows, and a digest of all values; `known`: only these tables and columns."""
    from django.db import connections

    connection = connections[alias]
    found = {}
    with connection.cursor() as cursor:
        names = [one.name for one in connection.introspection.get_table_list(cursor) if one.type == "t"]  # fmt: skip
        for name in sorted(names if known is None else set(known) & set(names)):
            there = [one.name for one in connection.introspection.get_table_description(cursor, name)]  # fmt: skip
            columns = [one for one in (known[name]["columns"] if known else there) if one in there]
            quoted = ", ".join(connection.ops.quote_name(one) for one in columns)
            cursor.execute(f"SELECT {quoted} FROM {connection.ops.quote_name(name)}")
            rows = sorted(_digest([_plain(value) for value in row]) for row in cursor.fetchall())
            found[name] = {"columns": columns, "rows": len(rows), "digest": _digest(rows)}
    return found


def sealed() -> dict[str, Any]:
    """For each sealed field, by the label that it keeps for good: how many texts open, and a digest of them all."""
    from django.apps import apps

    from core.crypto.fields import EncryptedTextField

    found: dict[str, Any] = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, EncryptedTextField):
                texts = sorted(
                    _digest([str(row.pk), str(getattr(row, field.attname))])
                    for row in model._base_manager.all()
                )
                found[field.label] = {"texts": len(texts), "digest": _digest(texts)}
    return found


def _plain(value: Any) -> str:
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    return json.dumps(value, sort_keys=True, default=str)


def _digest(parts: list[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def plant(mark: str) -> int:
    """Write a row for each private field by the actions of this code, as Dev; how many rows."""
    from accounts.models import User
    from scripts.traces import Words
    from tests.sweep import plants

    return len(plants.plant(User.objects.get(email="dev@riverton.example"), Words(mark)))


if __name__ == "__main__":
    sys.path.insert(0, ".")
    import django

    django.setup()
    if len(sys.argv) > 1:
        plant(sys.argv[1])
    json.dump(read(), sys.stdout)
