"""Questions that every page asks, put into SQL once in a process: building such a statement costs more than its answer.

    _MEMBER = Prepared(lambda: User.objects.filter(pk=Given("pk", UUIDField())))
    _MEMBER.ask(pk=user_id)

The rows are those of the same query set, with what it annotates and the rows it selects beside them, read anew each time;
nothing of an answer is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar

from django.db import connections, router
from django.db.models import Field, Model, QuerySet, UUIDField, Value
from django.db.models.query import get_related_populators

Row = TypeVar("Row", bound=Model)


class Given(Value):
    """The place of a value that is told with each question."""

    def __init__(self, name: str, output_field: Field[Any, Any]) -> None:
        super().__init__(None, output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """A parameter that stands for itself until the question is asked."""
        return "%s", [self]


class Prepared(Generic[Row]):
    """One query set of rows of a model whose every changing value is a `Given`."""

    def __init__(self, question: Callable[[], QuerySet[Row]]) -> None:
        self._question = question
        self._put: dict[str, _Statement] = {}

    def ask(self, **given: Any) -> list[Row]:
        """The rows for these values. Raises KeyError where one is missing."""
        using = router.db_for_read(self._model())
        statement = self._put.get(using) or self._prepare(using)
        connection = connections[using]
        values = [
            place.output_field.get_db_prep_value(given[place.name], connection)
            if isinstance(place, Given)
            else place
            for place in statement.places
        ]
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, values)
            found = cursor.fetchall()
        return list(statement.rows(found, connection))

    def first(self, **given: Any) -> Row | None:
        """The first of them; None where there is none."""
        found = self.ask(**given)
        return found[0] if found else None

    def _model(self) -> type[Row]:
        for statement in self._put.values():
            return statement.model
        return self._question().model

    def _prepare(self, using: str) -> _Statement:
        """Raises TypeError for a value that is another each time, such as the hour, and was not made a `Given`."""
        first, again = (_Statement(self._question().using(using), using) for _time in range(2))
        if first.fixed != again.fixed:
            raise TypeError("A prepared question holds a value of the moment at which it was made.")
        self._put[using] = first
        return first


class _Statement:
    """A question in the SQL of one database, and how its answer becomes rows: what Django works out anew for each query set."""

    def __init__(self, question: QuerySet[Any], using: str) -> None:
        compiler: Any = question.query.get_compiler(using)
        self.sql, places = compiler.as_sql()
        self.places: Sequence[Any] = tuple(places)
        about, select = compiler.klass_info, compiler.select
        fields = about["select_fields"]
        self.model: Any = about["model"]
        self._using = using
        self._own = slice(fields[0], fields[-1] + 1)
        self._names = [column[0].target.attname for column in select[self._own]]
        self._beside = get_related_populators(about, select, using)  # type: ignore[call-arg]  # stubs of a later Django
        self._more = list((compiler.annotation_col_map or {}).items())
        columns = [column[0] for column in select[: compiler.col_count]]
        self._converters = [
            (place, convert, column, isinstance(column.output_field, UUIDField))
            for place, (converters, column) in compiler.get_converters(columns).items()
            for convert in converters
        ]

    @property
    def fixed(self) -> list[Any]:
        """The values that are the same each time."""
        return [place for place in self.places if not isinstance(place, Given)]

    def rows(self, found: Sequence[Sequence[Any]], connection: Any) -> Iterator[Any]:
        """What the database answered as rows of the model, as `django.db.models.query.ModelIterable` makes them."""
        ids: dict[Any, Any] = {}  # the same few stand in every row, and each takes long to make
        for values in map(list, found):
            for place, convert, column, is_id in self._converters:
                value = values[place]
                if not is_id:
                    values[place] = convert(value, column, connection)
                elif value in ids:
                    values[place] = ids[value]
                else:
                    values[place] = ids[value] = convert(value, column, connection)
            row = self.model.from_db(self._using, self._names, values[self._own])
            for beside in self._beside:
                beside.populate(values, row)
            for name, place in self._more:
                setattr(row, name, values[place])
            yield row
