"""The keyring of this process: what wraps data keys. Settings read it at the start; a key that came since is read anew."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import cast

from django.conf import settings

from config.settings import keyring
from config.settings.keyring import Keyring
from config.settings.values import WrongSetting


class KeyMissing(Exception):
    """No keyring, or a data key that is wrapped by a key which the keyring does not hold."""


#: By path: what the file looked like, and what it held.
_read: dict[str, tuple[tuple[int, int, int], Keyring]] = {}


def current_keyring() -> Keyring:
    """The keyring as it is now: of the file when it was changed since the start, else of the settings.

    Raises KeyMissing when there is none. A look at the file costs a few microseconds; it is asked only where a data key
    is made or opened, and opened keys are remembered for a while (`owners`).
    """
    path = settings.FIELD_KEYS_FILE
    if path is not None:
        try:
            return _of_file(str(path))
        except (
            OSError,
            WrongSetting,
        ):  # it was whole when it was last read, which still opens what was sealed then
            if str(path) in _read:
                return _read[str(path)][1]
    if settings.FIELD_KEYS is None:
        raise KeyMissing("There is no keyring: FIELD_KEYS or FIELD_KEYS_FILE must name one.")
    return settings.FIELD_KEYS


def sealing_keyring() -> Keyring:
    """The keyring for what is wrapped now: its file as it stands at this moment. Raises KeyMissing when it cannot be read.

    What was read before may do to open; to wrap with it could mean a key that has been retired since.
    """
    path = settings.FIELD_KEYS_FILE
    if path is None:
        return current_keyring()
    try:
        return _of_file(str(path))
    except (OSError, WrongSetting):
        raise KeyMissing("The keyring cannot be read now, so nothing new is sealed.") from None


def key_named(name: str) -> bytes:
    """The key of this name. Raises KeyMissing when the keyring does not hold it."""
    key = current_keyring().keys.get(name)
    if key is None:
        raise KeyMissing(f"The keyring holds no key named {name}.")
    return key


def names_missing(names: Iterable[str]) -> list[str]:
    """Which of these names the keyring does not hold."""
    held = current_keyring().keys
    return sorted(name for name in set(names) if name not in held)


def _of_file(path: str) -> Keyring:
    found = os.stat(path)
    looks = (found.st_mtime_ns, found.st_size, found.st_ino)
    known = _read.get(path)
    if known is None or known[0] != looks:
        _read[path] = known = (looks, cast(Keyring, keyring.read(Path(path))))
    return known[1]
