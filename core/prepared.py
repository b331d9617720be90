"""Questions that every page asks, put into SQL once in a process: building such a statement costs more than its answer.

    _MEMBER = Prepared(lambda: User.objects.filter(pk=Given("pk", UUIDField())))
    _MEMBER.ask(pk=user_id)

The rows are those of the same query set, read anew each time; nothing of an answer is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import connections, router
from django.db.models import Field, Model, QuerySet, Value

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
    """One query set of whole rows (without `select_related`) whose every changing value is a `Given`."""

    def __init__(self, question: Callable[[], QuerySet[Row]]) -> None:
        self._question = question
        self._put: dict[str, tuple[type[Row], str, tuple[Any, ...]]] = {}

    def ask(self, **given: Any) -> list[Row]:
        """The rows for these values. Raises KeyError where one is missing."""
        using = router.db_for_read(self._model())
        model, sql, places = self._put.get(using) or self._prepare(using)
        connection = connections[using]
        values = [
            place.output_field.get_db_prep_value(given[place.name], connection)
            if isinstance(place, Given)
            else place
            for place in places
        ]
        return list(model._base_manager.raw(sql, values, using=using))

    def _model(self) -> type[Row]:
        for model, _sql, _places in self._put.values():
            return model
        return self._question().model

    def _prepare(self, using: str) -> tuple[type[Row], str, tuple[Any, ...]]:
        """Raises TypeError for a value that is another each time, such as the hour, and was not made a `Given`."""
        first, again = (
            self._question().using(using).query.get_compiler(using).as_sql() for _time in range(2)
        )
        if [part for part in first[1] if not isinstance(part, Given)] != [
            part for part in again[1] if not isinstance(part, Given)
        ]:
            raise TypeError("A prepared question holds a value of the moment at which it was made.")
        made = self._put[using] = (self._question().model, first[0], tuple(first[1]))
        return made
