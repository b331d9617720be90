"""What the stories about reading share: Dev's journal, page by page, and a hand that damages what is stored."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from accountability.journal.actions import id_for, keep_draft, save_entry
from accountability.journal.models import Draft, Entry
from accountability.journal.texts import Text

LIST, SEARCH, PRINT, DELETED = (
    f"/journal/{place}" for place in ("", "search/", "print/", "deleted/")
)


def write(member: Any, body: str = "", *, at: datetime | None = None, **text: Any) -> Entry:
    """An entry that the member saved."""
    return save_entry(
        by=member,
        entry_id=id_for(member, uuid4()),
        text=Text(body=body, **text),
        seen=0,
        written_at=at,
    )


def begin(member: Any, body: str = "", *, of: Entry | None = None, **text: Any) -> Draft:
    """What the member is typing: something new, or a change of an entry."""
    return keep_draft(
        by=member,
        entry_id=of.pk if of else id_for(member, uuid4()),
        text=Text(body=body, **text),
        seen=0,
        of_version=of.version if of else 0,
    )


def fill(member: Any, number: int) -> None:
    """So many entries, one a day up to today, each with a title and two tags."""
    now = timezone.now()
    Entry.objects.bulk_create(
        Entry(
            author=member,
            written_at=now - timedelta(days=days),
            title=f"Page {days}",
            body=f"What happened {days} days ago.",
            tags=f'["every", "tag {days % 7}"]',
        )
        for days in range(number)
    )


def damage(row: Entry, *names: str) -> None:
    """Flip a bit of the named values where they are stored, as a bad disk would (threats C4)."""
    for name in names:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {name} FROM journal_entry WHERE id = %s", [_key(row)])
            value = bytearray(cursor.fetchone()[0])
            value[40] ^= 1
            cursor.execute(
                f"UPDATE journal_entry SET {name} = %s WHERE id = %s", [bytes(value), _key(row)]
            )


def _key(row: Entry) -> Any:
    return row.pk.hex if connection.vendor == "sqlite" else row.pk
