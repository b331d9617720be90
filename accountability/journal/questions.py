"""What every save of a journal asks, put into SQL once (`core.prepared`); who reads what is said by the rules in `permissions`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet, UUIDField
from django.db.transaction import TransactionManagementError

from accountability.journal.models import Draft, Entry
from accountability.journal.permissions import drafts_visible_to, entries_visible_to
from core.prepared import Given, Prepared, PreparedColumns, Somebody

_ROW = Given("row", UUIDField())
_ENTRY = Prepared(lambda: entries_visible_to(Somebody()).filter(pk=_ROW).order_by())
_DRAFT = Prepared(lambda: drafts_visible_to(Somebody()).filter(pk=_ROW).order_by())


def _members() -> QuerySet[Any, Any]:
    rows = get_user_model().objects.select_for_update(of=("self",))
    return rows.filter(pk=Given("member", UUIDField())).order_by().values_list("pk")


_MEMBER = PreparedColumns(_members)


def hold_member(member: Any) -> None:
    """Hold the member's own row, so that two tabs, or a form sent twice, come one after the other.

    Raises TransactionManagementError outside of a transaction, where nothing would hold it.
    """
    if not transaction.get_connection().in_atomic_block:
        raise TransactionManagementError("A member’s row is held in a transaction.")
    _MEMBER.ask(member=member.pk)


def own_entry(member: Any, entry_id: UUID) -> Entry | None:
    """The member's entry of this id, a deleted one, too. One query."""
    return _ENTRY.first(member=member.pk, row=entry_id)


def own_draft(member: Any, entry_id: UUID) -> Draft | None:
    """The member's draft of this id. One query."""
    return _DRAFT.first(member=member.pk, row=entry_id)
