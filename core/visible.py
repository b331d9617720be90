"""What others can see of a member, line by line, for `/account/visible/`. Who sees a line follows from what the models declare.

A line names the fields of which it tells (`of`); `tests/project/test_visible.py` holds that every field which somebody else
may read is told of by some line, and that no line names another circle than its fields declare.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _

from core.privacy import CIRCLES, Audience, Field, declared_field

Words = str | Promise


class Topic(Enum):
    """What a line is about, as a person thinks of it. The page shows them in this order."""

    PROFILE = "profile"
    ROLES = "roles"
    COHORTS = "cohorts"
    BUDDY = "buddy"
    COMMITMENTS = "commitments"
    WORDS = "words"
    TRACES = "traces"


@dataclass(frozen=True)
class Press:
    """A button that acts at once: the address that it posts to, and what stands on it."""

    url: str
    label: Words


@dataclass(frozen=True)
class Visible:
    """One line: what is seen, of which declared fields it tells, and what changes it.

    Who sees it follows from the fields: each circle that they declare, in its own words or in those of `called`. `to` names
    some of these circles alone, where fewer see it than could; with `Audience.AUTHOR` in it the words in `called` say who.
    `value` is the fact as others read it. `rows` are what is counted: all lines are counted in one query (`shown`), and one
    of which there is nothing is not shown. `url` is a page on which others read it. The control is a page by its name (`control`, else that of the declaration), one
    press, or a sentence (`ask`).
    """

    what: Words
    of: tuple[str, ...]
    topic: Topic
    value: Words = ""
    to: tuple[Audience, ...] = ()
    called: Mapping[Audience, Words] = field(default_factory=dict)
    control: str = ""
    press: Press | None = None
    ask: Words = ""
    url: str = ""
    rows: QuerySet[Any] | None = field(default=None, repr=False, compare=False)
    count: int | None = None

    @property
    def circles(self) -> tuple[Audience, ...]:
        """Who sees it, apart from the member themselves."""
        apart = (Audience.AUTHOR, Audience.NOBODY)
        declared = self._declared[0].audience if self.of else ()
        return self.to or tuple(one for one in declared if one not in apart)

    @property
    def who(self) -> str:
        """The same in words."""
        said = [str(self.called.get(one, CIRCLES[one])) for one in self.circles]
        return capfirst(get_text_list(said, _("and"))) if said else _("Only you")

    @property
    def why(self) -> str:
        """The reasons that the declarations give, each once."""
        return "; ".join(dict.fromkeys(str(one.why) for one in self._declared))

    @property
    def page(self) -> str:
        """The name of the page that changes it: the line's own, or the first that a declaration names."""
        declared = (one.control for one in self._declared if one.control)
        return "" if self.press else self.control or next(declared, "")

    @property
    def _declared(self) -> list[Field]:
        return [declared_field(name) for name in self.of]


def fields(model: str, *names: str) -> tuple[str, ...]:
    """The labels of these fields: `fields("cohorts.Membership", "joined_at")`."""
    return tuple(f"{model}.{name}" for name in names)


class _CountOf(Subquery):
    """How many rows a query finds, as one value of another query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"


def shown(lines: Iterable[Visible], member: Any) -> list[Visible]:
    """The lines with their numbers: one query for all of them. Those that count nothing are left out."""
    made = list(lines)
    asked = {f"n{place}": line.rows for place, line in enumerate(made) if line.rows is not None}
    numbers: Mapping[str, int] = {}
    if asked:
        counts = {
            name: _CountOf(rows.order_by().values("pk"), output_field=IntegerField())
            for name, rows in asked.items()
        }
        me = member._meta.model._default_manager.filter(pk=member.pk)
        numbers = me.values(**counts).first() or {}
    return [
        line if line.rows is None else replace(line, count=numbers[f"n{place}"])
        for place, line in enumerate(made)
        if line.rows is None or numbers.get(f"n{place}")
    ]
