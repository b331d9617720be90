"""Whether a keyring opens a backup: asked of one wrapped key for each key of the keyring, before anything is put in place."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any
from uuid import UUID

from core.crypto import envelope
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing, key_named
from operations.backups import files
from operations.backups.engines import Held
from operations.backups.refusing import Refused

SAMPLES = "samples.json"
_ONE_OF_EACH = """
SELECT k.kek, o.kind, o.ref, k.generation, k.wrapped FROM core_datakey k JOIN core_keyowner o ON o.id = k.owner
WHERE k.id IN (SELECT min(id) FROM core_datakey GROUP BY kek) ORDER BY k.kek
"""
_GENERATIONS = """
SELECT o.kind, o.ref, k.generation FROM core_keyowner o LEFT JOIN core_datakey k ON o.id = k.owner
WHERE o.destroyed_at IS NULL
"""


def write_samples(keys: Held, folder: Path) -> None:
    """Keep one wrapped key for each key of the keyring. They stand in the copy of keys, too, and go with it. Raises OSError."""
    found = [
        {"kek": kek, "owner": f"{kind}:{UUID(str(ref))}", "generation": generation,
         "wrapped": base64.b64encode(bytes(wrapped)).decode()}
        for kek, kind, ref, generation, wrapped in keys.rows(_ONE_OF_EACH)
    ]  # fmt: skip
    files.write(folder / SAMPLES, json.dumps(found))


def refuse_wrong_keyring(folder: Path) -> None:
    """Raise Refused when the keyring of this installation does not open what the set seals."""
    for one in json.loads((folder / SAMPLES).read_text(encoding="utf-8")):
        name = str(one["kek"])
        try:
            _unwrap(one, key_named(name))
        except KeyMissing:
            raise Refused(
                f"The keyring here does not hold the key {name}, with which this backup was sealed. Nothing was changed. Put "
                "the keyring of that time in place: your copy of it. After `rotate_keys`, backups from before it need the "
                "keyring from before it."
            ) from None
        except CannotOpen:
            raise Refused(
                f"The keyring here holds another key named {name} than the one with which this backup was sealed. Nothing was "
                "changed. Put the right keyring in place: your copy of it opens everything."
            ) from None


def alive(keys: Held) -> set[tuple[Any, ...]]:
    """The keys that open something: kind, owner and generation of each."""
    return {row for row in keys.rows(_GENERATIONS) if row[2] is not None}


def lost(before: set[tuple[Any, ...]], keys: Held) -> bool:
    """Whether a generation was retired since `before`, of an owner who is still there: rows of a moment ago may need it."""
    rows = keys.rows(_GENERATIONS)
    owners = {(kind, ref) for kind, ref, _generation in rows}
    gone = before - set(rows)
    return any((kind, ref) in owners for kind, ref, _generation in gone)


def _unwrap(one: dict[str, Any], key: bytes) -> None:
    wrapped = base64.b64decode(one["wrapped"])
    envelope.unwrap(
        wrapped,
        owner=str(one["owner"]),
        generation=int(one["generation"]),
        by=key,
        name=str(one["kek"]),
    )
