"""The register: each app says what it holds about a member, so that `accounts` can walk it without importing upward.

Used for export, leaving, `/account/visible/`, retention and the kinds of notices a member can choose.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Choices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.acts import Act, ActsOn
from core.packing import File
from core.visible import Visible, shown

if TYPE_CHECKING:
    from core.telling import Telling

Words = str | Promise
Member = Any  # accounts.User; the kernel may not import it


#: Where something is kept, in the words of `/privacy/retention/`.
READABLE = _("the main database")
SEALED = _("the main database, sealed; the key lies in the database of keys")
KEYS = _("the database of keys")
FILES = _("a file on the server")


@dataclass(frozen=True)
class Retention:
    """How long something is kept, in words that `/privacy/retention/` shows, the job that removes what is older, and where it lies."""

    what: Words
    how_long: Words
    prune: Callable[[], int] | None = None
    where: Words = READABLE


@dataclass(frozen=True)
class Shown:
    """A notice as its reader sees it: a sentence and the address it leads to."""

    words: Words
    url: str


Payload = Mapping[str, Any]


def _shown_to_nobody(_member: Member, payloads: Sequence[Payload]) -> Sequence[Shown | None]:
    return [None] * len(payloads)


def _everybody(_member: Member) -> bool:
    return True


def _known_to_nobody(_member: Member) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice that members can turn down: a stable name, a label and an example of when it comes.

    `show(member, payloads)` answers for each payload what this member may read now, None where they may not know of it
    (any more). It is asked when the list is shown and again when a mail goes out, so it must ask the access rules
    themselves, in a number of queries that does not grow with the payloads. `concerns(member)` says whether the member
    can get such notices at all, and so is asked how to be told of them.

    `known(member)` is the same rule as `show` in its other form, for who only counts: by the name that an id has in the
    payload, the rows that this member may know of now. All kinds together are then one question (`notices.showing`).
    """

    name: str
    label: Words
    when: Words
    show: Callable[[Member, Sequence[Payload]], Sequence[Shown | None]] = _shown_to_nobody
    concerns: Callable[[Member], bool] = _everybody
    known: Callable[[Member], Mapping[str, Any]] = _known_to_nobody


@dataclass(frozen=True)
class Part:
    """One part of a member's own copy: a stable name for programs, a heading for people, and its rows.

    The copy holds it in several forms, so `rows` is called for each of them: it answers values that JSON takes, read while they
    are asked for, so that many take no more memory than few. What cannot be opened says `cannot_be_opened`. `files` answers
    further files, under the folder that they name.
    """

    name: str
    title: Words
    rows: Callable[[], Iterable[Mapping[str, Any]]]
    files: Callable[[], Iterable[File]] | None = None


def _nothing(_member: Member) -> Iterable[Any]:
    return ()


@dataclass(frozen=True)
class Holding:
    """What one app holds: its models and the functions that export, erase, show and retire them.

    `export(member)` returns JSON-ready data of class other than S; `erase(member)` returns callables, one transaction
    each, that may be run again; `visible(member)` yields `Visible` lines, which `visible_of` counts; `acts(member)` says
    what others may have done to something of theirs, and in which words it is told to them.

    `private_export(member)` yields the `Part`s of class S, for the member's own copy alone, which is sealed: what they wrote,
    and what others wrote to them. `title` and `labels` are what the copy calls it and each name in it, for people; a label
    `state:open` is what the value `open` of `state` is called. `told` are the `core.telling.Telling`s: what `/privacy/` says of it.
    """

    name: str
    models: tuple[str, ...]
    export: Callable[[Member], Any] = _nothing
    private_export: Callable[[Member], Iterable[Part]] = _nothing
    erase: Callable[[Member], Iterable[Callable[[], None]]] = _nothing
    visible: Callable[[Member], Iterable[Visible]] = _nothing
    acts: Callable[[Member], Iterable[Act | ActsOn]] = _nothing
    retention: tuple[Retention, ...] = ()
    told: tuple["Telling", ...] = ()
    notice_kinds: tuple[NoticeKind, ...] = field(default=())
    title: Words = ""
    labels: Mapping[str, Words] = field(default_factory=dict)


def values_of(name: str, choices: type[Choices]) -> dict[str, Words]:
    """Labels for the values that `name` takes, from the choices of its field."""
    return {f"{name}:{value}": label for value, label in choices.choices}


_holdings: dict[str, Holding] = {}


def hold(holding: Holding) -> None:
    """Add a holding. Raises ValueError when another holding of this name is registered already."""
    known = _holdings.get(holding.name)
    if known is not None and known.models != holding.models:
        raise ValueError(f"A holding named {holding.name!r} is registered already.")
    _holdings[holding.name] = holding


def holdings() -> tuple[Holding, ...]:
    """All holdings, in the order of their names."""
    return tuple(_holdings[name] for name in sorted(_holdings))


def visible_of(member: Member, *only: Holding) -> list[Visible]:
    """Every line of what others can see of the member; of these holdings alone where some are given."""
    lines = (line for holding in only or holdings() for line in holding.visible(member) or ())
    return shown(lines, member)


def notice_kinds() -> tuple[NoticeKind, ...]:
    """Every kind of notice that some app can send, in the order of the holdings."""
    return tuple(kind for holding in holdings() for kind in holding.notice_kinds)
