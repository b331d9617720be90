"""Questions that every page asks, put into SQL once in a process: building such a statement costs more than its answer.

    _MEMBER = Prepared(lambda: User.objects.filter(pk=Given("pk", UUIDField())))
    _MEMBER.ask(pk=user_id)

    _MINE = Prepared(lambda: pairs_visible_to(Somebody()))  # a rule that asks no more than who the member is
    _MINE.ask(member=user.pk)

The rows are those of the same query set, with what it annotates and the rows it selects beside them, read anew each time;
nothing of an answer is kept. Conditions on the hour and the day take these from `core.clock.asked_now` and `asked_today`,
which are told with each question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import Any, Generic, TypeVar

from django.db import connections, router
from django.db.models import DateField, DateTimeField, Field, Model, QuerySet, UUIDField, Value
from django.db.models.expressions import BaseExpression
from django.db.models.query import get_related_populators
from django.utils import timezone

from core.clock import places_of_clock, today_here

Row = TypeVar("Row", bound=Model)


class MoreIsAsked(AttributeError):
    """A question that is prepared wants to know what is told only when it is asked."""


class Given(Value):
    """The place of a value that is told with each question."""

    def __init__(self, name: str, output_field: Field[Any, Any]) -> None:
        super().__init__(None, output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """A parameter that stands for itself until the question is asked."""
        return "%s", [self]

    def told(self, given: dict[str, Any]) -> Any:
        """The value of this time. Raises KeyError where it is missing."""
        return given[self.name]

    def __eq__(self, other: object) -> bool:
        """Raises MoreIsAsked for a value: which way a rule goes then is not known yet. (Django asks each whether it is "".)"""
        if not isinstance(other, BaseExpression | str):
            raise MoreIsAsked(f"{self.name} is compared before it is told.")
        return super().__eq__(other)

    __hash__ = Value.__hash__


class Moment(Given):
    """The place of a moment or a day, so much later than the one that is told."""

    def __init__(
        self, name: str, output_field: Field[Any, Any], later: timedelta = timedelta()
    ) -> None:
        super().__init__(name, output_field)
        self.later = later

    def told(self, given: dict[str, Any]) -> Any:
        """The value of this time."""
        return super().told(given) + self.later

    def __add__(self, later: Any) -> Moment:  # type: ignore[override]  # always a moment
        """So much later still."""
        return Moment(self.name, self.output_field, self.later + later)

    def __sub__(self, sooner: Any) -> Moment:  # type: ignore[override]  # always a moment
        """So much sooner."""
        return self + -sooner


class Somebody(Given):
    """The place of a member who is signed in, as rules and filters take one. Who may do something by a role is another question
    for each set of roles, so these are said at once; of nothing else a rule can make its question depend."""

    is_authenticated = True

    def __init__(self, role_names: frozenset[str] | None = None) -> None:
        super().__init__("member", UUIDField())
        self._role_names = role_names

    @property
    def pk(self) -> Given:
        """The id."""
        return self

    @property
    def role_names(self) -> frozenset[str]:
        """The kinds of the roles that they hold. Raises MoreIsAsked where these were not said."""
        if self._role_names is None:
            raise MoreIsAsked("The question depends on the roles of the member.")
        return self._role_names

    def __getattr__(self, name: str) -> Any:
        """Raises MoreIsAsked: nothing else is known."""
        raise MoreIsAsked(f"The question depends on the {name} of the member.")


def room_for(many: int) -> int:
    """How many places to make for so many values: few different numbers, and so few different questions."""
    return 1 << (many - 1).bit_length()


def several(name: str, room: int, output_field: Field[Any, Any]) -> list[Any]:
    """So many places for values that a column may have."""
    return [Given(f"{name} {at}", output_field) for at in range(room)]


def told(name: str, room: int, values: Sequence[Any]) -> dict[str, Any]:
    """These values for those places, the last of them for all that are left over. Raises IndexError where there is none."""
    return {f"{name} {at}": values[min(at, len(values) - 1)] for at in range(room)}


class _Question:
    """A query set whose every changing value is a `Given`, in the SQL of each database that was asked."""

    def __init__(self, question: Callable[[], QuerySet[Any, Any]]) -> None:
        self._question = question
        self._put: dict[str, _Statement] = {}

    def prepare(self) -> None:
        """Put it into SQL now. Raises MoreIsAsked or TypeError where it cannot be prepared (see `_prepare`)."""
        self._prepare(router.db_for_read(self._model()))

    def _asked(self, given: dict[str, Any]) -> list[Any]:
        using = router.db_for_read(self._model())
        statement = self._put.get(using) or self._prepare(using)
        connection = connections[using]
        given.setdefault("asked_now", timezone.now())
        given.setdefault("asked_today", today_here(given["asked_now"]))
        values = [
            place.output_field.get_db_prep_value(place.told(given), connection)
            if isinstance(place, Given)
            else place
            for place in statement.places
        ]
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, values)
            found = cursor.fetchall()
        return list(statement.rows(found, connection))

    def _model(self) -> type[Model]:
        for statement in self._put.values():
            return statement.model
        with _asking_nothing():
            return self._question().model

    def _prepare(self, using: str) -> _Statement:
        """Raises TypeError for a value that is another each time, such as the hour, and was not made a `Given`; MoreIsAsked
        for a question that asks another one before."""
        with _asking_nothing():
            first, again = (self._made(self._question().using(using), using) for _time in range(2))
        if first.fixed != again.fixed:
            raise TypeError("A prepared question holds a value of the moment at which it was made.")
        self._put[using] = first
        return first

    def _made(self, question: QuerySet[Any, Any], using: str) -> _Statement:
        raise NotImplementedError


class Prepared(_Question, Generic[Row]):
    """One query set of rows of a model."""

    def __init__(self, question: Callable[[], QuerySet[Row]]) -> None:
        super().__init__(question)

    def ask(self, **given: Any) -> list[Row]:
        """The rows for these values. Raises KeyError where one is missing."""
        return self._asked(given)

    def first(self, **given: Any) -> Row | None:
        """The first of them; None where there is none."""
        found = self.ask(**given)
        return found[0] if found else None

    def _made(self, question: QuerySet[Any, Any], using: str) -> _Statement:
        return _Rows(question, using)


class PreparedColumns(_Question):
    """One query set of `values_list`, or several of them in one."""

    def ask(self, **given: Any) -> list[tuple[Any, ...]]:
        """The columns of each row for these values. Raises KeyError where one is missing."""
        return self._asked(given)

    def _made(self, question: QuerySet[Any, Any], using: str) -> _Statement:
        return _Statement(question, using)


_CLOCK = Moment("asked_now", DateTimeField()), Moment("asked_today", DateField())


@contextmanager
def _asking_nothing() -> Iterator[None]:
    """A question is put together here: the hour is a place in it, and it may ask no database."""
    with places_of_clock(*_CLOCK), ExitStack() as refused:
        for connection in connections.all():
            refused.enter_context(connection.execute_wrapper(_refuse))
        yield


def _refuse(*_statement: Any) -> Any:
    raise MoreIsAsked("A question asks the database while it is prepared.")


class _Statement:
    """A question in the SQL of one database, and how its answer becomes columns: what Django works out anew for each query set."""

    def __init__(self, question: QuerySet[Any, Any], using: str) -> None:
        compiler: Any = question.query.get_compiler(using)
        self.sql, places = compiler.as_sql()
        self.places: Sequence[Any] = tuple(places)
        self.model: Any = question.model
        self._using = using
        columns = [column[0] for column in compiler.select[: compiler.col_count]]
        self._converters = [
            (place, convert, column, isinstance(column.output_field, UUIDField))
            for place, (converters, column) in compiler.get_converters(columns).items()
            for convert in converters
        ]
        self._prepared(compiler)

    def _prepared(self, compiler: Any) -> None:
        """What else is to be known of the question."""

    @property
    def fixed(self) -> list[Any]:
        """The values that are the same each time."""
        return [place for place in self.places if not isinstance(place, Given)]

    def rows(self, found: Sequence[Sequence[Any]], connection: Any) -> Iterator[Any]:
        """What the database answered, as columns of Python."""
        return map(tuple, self._converted(found, connection))

    def _converted(self, found: Sequence[Sequence[Any]], connection: Any) -> Iterator[list[Any]]:
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
            yield values


class _Rows(_Statement):
    """The same whose answer becomes rows of a model, as `django.db.models.query.ModelIterable` makes them."""

    def _prepared(self, compiler: Any) -> None:
        about, select = compiler.klass_info, compiler.select
        fields = about["select_fields"]
        self.model = about["model"]
        self._own = slice(fields[0], fields[-1] + 1)
        self._names = [column[0].target.attname for column in select[self._own]]
        self._beside = get_related_populators(about, select, self._using)  # type: ignore[call-arg]  # stubs of a later Django
        self._more = list((compiler.annotation_col_map or {}).items())

    def rows(self, found: Sequence[Sequence[Any]], connection: Any) -> Iterator[Any]:
        """What the database answered, as rows."""
        for values in self._converted(found, connection):
            row = self.model.from_db(self._using, self._names, values[self._own])
            for beside in self._beside:
                beside.populate(values, row)
            for name, place in self._more:
                setattr(row, name, values[place])
            yield row
