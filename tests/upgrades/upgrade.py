"""Migrates both databases with the code of the folder it runs in; killed after some statements, when that is asked for.

Usage: python PATH/upgrade.py [STATEMENTS …]   For each number a child begins, writes so many statements and is killed; the last
one goes through. Django is loaded once and no connection is shared.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any


def migrate_all() -> None:
    """What a start does before it serves anybody: `prepare` without loading what is published."""
    from django.core.management import call_command

    from home.management.commands.prepare import Command

    for alias in ("keys", "default"):
        Command()._migrate(alias)
    call_command("createcachetable", verbosity=0)
    Command()._try_keyring()


class KilledAfter:
    """Counts what is written to the database, and kills this process without a word at the statement after."""

    def __init__(self, statements: int) -> None:
        self.left = statements

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Let the statement through while any is left."""
        if (
            not str(sql)
            .lstrip()
            .upper()
            .startswith(("SELECT", "PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE"))
        ):
            self.left -= 1  # fmt: skip
        if self.left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)


def in_a_child(statements: int) -> bool:
    """Migrate in a child that is killed after so many statements; whether it was."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        with connections["default"].execute_wrapper(KilledAfter(statements)):
            migrate_all()
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


if __name__ == "__main__":
    sys.path.insert(0, ".")
    import django

    django.setup()
    killed = [in_a_child(int(statements)) for statements in sys.argv[1:]]
    migrate_all()
    print(sum(killed))
