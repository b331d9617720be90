"""Names with values, as they stand in front matter and directives: YAML with the line of each, and without its surprises.

A name that stands twice, a reference and anything that is not plain words is refused: it would be lost silently otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from yaml.composer import ComposerError

from curriculum.loader.refusal import StarterRefused, suggestion

Place = tuple[str | int, ...]

MEANT_AS_WORDS = gettext_lazy("a value that begins with * or & must stand in quotes")


@dataclass(frozen=True)
class Values:
    """What a front matter or a directive says. `lines` holds the line of each place: of `("sources", 0, "url")`, say."""

    path: Path
    opening: int  # the line before the first name
    values: dict[str, Any]
    lines: dict[Place, int] = field(repr=False)

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a name."""
        return self.values.get(name, default)

    def line(self, *place: str | int) -> int:
        """The line of a place, or of the nearest place around it; the opening line when it is not there at all."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, self.opening)


@dataclass(frozen=True)
class Names:
    """The names that may stand somewhere: those that must, those that can, and those whose values are no plain words."""

    needed: frozenset[str]
    other: frozenset[str] = frozenset()
    no_words: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()  # whose words may be a number: a year

    @property
    def known(self) -> frozenset[str]:
        """All of them."""
        return self.needed | self.other


class _PlainYaml(yaml.SafeLoader):
    """YAML without references: a value that begins with `*` is meant as Markdown, and one with `&` as a word."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()
        if getattr(event, "anchor", None) is not None:
            raise ComposerError(None, None, str(MEANT_AS_WORDS), event.start_mark)
        return super().compose_node(parent, index)


def read_values(path: Path, text: str, *, first_line: int, opening: int) -> Values:
    """Read names with values that begin at `first_line`; `opening` is the line before them, named where nothing else is.

    Raises StarterRefused.
    """
    try:
        loader = _PlainYaml(text)
        try:
            node = loader.get_single_node()
            if not isinstance(node, yaml.MappingNode):
                raise StarterRefused(path, first_line, _("names with values were expected here."))
            lines = _lines(path, node, first_line)
            return Values(path, opening, loader.construct_document(node), lines)
        finally:
            loader.dispose()
    except yaml.YAMLError as problem:
        raise StarterRefused(path, first_line + _offset(problem, text), _reason(problem)) from None
    except (ValueError, RecursionError) as problem:  # a 32nd of May; a thousand brackets
        raise StarterRefused(
            path, first_line, _("this is not YAML (%(problem)s).") % {"problem": problem}
        ) from None


def check_names(values: dict[str, Any], names: Names, lines: Values, *place: str | int) -> None:
    """Refuse names that are not known and values that are not words. Raises StarterRefused at the line of the name."""
    for name, value in values.items():
        line = lines.line(*place, str(name))
        if name not in names.known:
            raise StarterRefused(
                lines.path, line,
                _("“%(name)s” is not known here. %(suggestion)s")
                % {"name": name, "suggestion": suggestion(str(name), names.known)},
            )  # fmt: skip
        if value is None or name in names.no_words or isinstance(value, str):
            continue
        if name in names.numbers and isinstance(value, int) and not isinstance(value, bool):
            values[name] = str(value)
            continue
        raise StarterRefused(
            lines.path, line,
            _("“%(name)s” must be words. Put them in quotes if they look like a number, a date, a list, yes or no.")
            % {"name": name},
        )  # fmt: skip


def missing(values: dict[str, Any], names: Names) -> list[str]:
    """The needed names that have no value, in alphabetical order."""
    return sorted(
        name for name in names.needed if values.get(name) is None or not str(values[name]).strip()
    )


def _lines(path: Path, node: Any, first_line: int) -> dict[Place, int]:
    found: dict[Place, int] = {}
    for place, offset in _places(node, ()):
        if place in found:
            raise StarterRefused(
                path, first_line + offset,
                _("“%(name)s” stands here twice, first in line %(line)s.")
                % {"name": place[-1], "line": found[place]},
            )  # fmt: skip
        found[place] = first_line + offset
    return found


def _places(node: Any, around: Place) -> Iterator[tuple[Place, int]]:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            place = (*around, str(name.value))
            yield place, name.start_mark.line
            yield from _places(value, place)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield (*around, number), value.start_mark.line
            yield from _places(value, (*around, number))


def _offset(problem: yaml.YAMLError, text: str) -> int:
    mark = getattr(problem, "problem_mark", None)
    if mark is not None:
        return int(mark.line)
    return text.count("\n", 0, getattr(problem, "position", 0))


def _reason(problem: yaml.YAMLError) -> str:
    if getattr(problem, "context", None) in ("while scanning an alias", "while scanning an anchor"):
        return f"{MEANT_AS_WORDS}."
    said = getattr(problem, "problem", None) or _("there is a character that YAML does not know")
    if "mapping values are not allowed" in said or "cannot start any token" in said:
        said += _("; put the value in quotes")
    return f"{said}."
