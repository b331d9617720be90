"""What we tell of each kind of content: who can read it, who technically could, what a court could ask for, how long it stays.

Each app tells of what it holds (`Holding.told`); `/privacy/` and `docs/privacy.md` are made of it, so that they cannot differ.
Each telling names the stories that hold it. A model of which nobody tells fails the tests (tests/project/test_telling.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.models import OwnerKind
from core.privacy import Audience

Words = str | Promise

#: The story that looks for private words as everybody else, at every address. Whatever holds class S is held by it, too.
SWEEP = "tests/sweep/test_canaries.py::test_nobody_else_is_ever_answered_with_one"
#: The one that looks for them in tables, files, caches and the log.
NOWHERE = "tests/sweep/test_canaries.py::test_what_dev_reads_himself_is_kept_nowhere"

NEVER_MAILED = _("Nothing of it is ever mailed.")
NEWS_ALONE = _(
    "A mail says at most that there is something new for you. It does not say what, or from whom."
)


class Chapter(StrEnum):
    """The parts of the page, in their order."""

    YOU = "you"
    ALONE = "alone"
    PAIR = "pair"
    PROMISES = "promises"
    COHORT = "cohort"
    CAUCUS = "caucus"
    CARE = "care"
    DESK = "desk"
    SITE = "site"
    MACHINE = "machine"


@dataclass(frozen=True)
class Telling:
    """One kind of content. `models` are those that it tells of, and `circles` who may read any part of them.

    `readable` is what a copy of the database shows; where `sealed` is empty, that is all of it. `keys` are the owners under whose
    keys the rest is sealed. `tokens` is what somebody learns who has both databases and not the keyring. `court` adds to what
    holds for everything. `kept` names the lines of retention about it; `how_long` says it where there are none. In its chapter the lowest `order` comes first.
    """

    name: str
    chapter: Chapter
    title: Words
    models: tuple[str, ...]
    circles: frozenset[Audience]
    readers: Words
    readable: Words
    held_by: tuple[str, ...]
    sealed: Words = ""
    keys: tuple[OwnerKind, ...] = ()
    tokens: Words = ""
    mail: Words = NEVER_MAILED
    court: Words = ""
    kept: tuple[Words, ...] = ()
    how_long: Words = ""
    order: int = 0
