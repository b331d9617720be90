"""Pages by the place of a row, not by its number: what comes after a row costs the same, however much came before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet, Subquery

from caucuses.threads.choices import A_PAGE

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Stretch(Generic[Row]):
    """The rows of one page, and whether there are more on either side."""

    rows: Sequence[Row]
    has_before: bool
    has_after: bool


def after(
    rows: QuerySet[Row], by: str, key: UUID, *, among: QuerySet[Row] | None = None
) -> QuerySet[Row]:
    """The rows behind that of this id in the order of `by` and id; none where it is not one of them.

    With `among` it has to be one of those, and `rows` need no lower bound of their own: of two SQLite takes one alone to begin
    with in the index, and perhaps the one from which on it reads everything.
    """
    at = _place(rows if among is None else among, by, key)
    return rows.filter(**{f"{by}__gte": at}).exclude(Q(**{by: at}) & Q(pk__lte=key))


def before(rows: QuerySet[Row], by: str, key: UUID) -> QuerySet[Row]:
    """The rows in front of that of this id in the order of `by` and id; none where it is not one of them."""
    at = _place(rows, by, key)
    return rows.filter(**{f"{by}__lte": at}).exclude(Q(**{by: at}) & Q(pk__gte=key))


def first_of(rows: QuerySet[Row], by: str, *, has_before: bool = False) -> Stretch[Row]:
    """The first page of these rows. One query."""
    found = list(rows.order_by(by, "pk")[: A_PAGE + 1])
    return Stretch(found[:A_PAGE], has_before, len(found) > A_PAGE)


def last_of(rows: QuerySet[Row], by: str, *, ahead: UUID | None = None) -> Stretch[Row]:
    """The last page, or the one that ends in front of a row, in the same order. One query."""
    there = rows if ahead is None else before(rows, by, ahead)
    found = list(there.order_by(f"-{by}", "-pk")[: A_PAGE + 1])
    return Stretch(found[:A_PAGE][::-1], len(found) > A_PAGE, ahead is not None)


def _place(rows: QuerySet[Row], by: str, key: UUID) -> Subquery:
    return Subquery(rows.filter(pk=key).order_by().values(by)[:1])
