"""Directives whose values hold lists: the answers of a check, the cases of a sorting, the people of a map of understanding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from curriculum.loader.front import Names, Place, Values, check_names, missing
from curriculum.loader.refusal import StarterRefused


@dataclass(frozen=True)
class Items:
    """What the items of a list are: words when `names` is None, else names with values.

    Of these values `prose` are read by people, `truths` are yes or no, and `lists` are lists again.
    """

    names: Names | None = None
    prose: tuple[str, ...] = ()
    truths: tuple[str, ...] = ()
    lists: dict[str, Items] = field(default_factory=dict)


def _items(
    needed: str, other: str = "", *, prose: str, truths: str = "", numbers: str = "", **lists: Items
) -> Items:
    no_words = frozenset([*truths.split(), *lists])
    names = Names(frozenset(needed.split()), frozenset(other.split()), no_words, frozenset(numbers.split()))  # fmt: skip
    return Items(names, tuple(prose.split()), tuple(truths.split()), lists)


WORDS = Items()
_CELLS = _items("stage", "barrier support key", prose="barrier support key", numbers="stage")
#: The lists of each directive that has some.
LISTS: dict[str, dict[str, Items]] = {
    "check": {"options": _items("text explanation", "right", prose="text explanation", truths="right")},
    "sorting": {
        "groups": WORDS,
        "cases": _items("text group explanation", prose="text explanation", numbers="group"),
    },
    "understanding": {
        "stages": WORDS,
        "people": _items("name cells", "about", prose="about", cells=_CELLS),
    },
    "timeline": {"events": _items("date title text", "topic", prose="text", numbers="date")},
    "worksheet": {"questions": WORDS},
}  # fmt: skip


def check_lists(kind: str, values: Values) -> None:
    """Refuse what is no list, or holds what is not known or not words. Raises StarterRefused at its line."""
    for name, items in LISTS.get(kind, {}).items():
        _check(values.get(name), items, values, (name,))


def nested_prose(kind: str, values: Values) -> Iterator[tuple[int, str]]:
    """The texts in the lists of a directive that people read, each with its line."""
    for name, items in LISTS.get(kind, {}).items():
        yield from _prose(values.get(name), items, values, (name,))


def _check(found: Any, items: Items, values: Values, place: Place) -> None:
    if not isinstance(found, list):
        reason = _("“%(name)s” must be a list.") % {"name": place[-1]}
        raise StarterRefused(values.path, values.line(*place), reason)
    for number, item in enumerate(found):
        if items.names is None:
            _check_words(item, values, (*place, number))
        else:
            _check_item(item, items, values, (*place, number))


def _check_words(item: Any, values: Values, place: Place) -> None:
    if not isinstance(item, str):
        reason = _("each of “%(name)s” must be words. Put them in quotes if they look like something else.")  # fmt: skip
        raise StarterRefused(values.path, values.line(*place), reason % {"name": place[-2]})


def _check_item(item: Any, items: Items, values: Values, place: Place) -> None:
    assert items.names is not None  # noqa: S101 (asked for by the caller)
    line = values.line(*place)
    if not isinstance(item, dict):
        raise StarterRefused(values.path, line, _("names with values were expected here."))
    check_names(item, items.names, values, *place)
    for name in missing(item, items.names):
        reason = _("this one of “%(list)s” has no %(name)s.") % {"list": place[-2], "name": name}
        raise StarterRefused(values.path, line, reason)
    for name in items.truths:
        if not isinstance(item.get(name, False), bool):
            reason = _("“%(name)s” is yes or no.") % {"name": name}
            raise StarterRefused(values.path, values.line(*place, name), reason)
    for name, inner in items.lists.items():
        _check(item.get(name), inner, values, (*place, name))


def _prose(found: Any, items: Items, values: Values, place: Place) -> Iterator[tuple[int, str]]:
    for number, item in enumerate(found or ()):
        if items.names is None:
            yield values.line(*place, number), item
            continue
        for name in items.prose:
            if item.get(name):
                yield values.line(*place, number, name), item[name]
        for name, inner in items.lists.items():
            yield from _prose(item.get(name), inner, values, (*place, number, name))
