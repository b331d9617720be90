"""Which database a table lives in: the wrapped data keys and the audit's key in `keys`, everything else in `default`."""

from typing import Any

from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

#: The databases that this site writes; a replica to read from may stand beside them (`core.replica`).
KEYS = "keys"
ALIASES = ("default", KEYS)
# The tables of keys. They stand in a database of their own so that a copy of the main one opens nothing.
TABLES_OF_KEYS: frozenset[str] = frozenset({"core.auditkey", "core.datakey", "core.keyowner"})


def is_of_keys(model: Any) -> bool:
    """Whether this is a table of keys."""
    # The database cache hands in a look-alike that has no more than these two names.
    return f"{model._meta.app_label}.{model._meta.model_name}" in TABLES_OF_KEYS


#: The apps whose migrations make tables in `keys`. Running all others there would change nothing and take as long.
APPS_OF_KEYS = frozenset(label.split(".")[0] for label in TABLES_OF_KEYS)


def migration_targets(loader: MigrationLoader, alias: str) -> list[tuple[str, str]]:
    """The last migrations that this database must have seen."""
    leaves = loader.graph.leaf_nodes()
    return [leaf for leaf in leaves if alias != KEYS or leaf[0] in APPS_OF_KEYS]


class KeysRouter:
    """Sends the tables of `TABLES_OF_KEYS` to the alias `keys` and keeps all others out of it."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str | None:
        """The alias to read the model from; None leaves the default."""
        return KEYS if is_of_keys(model) else None

    db_for_write = db_for_read

    def allow_relation(self, left: Model, right: Model, **_hints: Any) -> bool | None:
        """Refuse relations across the two databases."""
        return None if is_of_keys(left) == is_of_keys(right) else False

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **_hints: Any
    ) -> bool:
        """Only key tables in `keys`, none of them in `default`. Data migrations (no model) run in `default`."""
        of_keys = f"{app_label}.{model_name}" in TABLES_OF_KEYS
        return of_keys if db == KEYS else not of_keys
