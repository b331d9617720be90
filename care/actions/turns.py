"""Coming one after the other, and the ids that make a form sent twice act once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.db import transaction
from django.db.utils import OperationalError

from accounts.models import User

Result = TypeVar("Result")

DEADLOCK = "40P01"  # what PostgreSQL calls it
TRIES = 5


def hold(*members: Any) -> None:
    """Hold these members' own rows until the transaction ends, so that acts that concern them come one after the other.

    Always in the order of their ids, as every room does, and before any other row is held. The hold lets others write
    rows that merely name these members (`no_key`): those would wait for it, and it for them.
    """
    rows = User.objects.select_for_update(of=("self",), no_key=True)
    list(rows.filter(pk__in={member.pk for member in members}).order_by("pk").values("pk"))


def until_it_lands(act: Callable[[], Result]) -> Result:
    """Do it in a transaction, and once more when the database ended that one so that another could go on.

    Whoever does something for their safety is not told to try again. Raises what `act` raises, and a deadlock only
    after several.
    """
    for _ in range(TRIES - 1):
        try:
            with transaction.atomic():
                return act()
        except OperationalError as problem:
            if getattr(problem.__cause__, "sqlstate", "") != DEADLOCK:
                raise
    with transaction.atomic():
        return act()


def id_for(member: Any, once: UUID) -> UUID:
    """The id of the row that a form with this one-time key becomes.

    A form that is sent twice names the same row, and nobody can name another member's. So nothing need be noted beside
    it: a mark "this member sent the form for reports" would tell what nobody may know.
    """
    return uuid5(member.pk, str(once))
