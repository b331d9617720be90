"""Pages by the place of a row, not by its number: what comes after a row costs the same, however much came before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet, Subquery, Value

from caucuses.threads.choices import A_PAGE

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Stretch(Generic[Row]):
    """The rows of one page, and whether there are more on either side."""

    rows: Sequence[Row]
    has_before: bool
    has_after: bool


def after(
    rows: QuerySet[Row], by: str, key: UUID | Value, *, among: QuerySet[Row] | None = None
) -> QuerySet[Row]:
    """The rows behind that of this id in the order of `by` and id; none where it is not one of them.

    With `among` it has to be one of those, and `rows` need no lower bound of their own: of two SQLite takes one alone to begin
    with in the index, and perhaps the one from which on it reads everything.
    """
    at = _place(rows if among is None else among, by, key)
    return rows.filter(**{f"{by}__gte": at}).exclude(Q(**{by: at}) & Q(pk__lte=key))


def before(rows: QuerySet[Row], by: str, key: UUID | Value) -> QuerySet[Row]:
    """The rows in front of that of this id in the order of `by` and id; none where it is not one of them."""
    at = _place(rows, by, key)
    return rows.filter(**{f"{by}__lte": at}).exclude(Q(**{by: at}) & Q(pk__gte=key))


def from_first(rows: QuerySet[Row], by: str) -> QuerySet[Row]:
    """As many as a page has from the first on, and one more. For `page_of`."""
    return rows.order_by(by, "pk")[: A_PAGE + 1]


def from_last(rows: QuerySet[Row], by: str) -> QuerySet[Row]:
    """As many as a page has from the last on, and one more. For `latest`."""
    return rows.order_by(f"-{by}", "-pk")[: A_PAGE + 1]


def page_of(found: Sequence[Row], *, has_before: bool = False) -> Stretch[Row]:
    """The page of what `from_first` found."""
    return Stretch(found[:A_PAGE], has_before, len(found) > A_PAGE)


def latest(found: Sequence[Row], *, has_after: bool = False) -> Stretch[Row]:
    """The page of what `from_last` found, in the order of time."""
    return Stretch(found[:A_PAGE][::-1], len(found) > A_PAGE, has_after)


def last_of(rows: QuerySet[Row], by: str, *, ahead: UUID | None = None) -> Stretch[Row]:
    """The last page, or the one that ends in front of a row, in the same order. One query."""
    there = rows if ahead is None else before(rows, by, ahead)
    return latest(list(from_last(there, by)), has_after=ahead is not None)


def _place(rows: QuerySet[Row], by: str, key: UUID | Value) -> Subquery:
    return Subquery(rows.filter(pk=key).order_by().values(by)[:1])
