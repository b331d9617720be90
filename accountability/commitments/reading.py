"""Commitments as their pages show them: opened, labelled with who sees them; one that does not open says so for itself alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import UUIDField
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accountability.commitments.choices import Circle, Kind, State
from accountability.commitments.models import (
    Commitment,
    Progress,
    PublishedCopy,
    Witness,
    Wording,
)
from accountability.commitments.permissions import can_change_commitment, keeper_of
from accountability.commitments.texts import (
    PARTS,
    About,
    Text,
    about_of,
    labels_of,
    level_labels,
    text_of,
)
from core.crypto import owners
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.crypto.owners import Owner
from core.prepared import Prepared, room_for, several, told

A_LINE = 180  # characters of a promise in a list


@dataclass(frozen=True)
class Part:
    """One sentence with what it is called."""

    name: str
    label: str | Promise
    words: str


@dataclass(frozen=True)
class Words:
    """A text in its parts; `is_shut` when it cannot be opened."""

    parts: tuple[Part, ...] = ()
    levels: tuple[str, ...] = ()
    is_shut: bool = False
    version: int = 0


@dataclass(frozen=True)
class Said:
    """One word on how it goes."""

    at: datetime
    state: str = ""
    sentence: str = ""
    reason: str = ""
    is_repair: bool = False
    is_published: bool = False
    is_shut: bool = False


@dataclass(frozen=True)
class Line:
    """A commitment in a list."""

    row: Commitment
    words: str
    state: str
    reader: Any
    is_shut: bool = False
    waits: bool = False  # for the holder of its role to take it on
    whose: str = ""

    @property
    def seen_by(self) -> str:
        """Who reads it, for lists that say so."""
        has_witnesses = getattr(self.row, "has_witnesses", False)
        return seen_by(self.row, self.reader, has_witnesses=has_witnesses)


@dataclass(frozen=True)
class Shown:
    """A commitment on its own page."""

    row: Commitment
    words: Words
    seen_by: str
    whose: str
    about: About | None = None
    progress: list[Said] = field(default_factory=list)
    earlier: list[Words] = field(default_factory=list)


def get_ready(rows: Iterable[Commitment]) -> None:
    """Open the keys of all of them at once."""
    owners.get_ready(list({Owner(row.key_kind, row.key_ref) for row in rows}))


@lru_cache(maxsize=10)  # few numbers of places
def _said(room: int) -> Prepared[Progress]:
    places = several("progress", room, UUIDField())
    return Prepared(
        lambda: Progress.objects.filter(pk__in=places).only("commitment", "state").order_by()
    )


def lines_of(rows: Sequence[Commitment], reader: Any) -> list[Line]:
    """Commitments of `for_list`: one query for the keys, one for the last words on how they go."""
    get_ready(rows)
    wanted = [key for row in rows if (key := getattr(row, "last_progress", None))]
    room = room_for(len(wanted))
    said = _said(room).ask(**told("progress", room, wanted)) if wanted else []
    last = {one.commitment_id: one for one in said}
    return [_line(row, reader, last.get(row.pk)) for row in rows]


def _line(row: Commitment, reader: Any, last: Progress | None) -> Line:
    will = _will_of(row)
    state = ""
    if last is not None:
        state = _state_of(last, row)
    keeper = keeper_of(row)
    return Line(
        row=row,
        words=_in_short(will or ""),
        state=state,
        reader=reader,
        is_shut=will is None,
        waits=row.role_id is not None and keeper == reader and not can_change_commitment(reader, row),
        whose=whose(row),
    )  # fmt: skip


def _in_short(words: str) -> str:
    """What fits a line. Most does, which Django's truncator is slow to find."""
    return words if len(words) <= A_LINE else Truncator(words).chars(A_LINE)


def _will_of(row: Commitment) -> str | None:
    """What is promised, which is all of its text that a line shows; None (and word to the operator) when it cannot be opened."""
    try:
        return str(row.will)
    except CannotOpen:
        could_not_open(row)
        return None


def _state_of(last: Progress, row: Commitment) -> str:
    """The word for how it goes; none where it cannot be opened."""
    last.commitment = row  # which its key is named by
    try:
        return state_label(str(last.state))
    except CannotOpen:
        could_not_open(last)
        return ""


def shown_of(row: Commitment, reader: Any) -> Shown:
    """A commitment for its own page, with its history."""
    get_ready([row])
    about = None
    try:
        about = about_of(str(row.about))
    except CannotOpen:
        could_not_open(row)
    said = list(row.progress.select_related("published"))
    earlier = list(row.wordings.all())
    for part in (*said, *earlier):
        part.commitment = row  # which their keys are named by
    has_witnesses = row.witnesses.accepted().exists()
    return Shown(
        row=row,
        words=words_of(row),
        seen_by=seen_by(row, reader, has_witnesses=has_witnesses),
        whose=whose(row),
        about=about,
        progress=[said_of(one) for one in said],
        earlier=[words_of(one, row.kind) for one in earlier],
    )


def words_of(row: Commitment | Wording, kind: str = "") -> Words:
    """A commitment or an earlier wording in its parts."""
    text = read(row)
    if text is None:
        return Words(is_shut=True, version=row.version)
    return in_parts(text, kind or row.kind, row.version)  # type: ignore[union-attr]


def in_parts(text: Text, kind: str, version: int = 0) -> Words:
    """A text in its parts, the empty ones left out."""
    labels = labels_of(kind)
    found = ((name, str(getattr(text, name))) for name in PARTS)
    parts = tuple(Part(name, labels[name], words) for name, words in found if words)
    return Words(parts, tuple(level_labels(text.levels)), version=version)


def words_of_copy(copy: PublishedCopy) -> Words:
    """A published copy in its parts."""
    text = Text(copy.will, copy.first_step, copy.know, copy.by, tuple(copy.levels))
    return in_parts(text, copy.kind)


def read(row: Commitment | Wording) -> Text | None:
    """Its text; None (and word to the operator) when it cannot be opened."""
    try:
        return text_of(row)
    except CannotOpen:
        could_not_open(row)
        return None


def said_of(row: Progress) -> Said:
    """One word on how it goes. A state that this release does not know stands as it was written."""
    try:
        state = str(row.state)
        return Said(
            at=row.at,
            state=state_label(state),
            sentence=str(row.sentence),
            reason=str(row.reason),
            is_repair=state == State.REPAIRING,
            is_published=hasattr(row, "published"),
        )
    except CannotOpen:
        could_not_open(row)
        return Said(at=row.at, is_shut=True)


def state_label(state: str) -> str:
    """The word for a state."""
    return str(State(state).label) if state in State else state


def kind_label(kind: str) -> str:
    """The word for a kind. (Django's own `get_kind_display` compares all of them, translated, each time.)"""
    return str(Kind(kind).label) if kind in Kind else kind


def whose(row: Commitment) -> str:
    """Whose it is, in words."""
    if row.role is not None:
        return f"{row.role.organization.name}, {row.role.title}"
    return row.owner.get_full_name() if row.owner is not None else ""


def seen_by(row: Commitment, reader: Any, *, has_witnesses: bool = False) -> str:
    """The label that stands beside the text. Others than its keeper are not told who else reads it."""
    keeper = keeper_of(row)
    if row.circle == Circle.PUBLIC:
        return _("Seen by everybody, also without an account")
    if keeper is None or keeper.pk != reader.pk:
        return _("Seen by you, its owner, and those whom they chose")
    if row.cohort is not None:
        return _("Seen by the people in %(cohort)s, your buddy and your witnesses") % {"cohort": row.cohort.name}  # fmt: skip
    if row.circle == Circle.BUDDY:
        if has_witnesses:
            return _("Seen by you, your buddy and your witnesses")
        return _("Seen by you and your buddy")
    return _("Seen by you and your witnesses") if has_witnesses else _("Seen by you alone")


def seen_by_of_copy(copy: PublishedCopy) -> str:
    """The label beside a published copy."""
    if copy.cohort is not None:
        return _("Seen by the people in %(cohort)s") % {"cohort": copy.cohort.name}
    return _("Seen by everybody")


def both_texts(row: Commitment, witness: Witness, shown: Shown) -> Words | None:
    """The wording that a witness has read, while another one stands now."""
    if witness.seen_version >= row.version:
        return None
    return next((old for old in shown.earlier if old.version == witness.seen_version), None)
