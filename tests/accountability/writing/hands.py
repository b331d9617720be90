"""What the stories of writing share: a writing page as its form sends it, and what is stored."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection

from accountability.journal.models import Draft, Entry
from accountability.journal.texts import Text, text_of

WRITE = "/journal/write/"
HIDDEN = re.compile(r'<input type="hidden" name="(once|seen|draft_seen)" value="([^"]*)"')
SCRIPT = {"Sec-Fetch-Mode": "cors"}


def hidden_of(page: Any) -> dict[str, str]:
    """What the form of a page carries unseen."""
    return dict(HIDDEN.findall(page.text))


def opened(client: Any, address: str = WRITE) -> dict[str, str]:
    """The hidden values of a writing page, as its form will send them."""
    page = client.get(address)
    assert page.status_code == 200
    return hidden_of(page)


def form(hidden: dict[str, str], **words: str) -> dict[str, str]:
    """What the form sends."""
    return {"title": "", "body": "", "tags": "", "day": "", **hidden, **words}


def keep(client: Any, place: str, sent: dict[str, str]) -> Any:
    """What the script of the page sends every few seconds."""
    return client.post(f"{place}keep/", sent, headers=SCRIPT)


def drafts(member: Any) -> dict[Any, Text]:
    """A member's drafts by their ids."""
    return {row.pk: text_of(row) for row in Draft.objects.of(member)}


def entries(member: Any) -> dict[Any, Text]:
    """A member's entries by their ids, deleted ones too."""
    return {row.pk: text_of(row) for row in Entry.objects.of(member)}


def only_entry(member: Any) -> Entry:
    """The one entry that a member has."""
    (found,) = Entry.objects.of(member)
    return found


def break_value(row: Entry | Draft, column: str) -> None:
    """Damage a stored value of this row, as a disk might."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {row._meta.db_table} SET {column} = %s",
            [connection.Database.Binary(b"\x01\x00\x01" + b"x" * 300)],
        )
