"""What an operator needs to know of caucuses to keep a server, and no more: that there are some, and how big all of it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models

from caucuses.models import Caucus
from core.crypto.fields import EncryptedTextField

MEGABYTE = 1_000_000
#: About what a row takes beside its sealed values.
ROW = 200  # bytes


def are_any_unlisted() -> bool:
    """Whether there is a caucus of which nobody outside may know."""
    return Caucus.objects.filter(is_listed=False).exists()


def megabytes_of_all() -> int:
    """The storage of every room's rows, listed or not, rounded up to whole megabytes; 0 where there is nothing."""
    total = sum(_bytes_of(model) for model in _models())
    return -(-total // MEGABYTE)


def _models() -> Iterator[type[models.Model]]:
    for config in apps.get_app_configs():
        if config.name.split(".")[0] == "caucuses":
            yield from config.get_models()


def _bytes_of(model: type[models.Model]) -> int:
    """Sealed columns take part in no expression of the ORM, so their lengths are asked for by hand."""
    quoted = connection.ops.quote_name
    sealed = [field for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]  # fmt: skip
    lengths = [f"COALESCE(SUM(LENGTH({quoted(_column(field))})), 0)" for field in sealed]
    table = quoted(model._meta.db_table)
    with connection.cursor() as cursor:
        # Names of our own tables and columns, and nothing else.
        cursor.execute(f"SELECT {' + '.join([f'COUNT(*) * {ROW}', *lengths])} FROM {table}")  # noqa: S608
        return int(cursor.fetchone()[0])


def _column(field: Any) -> str:
    return str(field.column)
