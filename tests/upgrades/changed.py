"""What later migrations may change of a kept database, and which of them take something away: one list, each line with its reason."""

#: Tables whose rows a migration may change, or which it may take away. Every other table must come through row by row.
CHANGED: dict[str, str] = {
    "django_migrations": "Each migration writes its own row.",
    "django_content_type": "Each new model gets a row.",
    "auth_permission": "Each new model gets four.",
    "modelsearch_indexentry_fts_data": "How SQLite's index of the search lies in pieces; its rows are in other tables.",
    "modelsearch_indexentry_fts_idx": "The same.",
}
#: Migrations that contract: they take away, rename or narrow what code of the last release still used. Each with the migration
#: that expanded, and the release in which nothing used the old form any more.
CONTRACTS: dict[str, str] = {}
#: Migrations whose `AlterField` only gives a column a default of the database, so that code which forgot it can write rows.
WIDENS: frozenset[str] = frozenset(
    {
        "accountability/matching/migrations/0002_run_by_tasks.py",
        "accounts/migrations/0004_made_by_tasks.py",
        "cohorts/migrations/0003_read_by_tasks.py",
    }
)
