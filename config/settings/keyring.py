"""Reads the keyring that seals private text, from FIELD_KEYS or a file named by FIELD_KEYS_FILE.

`{"current": "k2", "keys": {"k1": "<32 bytes, base64>", "k2": "…"}}`. No sentence and no representation shows a key.
"""

import base64
import binascii
import json
import os
import re
import secrets
import stat
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config.settings.values import VAR, WrongSetting, text

KEY_BYTES = 32
MOST_CHARACTERS = 100_000
_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")
_SHAPE = (
    'It must look like {"current": "k1", "keys": {"k1": "<32 bytes, base64>"}}. Private text stays sealed; '
    "nothing was started."
)


@dataclass(frozen=True)
class Keyring:
    """The keys by their name, and the name of the one that seals what is written now."""

    current: str
    keys: dict[str, bytes] = field(repr=False)


def own_file() -> Path | None:
    """The keyring of a demonstration or of development under var/keys/, made when it is missing; None when one is given.

    So that server, worker and commands share one. Raises WrongSetting when it cannot be made or used.
    """
    if text("FIELD_KEYS") or text("FIELD_KEYS_FILE"):
        return file_named()
    path = VAR / "keys" / "field_keys.json"
    try:
        if not path.exists():
            name = "k1"
            write(path, Keyring(name, {name: secrets.token_bytes(KEY_BYTES)}), replace=False)
        return _private(path, str(path))
    except OSError as problem:
        raise WrongSetting(
            f"{path} cannot be read or made ({problem.strerror}). Nothing was started. Mend that, or set FIELD_KEYS_FILE."
        ) from None


def write(path: Path, ring: Keyring, *, replace: bool) -> None:
    """Write the keyring whole or not at all, readable by its owner alone (mode 0400). Raises OSError.

    It is on the disk, under its name, when this returns: data keys that need it may follow. The account that the file
    belongs to stays, so that a command run by another one shuts nobody out. Without `replace` one that another process
    wrote meanwhile stays.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".keyring-")
    try:
        with os.fdopen(handle, "w") as file:
            file.write(shown(ring))
            file.flush()
            os.fsync(file.fileno())
        os.chmod(draft, 0o400)
        if replace:
            before = path.stat()
            os.chown(draft, before.st_uid, before.st_gid)
            os.replace(draft, path)
        else:
            os.link(draft, path)
        settle(path.parent)
    except FileExistsError:
        return
    finally:
        Path(draft).unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """Have the names of a folder's files on the disk, too: a file that was synced can still be nameless after a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def shown(ring: Keyring) -> str:
    """The keyring as its file holds it: for that file, and for the copy that set-up prints once. Nowhere else."""
    keys = {name: base64.b64encode(key).decode() for name, key in ring.keys.items()}
    return json.dumps({"current": ring.current, "keys": keys}, indent=2) + "\n"


def file_named() -> Path | None:
    """FIELD_KEYS_FILE when it is set: present, a file, and readable by its owner alone. Raises WrongSetting."""
    value = text("FIELD_KEYS_FILE")
    if not value:
        return None
    if text("FIELD_KEYS"):
        raise WrongSetting(
            "FIELD_KEYS and FIELD_KEYS_FILE are both set, and only one keyring can count. Unset one of them; "
            "nothing was started."
        )
    return _private(Path(value), value)


def _private(path: Path, value: str) -> Path:
    try:
        if not path.is_file():
            raise WrongSetting(
                f"FIELD_KEYS_FILE names {value}, which is not a file. Private text stays sealed; put the keyring back there."
            )
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError as problem:
        raise _unreadable(value, problem) from None
    if mode & 0o377:
        raise WrongSetting(
            f"FIELD_KEYS_FILE names {value}, which others may read or anyone may change. Set it to mode 0400 and start again."
        )
    return path


def beside(path: Path | None) -> Path:
    """Where the destruction of keys is written down: in the keyring's folder, or under var/keys/ without a file."""
    return (path.parent if path else VAR / "keys") / "erasures.jsonl"


def read(path: Path | None) -> Keyring | None:
    """The keyring of the file, or of FIELD_KEYS without one; None when neither is set. Raises WrongSetting."""
    if path is None:
        value = text("FIELD_KEYS")
        return _parse("FIELD_KEYS", value) if value else None
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise _unreadable(str(path), problem) from None
    return _parse(f"FIELD_KEYS_FILE names {path}, which", content)


def refuse_inside(path: Path | None, folders: dict[str, Path]) -> None:
    """Raise WrongSetting when the file lies in one of the folders, directly or by a link; the names say which."""
    if path is None:
        return
    for place in (path.absolute(), path.resolve()):
        for name, folder in folders.items():
            if place.is_relative_to(folder) or place.is_relative_to(folder.resolve()):
                raise WrongSetting(
                    f"FIELD_KEYS_FILE lies inside {name}, where backups and copies would carry it along. "
                    "Move it elsewhere and start again."
                )


def _parse(where: str, content: str | bytes) -> Keyring:
    try:
        found = json.loads(content) if len(content) <= MOST_CHARACTERS else None
    except (ValueError, RecursionError):
        raise WrongSetting(f"{where} is no JSON. {_SHAPE}") from None
    if not isinstance(found, dict) or set(found) != {"current", "keys"}:
        raise WrongSetting(f"{where} is no keyring. {_SHAPE}")
    if not isinstance(found["keys"], dict) or not found["keys"]:
        raise WrongSetting(f"{where} holds no keys. {_SHAPE}")
    keys = {name: _key(where, name, value) for name, value in found["keys"].items()}
    if not isinstance(found["current"], str) or found["current"] not in keys:
        raise WrongSetting(f"{where} says that a key is current that it does not hold. {_SHAPE}")
    return Keyring(found["current"], keys)


def _key(where: str, name: str, value: Any) -> bytes:
    try:
        key = base64.b64decode(value, validate=True) if isinstance(value, str) else b""
    except (binascii.Error, ValueError):
        key = b""
    if not _NAME.fullmatch(name) or len(key) != KEY_BYTES:
        raise WrongSetting(
            f"{where} holds a key that is not 32 bytes in base64, or whose name is not made of letters and "
            f"digits. {_SHAPE}"
        )
    return key


def _unreadable(value: str, problem: OSError) -> WrongSetting:
    return WrongSetting(
        f"FIELD_KEYS_FILE names {value}, which cannot be read ({problem.strerror}). Private text stays sealed; "
        "let the service's account read it and start again."
    )
