"""What apps tell of each kind of content, put into the sentences of `/privacy/` and of `docs/privacy.md`: one source for both."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.positions import KEY_ENDS, KEY_ENDS_HELD_BY
from core import register
from core.telling import Chapter, Telling, Words

CHAPTERS: dict[Chapter, Words] = {
    Chapter.YOU: gettext_lazy("About you"),
    Chapter.ALONE: gettext_lazy("What you write for yourself"),
    Chapter.PAIR: gettext_lazy("Between you and your buddy"),
    Chapter.PROMISES: gettext_lazy("What you promise"),
    Chapter.COHORT: gettext_lazy("In your cohort"),
    Chapter.CAUCUS: gettext_lazy("In a caucus"),
    Chapter.CARE: gettext_lazy("When something hurts"),
    Chapter.DESK: gettext_lazy("At the backbone team’s desk"),
    Chapter.SITE: gettext_lazy("Of the initiative, and of this site"),
    Chapter.MACHINE: gettext_lazy("On the machine"),
}


@dataclass(frozen=True)
class Line:
    """One question about a kind of content, and its answer."""

    about: str
    words: str


@dataclass(frozen=True)
class Kind:
    """One kind of content: its lines, how long each part of it is kept, and the stories that hold them."""

    name: str
    title: str
    lines: tuple[Line, ...]
    held_by: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A chapter of the page."""

    name: str
    title: str
    kinds: tuple[Kind, ...]


def tellings() -> tuple[Telling, ...]:
    """All that is told, in the order of the register."""
    return tuple(telling for holding in register.holdings() for telling in holding.told)


def parts() -> list[Part]:
    """The page: its chapters, each with its kinds of content."""
    ages = {str(row.what): str(row.how_long) for holding in register.holdings() for row in holding.retention}  # fmt: skip
    told = sorted(tellings(), key=lambda telling: telling.order)
    return [
        Part(
            chapter.value,
            str(CHAPTERS[chapter]),
            tuple(_kind(one, ages) for one in told if one.chapter is chapter),
        )
        for chapter in Chapter
    ]


def _kind(telling: Telling, ages: dict[str, str]) -> Kind:
    lines = (
        Line(_("Who can read it"), str(telling.readers)),
        Line(_("Who technically could"), _could(telling)),
        Line(_("What a copy of the database shows"), _copy(telling)),
        Line(_("What mail says"), str(telling.mail)),
        Line(_("What a court could ask for"), _court(telling)),
        Line(_("How long it is kept"), _ages(telling, ages)),
    )
    more = [held for kind in telling.keys for held in KEY_ENDS_HELD_BY[kind]]
    return Kind(
        telling.name, str(telling.title), lines, tuple(dict.fromkeys([*telling.held_by, *more]))
    )


def _could(telling: Telling) -> str:
    if telling.sealed:
        return _(
            "Whoever keeps the server and has the keyring could read all of it, and so could the company that hosts it."
        )
    return _(
        "Whoever keeps the server, and the company that hosts it, could read what stands in the database."
    )


def _copy(telling: Telling) -> str:
    said = [_sentence(str(telling.readable))]
    if telling.sealed:
        said.append(_("Sealed is: %(what)s.") % {"what": telling.sealed})
    if telling.tokens:
        said.append(_("Who has the database of keys too learns more: %(what)s.") % {"what": telling.tokens})  # fmt: skip
    return " ".join(said)


def _court(telling: Telling) -> str:
    said = [str(telling.court)] if telling.court else []
    if telling.sealed:
        said = [
            _("With both databases and the keyring: all of it that is kept on that day."),
            *said,
            *(str(KEY_ENDS[kind]) for kind in telling.keys),
        ]
    elif not said:
        said = [_("What stands in the database on that day, and in older backups.")]
    return " ".join(said)


def _ages(telling: Telling, ages: dict[str, str]) -> str:
    rows = [f"{what}: {ages[what]}" for what in map(str, telling.kept)]
    return " ".join(_sentence(row) for row in [*rows, *filter(None, [str(telling.how_long)])])


def _sentence(words: str) -> str:
    return f"{capfirst(words)}."
