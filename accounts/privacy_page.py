"""The lines of `/privacy/parts/`, read from the models' own declarations and put into plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext

from accounts import privacy_words
from core.privacy import CIRCLES, Audience, Field, declared_fields, own_models

#: What each circle is called.
WORDS = CIRCLES


@dataclass(frozen=True)
class Line:
    """Who may see a group of fields of one kind of thing, and why."""

    what: str
    who: str
    why: str


@dataclass(frozen=True)
class Kind:
    """One kind of thing that is kept, with its lines."""

    name: str
    lines: tuple[Line, ...]


def audiences() -> list[Kind]:
    """Every kind of thing with who can see which part of it and why; all that is wholly public in one line at the end."""
    public, kinds = [], []
    for model in own_models():
        shown = _shown_fields(model)
        name = capfirst(str(model._meta.verbose_name))
        if shown and all(field.audience == (Audience.PUBLIC,) for field in shown.values()):
            public.append(name)
        elif shown:
            kinds.append(Kind(name, _lines(model, shown)))
    kinds.sort(key=lambda kind: kind.name)
    everything = Line(
        ", ".join(sorted(public)), str(WORDS[Audience.PUBLIC]), gettext("it is there to be read")
    )
    return [*kinds, Kind(gettext("What is published"), (everything,))]


def _shown_fields(model: Any) -> dict[str, Field]:
    return {
        name: field
        for name, field in declared_fields(model).items()
        if name not in privacy_words.LEFT_OUT and field.audience != (Audience.NOBODY,)
    }


def _lines(model: Any, shown: dict[str, Field]) -> tuple[Line, ...]:
    grouped: dict[tuple[Audience, ...], list[str]] = {}
    for name, field in shown.items():
        grouped.setdefault(field.audience, []).append(name)
    return tuple(
        Line(
            ", ".join(dict.fromkeys(_words(model, name) for name in names)),
            ", ".join(str(WORDS[circle]) for circle in circles),
            "; ".join(dict.fromkeys(str(shown[name].why) for name in names)),
        )
        for circles, names in grouped.items()
    )


def _words(model: Any, name: str) -> str:
    """The words that the model's author gave the field, else ours for its name."""
    given = model._meta.get_field(name).verbose_name
    ours = privacy_words.WORDS.get(name)
    if ours and (name in privacy_words.OURS_FIRST or not isinstance(given, Promise)):
        return str(ours)
    return str(given)
