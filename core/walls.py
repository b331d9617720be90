"""A second wall around class S: row-level security of PostgreSQL, on each table that holds a field declared so.

The first wall is what is sealed, and the rules of who sees what. This one is for whoever has a way into the database beside the
site: a role for reports or for a tool, with the right to read every table, finds no row in these. No policy lets anybody
through, so only their owner (the role that the site signs in as) and superusers pass; tables of keys are among them.
The walls follow the declarations (`core.privacy`), so a new field of class S has its wall with the migration that makes it.
"""

from __future__ import annotations

from typing import Any

from django.db import connections, router
from django.db.models import Model

from core.privacy import class_s_fields, own_models
from core.routers import TABLES_OF_KEYS

WITHOUT = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = current_schema() AND c.relname = ANY(%s) AND NOT c.relrowsecurity ORDER BY c.relname
"""


def walled() -> list[type[Model]]:
    """The models whose tables have a wall: with a field of class S, or with keys."""
    with_words = {model for model, _name in class_s_fields()}
    return [
        model for model in own_models() if model in with_words or model._meta.label_lower in TABLES_OF_KEYS
    ]  # fmt: skip


def without_wall(alias: str) -> list[str]:
    """The tables of this database that should have a wall and have none; always empty on SQLite, which knows no roles."""
    connection = connections[alias]
    if connection.vendor != "postgresql":
        return []
    names = [model._meta.db_table for model in walled() if router.allow_migrate_model(alias, model)]
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT, [names])
        return [name for (name,) in cursor.fetchall()]


def build(*, using: str, **_signal: Any) -> None:
    """Give each of these tables its wall; a receiver of `post_migrate`, which may be called again."""
    names = without_wall(using)
    if not names:
        return
    connection = connections[using]
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(
                f"ALTER TABLE {connection.ops.quote_name(name)} ENABLE ROW LEVEL SECURITY"
            )
