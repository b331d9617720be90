"""Log-ins of several machines: in the database, as `sessionstore` keeps them, with a copy in Redis or Valkey.

The row is what counts. A copy lasts five minutes at most, is missed by nobody, names no session (so that whoever reads the store
can be nobody), and is signed for the one session whose it is. Whoever writes changes in the row, under its lock, what they
changed here and nothing else; what must be so at this moment (the journal's lock) asks `renew` first.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from accounts import sessionstore

log = logging.getLogger("lodestar.sessions")

#: Seconds. A session that is ended while the store cannot be told of it may be answered from its copy for so long.
COPY_LASTS = 300
#: Seconds for which a store that did not answer is not asked again: each try holds a thread of the web server.
LEFT_ALONE = 5.0
#: In a copy: the session whose it is.
WHOSE = "_copy_of"

_away = {"until": 0.0}  # of this process


class SessionStore(sessionstore.SessionStore):
    """Only where it is read from differs. The name is the stock one, which is a part of how a session is signed."""

    _session_cache: dict[str, Any]
    #: What was read last: from it follows what this request has changed.
    _before: dict[str, Any] | None = None
    _is_copy = False

    def load(self) -> dict[str, Any]:
        """The session from its copy, or from its row; empty when it has ended."""
        data = self._from_copy()
        self._is_copy = bool(data)
        if not data:
            data = super().load()
            if data:
                # `add`: a copy that was written meanwhile is newer than what was just read.
                self._copied(cache.add, data)
        self._before = deepcopy(data)
        return data

    def save(self, must_create: bool = False) -> None:
        """Change the row, then the copy. Raises UpdateError when it has ended meanwhile, as Django's own store does."""
        if must_create or not self.session_key:
            super().save(must_create)
        else:
            self._get_session()  # type: ignore[attr-defined]
            with transaction.atomic():
                row = Session.objects.select_for_update().filter(pk=self.session_key).first()
                if row is None:
                    raise UpdateError
                self._changed_in(row.get_decoded())
                super().save()
        data = dict(self.items())
        self._before, self._is_copy = deepcopy(data), False
        self._copied(cache.set, data)

    def cycle_key(self) -> None:
        """Go on under a new key, with what the row holds."""
        self.renew()
        super().cycle_key()

    def flush(self) -> None:
        """End it, and forget what it held."""
        super().flush()
        self._before, self._is_copy = None, False

    def delete(self, session_key: str | None = None) -> None:
        """End it: first the row, then the copy, and that again once others see that the row is gone."""
        key = session_key or self.session_key
        super().delete(session_key)
        if key:
            _forget(key)
            transaction.on_commit(lambda: _forget(key))

    def renew(self) -> None:
        """Take what the row holds now in place of what its copy held; what this request has changed stays changed."""
        self._get_session()  # type: ignore[attr-defined]
        if self._is_copy:
            self._is_copy = False
            self._changed_in(super().load())

    def agree(self, name: str, value: Any) -> None:
        """Know that the row holds this now: somebody has just written it there."""
        super().agree(name, value)
        self._before = {**(self._before or {}), name: deepcopy(value)}

    def _changed_in(self, row: dict[str, Any]) -> None:
        """Hold what the row holds, with this request's own changes."""
        before, now = self._before or {}, self._session_cache
        gone = {name for name in before if name not in now}
        changed = {name: value for name, value in now.items() if name not in before or before[name] != value}  # fmt: skip
        self._session_cache = {name: row[name] for name in row if name not in gone} | changed
        self._before = deepcopy(row)

    def _from_copy(self) -> dict[str, Any]:
        key = self.session_key or ""
        said = _guarded(lambda: cache.get(_place(key))) if key else None
        data: dict[str, Any] = self.decode(said) if isinstance(said, str) else {}
        return data if data.pop(WHOSE, "") == key else {}

    def _copied(self, put: Callable[..., Any], data: dict[str, Any]) -> None:
        """Put a copy down, and take it up again where the session has ended meanwhile."""
        key = self.session_key
        if not key:
            return
        lasts = min(int(self.get_expiry_age(expiry=data.get("_session_expiry"))), COPY_LASTS)
        said = self.encode({**data, WHOSE: key})
        if _guarded(lambda: (put(_place(key), said, lasts),)) and not self.exists(key):
            _forget(key)


def forget_copies() -> None:
    """Forget every copy, with all else that the shared store counts; where log-ins have copies at all."""
    if __name__ == settings.SESSION_ENGINE:
        cache.clear()


def _place(key: str) -> str:
    """Where a copy lies: nobody who reads the store learns a key from it."""
    return f"session:{salted_hmac(__name__, key, algorithm='sha256').hexdigest()}"


def _forget(key: str) -> None:
    _guarded(lambda: cache.delete(_place(key)))


def _guarded(work: Callable[[], Any]) -> Any:
    """A store that is away costs a query, never a request; for some seconds it is not asked again."""
    if time.monotonic() < _away["until"]:
        return None
    try:
        return work()
    except (RedisError, OSError) as problem:
        _away["until"] = time.monotonic() + LEFT_ALONE
        log.warning("Copies of sessions are left alone: %s.", type(problem).__name__)
        return None
