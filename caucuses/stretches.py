"""Pages by the place of a row, not by its number: what comes after a row costs the same, however much came before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet, Subquery, Value
from django.http import HttpRequest

#: Rows on a page.
A_PAGE = 20
#: So many rows are shown above the one that is looked for.
ABOVE = 5

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Stretch(Generic[Row]):
    """The rows of one page, and whether there are more on either side."""

    rows: Sequence[Row]
    has_before: bool
    has_after: bool

    @property
    def newest_first(self) -> Sequence[Row]:
        """The rows as a list shows them that begins with the newest."""
        return self.rows[::-1]


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


def from_last(rows: QuerySet[Row], by: str, *, most: int = A_PAGE) -> QuerySet[Row]:
    """As many as a page has from the last on, and one more. For `latest`."""
    return rows.order_by(f"-{by}", "-pk")[: most + 1]


def page_of(found: Sequence[Row], *, has_before: bool = False) -> Stretch[Row]:
    """The page of what `from_first` found."""
    return Stretch(found[:A_PAGE], has_before, len(found) > A_PAGE)


def latest(found: Sequence[Row], *, has_after: bool = False, most: int = A_PAGE) -> Stretch[Row]:
    """The page of what `from_last` found, in the order of time."""
    return Stretch(found[:most][::-1], len(found) > most, has_after)


def last_of(
    rows: QuerySet[Row], by: str, *, ahead: UUID | None = None, most: int = A_PAGE
) -> Stretch[Row]:
    """The last page, or the one that ends in front of a row, in the same order. One query."""
    there = rows if ahead is None else before(rows, by, ahead)
    return latest(list(from_last(there, by, most=most)), has_after=ahead is not None, most=most)


def newest_page(
    request: HttpRequest,
    rows: QuerySet[Row],
    by: str,
    *,
    named: str = "before",
    most: int = A_PAGE,
) -> Stretch[Row]:
    """Of a list that begins with the newest the page that is asked for; the first one where that has no row. One query, or two."""
    page = last_of(rows, by, ahead=key_named(request, named), most=most)
    return page if page.rows or not page.has_after else last_of(rows, by, most=most)


def page_in_order(request: HttpRequest, rows: QuerySet[Row], by: str) -> Stretch[Row]:
    """Of a list in the order of time the page that is asked for: behind a row, in front of one, the newest; else the first.

    What names no row of the list, such as one that has just been deleted, leads to the first: nothing is passed over.
    """
    ahead, behind = key_named(request, "before"), key_named(request, "after")
    if "newest" in request.GET:
        return last_of(rows, by)
    if ahead is not None:
        page = last_of(rows, by, ahead=ahead)
    elif behind is not None:
        page = page_of(list(from_first(after(rows, by, behind), by)), has_before=True)
    else:
        return page_of(list(from_first(rows, by)))
    return page if page.rows else page_of(list(from_first(rows, by)))


def place_among(rows: QuerySet[Row], by: str, key: UUID) -> str:
    """The query of the address at which the row of this id stands among these, with a few that come before it."""
    above = list(before(rows, by, key).order_by(f"-{by}", "-pk").only("pk")[: ABOVE + 1])
    return f"?after={above[ABOVE].pk}" if len(above) > ABOVE else ""


def key_named(request: HttpRequest, name: str) -> UUID | None:
    """The id that this parameter of the address gives; None for none."""
    return id_in(request.GET.get(name, ""))


def id_in(text: str) -> UUID | None:
    """The id that a parameter gives; None where it gives none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _place(rows: QuerySet[Row], by: str, key: UUID | Value) -> Subquery:
    return Subquery(rows.filter(pk=key).order_by().values(by)[:1])
