"""What is shown of excerpts. A value that does not open (threats C4) takes nothing else with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from accountability.buddies.models import Pair
from accountability.journal.actions import html_from
from accountability.journal.excerpts import beginning
from accountability.sharing.models import Excerpt
from core.crypto import owners
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.crypto.owners import Owner
from core.models import OwnerKind
from core.text import CLEANER_VERSION, trusted


@dataclass(frozen=True)
class Shown:
    """One excerpt as it is read; empty where it does not `open`."""

    excerpt: Excerpt
    opens: bool
    title: str = ""
    html: str = ""


@dataclass(frozen=True)
class Line:
    """One excerpt in a list, named by its title or by how it begins; empty where it cannot be opened."""

    excerpt: Excerpt
    name: str


def shown_of(excerpt: Excerpt) -> Shown:
    """The whole excerpt; HTML of an older cleaner is made anew."""
    try:
        is_ours = excerpt.html_by >= CLEANER_VERSION
        html = str(excerpt.html) if is_ours else html_from(excerpt.words)
        return Shown(excerpt, opens=True, title=str(excerpt.title), html=trusted(html))
    except CannotOpen:
        could_not_open(excerpt)
        return Shown(excerpt, opens=False)


def lines_of(pair: Pair, rows: Iterable[Excerpt]) -> list[Line]:
    """The rows of one pair as lines; its key is asked for once."""
    owners.get_ready([Owner(OwnerKind.PAIR, pair.pk)])
    return [Line(row, _name_of(row)) for row in rows]


def names_of(members: Iterable[Any]) -> str:
    """The readers by name: “Elu Whitehorse and Jo Marsh”."""
    return get_text_list([member.get_full_name() for member in members], _("and"))


def _name_of(row: Excerpt) -> str:
    try:
        return str(row.title) or beginning(row.words, 80)
    except CannotOpen:
        could_not_open(row)
        return ""
