"""The database backend that DATABASES names: the stock one with connections that can lose patience.

A server that is frozen keeps its connections open and answers nothing, and no limit of its own can end the wait: it stands
still, too. Without a limit on this side every thread of the web server would wait with it, `/healthz` among them (threats H3).
"""

from __future__ import annotations

from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.postgresql import base
from psycopg import errors

from core.patience import limit
from core.postgresql import whole


class Connection(psycopg.Connection[Any]):
    """A connection that is given up, with OperationalError, when a statement has no answer in time, or a backup is brought back."""

    @classmethod
    def connect(cls, *args: Any, **options: Any) -> Connection:
        """Connect, unless a backup is being brought back into that database."""
        found = super().connect(*args, **options)
        whole.enter(found)
        return found

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for the server. What it has done meanwhile is not known, as after every lost connection."""
        longest = limit()
        if longest is None or timeout is not None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, longest)
        except errors._WaitTimeout:
            self.pgconn.finish()
            raise errors.OperationalError(f"no answer within {longest:.0f} s") from None


class Driver:
    """psycopg, but for the connections that it makes."""

    connect = Connection.connect

    def __getattr__(self, name: str) -> Any:
        return getattr(psycopg, name)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with that driver, and with a pool of the same connections where one is asked for (DATABASE_POOL)."""

    Database = Driver()  # type: ignore[assignment]  # what Django asks of it is a connection and the names of errors

    def __init__(self, settings_dict: dict[str, Any], alias: str = DEFAULT_DB_ALIAS) -> None:
        super().__init__(settings_dict, alias)
        pool = settings_dict["OPTIONS"].get("pool")
        if pool:
            pool.setdefault("connection_class", Connection)
