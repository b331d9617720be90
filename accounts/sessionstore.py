"""Sessions in the database, as Django keeps them. Every request of a member asks for one, so the question is prepared."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField, QuerySet
from django.utils import timezone

from core.prepared import Given, Prepared


def _running() -> QuerySet[Session]:
    key, now = Given("key", CharField()), Given("now", DateTimeField())
    return Session.objects.filter(session_key=key, expire_date__gt=now)


_RUNNING = Prepared(_running)


class SessionStore(DatabaseStore):
    """Only the look-up differs. The name is the stock one, which is a part of how a session is signed."""

    def _get_session_from_db(self) -> Any:
        found = _RUNNING.ask(key=self.session_key, now=timezone.now())
        if not found:
            self._session_key = None
        return found[0] if found else None

    def renew(self) -> None:
        """Nothing: what was read here is the row. The store of several machines has more to do (`cachedsessions`)."""

    def agree(self, name: str, value: Any) -> None:
        """Know that the row holds this now; it is no change that waits to be written."""
        before = self.modified
        self[name] = value
        self.modified = before
