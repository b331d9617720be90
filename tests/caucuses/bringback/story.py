"""Notes for a story: one that Dev begins for spring, and the morning on which it goes out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse

from caucuses.bringback.actions import begin_note, release_due
from caucuses.bringback.models import Note, Released
from caucuses.models import Seat
from cohorts.models import Cohort

TEXT = "We ask for ten minutes of silence **before** we vote."


def spring() -> Cohort:
    """The cohort of Dev, Elu and Hana."""
    return Cohort.objects.get(slug="spring")


def begun(seat: Seat, member: Any, text: str = TEXT) -> Note:
    """A note for spring."""
    return begin_note(seat=seat, member=member, cohort=spring(), text=text)


def gone_out(note: Note) -> Released:
    """What stands on the page of spring once the note's time has come."""
    assert release_due(note.due_at + timedelta(minutes=1)) == 1
    note.refresh_from_db()
    return Released.objects.get(pk=str(note.released))


def inside(name: str, note: Note) -> str:
    """An address of the note in its room."""
    return reverse(f"bringback:{name}", args=[note.caucus_id, note.pk])


def outside(name: str, *rows: Any) -> str:
    """An address of the note on the page of spring."""
    return reverse(f"brought_back:{name}", args=["spring", *(row.pk for row in rows)])


def page(client: Any, address: str) -> str:
    """What stands at an address."""
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()
