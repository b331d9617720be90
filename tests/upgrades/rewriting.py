"""Writes a row of every table anew with the code of the folder it runs in, as that code writes it: read, taken out, put in.

Both happen in one transaction, so that what hangs on the row never notices. A column that this code does not know, and that
cannot do without a value, makes the insert fail. Usage: python PATH/rewriting.py   It prints how many tables it wrote to.
"""

from __future__ import annotations

import sys

MOST = 3  # rows of each table


def rewrite() -> int:
    """Read and write. Raises what the database says when it does not take a row."""
    from django.apps import apps
    from django.db import router, transaction

    written = 0
    for model in apps.get_models(include_auto_created=True):
        alias = router.db_for_write(model)
        fields = model._meta.local_concrete_fields
        for field in fields:  # the same row again, moments included
            field.auto_now = field.auto_now_add = False
        rows = list(model._base_manager.using(alias).order_by("pk")[:MOST])
        for row in rows:
            with transaction.atomic(using=alias):
                model._base_manager.using(alias).filter(pk=row.pk)._raw_delete(alias)
                model._base_manager._insert([row], fields=fields, using=alias)
        written += bool(rows)
    return written


if __name__ == "__main__":
    sys.path.insert(0, ".")
    import django

    django.setup()
    print(rewrite())
