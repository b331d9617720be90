"""Log-ins of several machines: in the database, as `sessionstore` keeps them, with a copy in Redis or Valkey.

The row is what counts. A copy lasts five minutes at most, is signed as the row is, and is missed by nobody: without the store,
or when it was emptied, the row is read. Whoever writes begins with the row and changes there only what they changed here; what
must be so at this moment (the journal's lock) asks `renew` first.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.core.cache import cache
from redis.exceptions import RedisError

from accounts import sessionstore

log = logging.getLogger("lodestar.sessions")

#: Seconds. A session that is ended while the store cannot be told of it may be answered from its copy for so long.
COPY_LASTS = 300
PREFIX = "session:"


class SessionStore(sessionstore.SessionStore):
    """Only where it is read from differs. The name is the stock one, which is a part of how a session is signed."""

    _session_cache: dict[str, Any]
    #: What the copy held, while it is only from a copy that this request knows its session.
    _from_copy: dict[str, Any] | None = None

    def load(self) -> dict[str, Any]:
        """The session from its copy, or from its row; empty when it has ended."""
        said = _guarded(lambda: cache.get(self._copy))
        data: dict[str, Any] = self.decode(said) if isinstance(said, str) else {}
        if data:
            self._from_copy = deepcopy(data)
            return data
        data = super().load()
        if data:
            # `add`: a copy that was written meanwhile is newer than what was just read.
            _guarded(lambda: cache.add(self._copy, self.encode(data), self._lasts(data)))
        return data

    def save(self, must_create: bool = False) -> None:
        """Write the row, then the copy. Raises UpdateError when it has ended meanwhile, as Django's own store does."""
        if not must_create:
            self.renew()
            if not self.session_key:
                raise UpdateError
        super().save(must_create)
        data = dict(self.items())
        _guarded(lambda: cache.set(self._copy, self.encode(data), self._lasts(data)))

    def cycle_key(self) -> None:
        """Go on under a new key, with what the row holds."""
        self.renew()
        super().cycle_key()

    def delete(self, session_key: str | None = None) -> None:
        """End it: first the row, then the copy."""
        super().delete(session_key)
        key = session_key or self.session_key
        if key:
            _guarded(lambda: cache.delete(PREFIX + key))

    def renew(self) -> None:
        """Take what the row holds now in place of what its copy held; what this request has changed stays changed."""
        before, self._from_copy = self._from_copy, None
        if before is None:
            return
        now = self._session_cache
        row = super().load()
        gone = {name for name in before if name not in now}
        changed = {name: value for name, value in now.items() if name not in before or before[name] != value}  # fmt: skip
        self._session_cache = {name: row[name] for name in row if name not in gone} | changed

    @property
    def _copy(self) -> str:
        return f"{PREFIX}{self.session_key}"

    def _lasts(self, data: dict[str, Any]) -> int:
        return min(int(self.get_expiry_age(expiry=data.get("_session_expiry"))), COPY_LASTS)


def forget_copies() -> None:
    """Forget every copy, with all else that the shared store counts; where log-ins have copies at all."""
    if __name__ == settings.SESSION_ENGINE:
        cache.clear()


def _guarded(work: Callable[[], Any]) -> Any:
    """A store that is away costs a query, never a request."""
    try:
        return work()
    except (RedisError, OSError) as problem:
        log.warning("A copy of a session could not be kept or read: %s.", type(problem).__name__)
        return None
