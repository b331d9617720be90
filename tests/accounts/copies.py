"""What the stories about one's own copy share: Dev who has just signed in, the worker, and what came of it."""

from __future__ import annotations

import io
import secrets
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import time_machine
from django.test import Client
from django.utils import timezone

from accountability.journal.actions import id_for, save_entry
from accountability.journal.models import Entry
from accountability.journal.texts import Text
from accounts.models import OwnCopy
from core.crypto import owners
from core.tasks import work_off

PAGE, FILE, DISCARD = "/account/export/", "/account/export/file/", "/account/export/discard/"
SECRET = "I laughed when she was interrupted."


def later(**how_much: int) -> Any:
    """The clock, put on."""
    return time_machine.travel(timezone.now() + timedelta(**how_much), tick=True)


def worker(**how_much: int) -> int:
    """The tasks that are due, now or later; returns how many copies were made."""
    ready = OwnCopy.objects.filter(state="ready")
    before = ready.count()
    with later(**how_much):
        work_off()
    return ready.count() - before


def made(client: Client) -> OwnCopy:
    """A copy that waits to be downloaded."""
    client.post(PAGE)
    assert worker() == 1
    return OwnCopy.objects.get()


def entry_of(member: Any, *, title: str = "", body: str) -> Entry:
    """A page of the member’s journal."""
    text = Text(title=title, body=body)
    return save_entry(by=member, entry_id=id_for(member, uuid4()), text=text, seen=0)


def large_journal(member: Any) -> None:
    """One that does not fit into one piece, and does not pack well."""
    for _number in range(6):
        entry_of(member, body=secrets.token_hex(10_000))


def content_of(answer: Any) -> bytes:
    """All of a download."""
    return b"".join(answer.streaming_content)


def unpacked(content: bytes) -> zipfile.ZipFile:
    """The files in it."""
    return zipfile.ZipFile(io.BytesIO(content))


@contextmanager
def without_keys(settings: Any) -> Iterator[None]:
    """The keyring is away, and nothing of it is remembered."""
    kept, settings.FIELD_KEYS = settings.FIELD_KEYS, None
    owners.forget()
    yield
    settings.FIELD_KEYS = kept
    owners.forget()
