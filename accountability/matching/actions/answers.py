"""Answering, opting in and out, and setting limits: a member's own, and known to them alone."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from accountability.matching.actions.matches import beside, withdraw_matches
from accountability.matching.limits import NOT_THIS_PERSON, SHUT, name_token
from accountability.matching.models import Answers, Limit
from accountability.matching.people import known_to
from accountability.matching.permissions import can_see_limit
from accountability.matching.said import Said
from accountability.matching.whom import Whom, folded
from care.tokens import token_of
from core.access import require
from core.crypto import owners
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.crypto.fields import Sealed
from core.crypto.owners import Owner
from core.models import OwnerKind


class StaleAnswers(Exception):
    """Another tab saved other answers meanwhile. Nothing was changed; `current` is the row as it stands."""

    def __init__(self, current: Answers) -> None:
        super().__init__("Another tab saved other answers meanwhile.")
        self.current = current


@transaction.atomic
def save_answers(*, by: Any, said: Said, note: str, wanted: bool, seen: int) -> Answers:
    """Keep the member's answers. `seen` is the version that their form began with, 0 for none.

    Raises StaleAnswers when another tab saved other ones since. The same sent twice saves once.
    """
    _ready(by)
    _hold(by)
    row = Answers.objects.filter(member=by).first() or Answers(member=by, version=0)
    if row.version != seen and not _same(row, said, note):
        raise StaleAnswers(row)
    row.said, row.note, row.wanted = said.as_text(), note, wanted
    row.version += 1
    row.changed_at = timezone.now()
    row.save()
    return row


@transaction.atomic
def want_round(*, by: Any, wanted: bool) -> None:
    """Be in the next round, or not. Answers stay as they are; whoever has none yet has empty ones."""
    _ready(by)
    _hold(by)
    if not Answers.objects.filter(member=by).update(wanted=wanted) and wanted:
        Answers(member=by, wanted=True).save()


@transaction.atomic
def add_limit(*, by: Any, other: Any) -> None:
    """Never be matched with this member. A second time changes nothing, and so does naming oneself.

    A match of the two that still waits is over; the other is told as if somebody had said no.
    """
    if other.pk == by.pk:
        return
    _ready(by)
    _hold(by)
    _list(by, token_of(by.pk, other.pk, purpose=NOT_THIS_PERSON), Whom((other.pk,)))
    withdraw_matches(one=by.pk, other=other.pk, tells_not=by.pk)


@transaction.atomic
def add_names(*, by: Any, names: Collection[str]) -> None:
    """Never be matched with anybody of these full names, now or later. A second time changes nothing.

    What is kept, answered and shown is the same for every name, whether or not anybody goes by it: a list that knew
    names would tell who is a member (A7). Those whom the member knows are kept by id as well, so that it holds when they
    take another name.
    """
    _ready(by)
    _hold(by)
    known: dict[str, list[Any]] = {}
    for member, name in known_to(by).values_list("pk", "chosen_name"):
        known.setdefault(folded(name), []).append(member)
    for name in names:
        _list(by, name_token(by.pk, name), Whom(tuple(known.get(folded(name), ())), name))
    meant = {member for name in names for member in known.get(folded(name), ())}
    for other in beside(by) & meant:
        withdraw_matches(one=by.pk, other=other, tells_not=by.pk)


@transaction.atomic
def remove_limit(*, by: Any, limit: Limit) -> None:
    """Take a limit back; a second time changes nothing."""
    require(can_see_limit(by, limit))
    Limit.objects.of(by).filter(pk=limit.pk).delete()


def _list(by: Any, token: str, whom: Whom) -> None:
    """One line, once. Where the member's own key does not open, the line is kept unreadable: by its token it holds as well."""
    if Limit.objects.of(by).filter(token=token).exists():
        return
    row = Limit(member=by, token=token, other=whom.as_text())
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except SHUT:
        row.other = Sealed(b"")  # type: ignore[assignment]
        row.save(force_insert=True)
        could_not_open(row)


def _ready(member: Any) -> None:
    """The key first, the rows second."""
    owners.get_ready([Owner(OwnerKind.MEMBER, member.pk)])


def _hold(member: Any) -> None:
    """Hold the member's own row, so that two tabs come one after the other."""
    members = get_user_model().objects.select_for_update(of=("self",), no_key=True)
    members.filter(pk=member.pk).values("pk").first()


def _same(row: Answers, said: Said, note: str) -> bool:
    """Whether it says so already; what cannot be opened says something else."""
    try:
        return row.version > 0 and row.said == said.as_text() and row.note == note
    except CannotOpen:
        return False
