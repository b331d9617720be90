"""What is planted for Dev: for each model with private fields a row that holds a word of its own in each of them.

Which rows, who may find their words besides him, and where, the rooms say themselves (`tests/sweep/planting/`).
"""

from __future__ import annotations

from typing import Any

from django.db.models import ForeignKey, Model, UUIDField

from core.privacy import class_s_fields
from scripts.traces import Words
from tests.sweep.planting import PLANTS, READERS

AUTHOR = "dev"


def private_fields() -> list[str]:
    """Every field that is declared class S, as `app.Model.field`."""
    return [f"{model._meta.label}.{name}" for model, name in class_s_fields()]


def plant(member: Any, words: Words) -> dict[str, Any]:
    """One row of each kind for this member, by the model's label."""
    return {label: make(member, words) for label, make in PLANTS.items()}


def ids_of(rows: dict[str, Any]) -> dict[str, str]:
    """The ids of these rows, and of what they hang on (their pair, say), each with its app."""
    found: dict[str, str] = {}
    for row in rows.values():
        found[str(row.pk)] = row._meta.app_label
        for one in row._meta.concrete_fields:
            value = getattr(row, one.attname)
            if value is not None and _takes_an_id(one):
                found.setdefault(str(value), one.related_model._meta.app_label)
    return found


def couples_of(rows: dict[str, Any]) -> list[tuple[str, str]]:
    """The id of each row behind that of a row on which it hangs, as an address with two of them names both."""
    return [
        (str(getattr(row, one.attname)), str(row.pk))
        for row in rows.values()
        for one in row._meta.concrete_fields
        if _takes_an_id(one) and getattr(row, one.attname) is not None
    ]


def _takes_an_id(field: Any) -> bool:
    """Whether it leads to a row that an address could name by a UUID."""
    to: type[Model] | None = field.related_model if isinstance(field, ForeignKey) else None
    return to is not None and isinstance(to._meta.pk, UUIDField)


def may_find(person: str, words: Words) -> frozenset[str]:
    """The names of the words that the rooms let this person read beside Dev."""
    return frozenset(
        name
        for name in words.words
        if person in READERS.get(name, READERS.get(name.rsplit(".", 1)[0], ()))
    )


def model_of(label: str) -> str:
    """The model that a label names, without the third part that tells its rows apart."""
    return ".".join(label.split(".")[:2])


def unplanted(rows: dict[str, Any], words: Words) -> list[str]:
    """The private fields that hold no word of their own in the planted rows as they were stored."""
    return [
        name
        for name in private_fields()
        if name not in words.words or not _holds(rows, name, words.words[name])
    ]


def _holds(rows: dict[str, Any], name: str, word: str) -> bool:
    label, field = name.rsplit(".", 1)
    row = rows.get(label)
    return row is not None and word in getattr(type(row)._base_manager.get(pk=row.pk), field)
