"""Who may do what with a note: inside, every rule asks a seat; on the cohort's page, whoever may know of the cohort.

No role counts inside: who facilitates the room has the same say over a note as everybody.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from caucuses.bringback.choices import NoteState
from caucuses.bringback.models import Note, NoteStance, NoteWording, Released, Reply
from caucuses.models import Seat
from cohorts.models import Cohort
from cohorts.permissions import (
    can_see_cohort,
    can_write_in_cohort,
    cohorts_visible_to,
    cohorts_written_in_by,
)


def notes_visible_to(seat: Seat) -> QuerySet[Note]:
    """What was begun after the seat’s member came in, and what is still inside: that goes out in their name, too."""
    if seat.must_accept:
        return Note.objects.none()
    known = Q(state=NoteState.INSIDE) | Q(begun_at__gte=seat.since)
    return Note.objects.filter(known, caucus=seat.caucus_id)


def can_see_note(seat: Seat, note: Note) -> bool:
    """Whether the seat may read the note. The other form of `notes_visible_to`."""
    if seat.must_accept or seat.since is None or note.caucus_id != seat.caucus_id:
        return False
    return note.state == NoteState.INSIDE or note.begun_at >= seat.since


def wordings_visible_to(seat: Seat) -> QuerySet[NoteWording]:
    """The earlier wordings that stood since the seat’s member came in, of the notes that they may read."""
    if seat.must_accept:
        return NoteWording.objects.none()
    return NoteWording.objects.filter(note__in=notes_visible_to(seat), until__gte=seat.since)


def can_see_wording(seat: Seat, wording: NoteWording) -> bool:
    """Whether the seat may read it. The other form of `wordings_visible_to`."""
    if not can_see_note(seat, wording.note) or seat.since is None:
        return False
    return wording.until >= seat.since


def can_read_stance(seat: Seat, stance: NoteStance) -> bool:
    """Whether the seat may read why somebody holds a note: not what was said before its member came. That it is held, it sees."""
    return seat.since is not None and stance.at >= seat.since


def notes_changeable_by(seat: Seat) -> QuerySet[Note]:
    """What every member may word anew, agree with and hold: the notes that are still inside."""
    return notes_visible_to(seat).filter(state=NoteState.INSIDE)


def can_change_note(seat: Seat, note: Note) -> bool:
    """Whether the seat may word it anew, agree with it and hold it: while it is inside."""
    return can_see_note(seat, note) and note.state == NoteState.INSIDE


def notes_dropped_by(seat: Seat) -> QuerySet[Note]:
    """The notes that the seat may give up: those it began, while they are inside."""
    return notes_changeable_by(seat).filter(seat=seat)


def can_drop_note(seat: Seat, note: Note) -> bool:
    """Whether the seat may give it up: who began it, while it is inside."""
    return can_change_note(seat, note) and note.seat_id == seat.pk


def notes_taken_back_by(seat: Seat) -> QuerySet[Note]:
    """The notes that the seat may take back: every one that has gone out."""
    return notes_visible_to(seat).filter(state=NoteState.RELEASED)


def can_take_back_note(seat: Seat, note: Note) -> bool:
    """Whether the seat may take it back: any member who can see it, once it has gone out."""
    return can_see_note(seat, note) and note.state == NoteState.RELEASED


def cohorts_told_by(member: Any) -> QuerySet[Cohort]:
    """The cohorts for which the member may begin a note: those they are in now, as long as these go on."""
    return Cohort.objects.of(member).not_over()


def can_tell_cohort(member: Any, cohort: Cohort) -> bool:
    """Whether the member may begin a note for this cohort. The other form of `cohorts_told_by`."""
    return cohorts_told_by(member).filter(pk=cohort.pk).exists()


def released_visible_to(user: Any) -> QuerySet[Released]:
    """What stands on the pages of the cohorts that the person may know of."""
    return Released.objects.filter(cohort__in=cohorts_visible_to(user))


def can_see_released(user: Any, released: Released) -> bool:
    """Whether the person may read it: whoever may know of its cohort."""
    return can_see_cohort(user, released.cohort)


def released_answerable_by(user: Any) -> QuerySet[Released]:
    """What the person may reply to: notes to the cohorts that they are in now, until these are over."""
    if not user.is_authenticated:
        return Released.objects.none()
    return Released.objects.filter(cohort__in=Cohort.objects.of(user).not_over())


def can_answer_released(user: Any, released: Released) -> bool:
    """Whether the person may reply: whoever is in its cohort now, until it is over."""
    if not user.is_authenticated or released.cohort.is_over:
        return False
    return bool(released.cohort.memberships.current().filter(member=user).exists())


def replies_changeable_by(user: Any) -> QuerySet[Reply]:
    """The person’s own replies in cohorts in which they may still say something."""
    if not user.is_authenticated:
        return Reply.objects.none()
    return Reply.objects.filter(author=user, released__cohort__in=cohorts_written_in_by(user))


def can_change_reply(user: Any, reply: Reply) -> bool:
    """Whether the person may give it another text: its author, until its cohort is over."""
    return (
        user.is_authenticated
        and reply.author_id == user.pk
        and can_write_in_cohort(user, reply.released.cohort)
    )


def replies_deletable_by(user: Any) -> QuerySet[Reply]:
    """The person’s own replies in cohorts that they may still know of, also when these are over."""
    if not user.is_authenticated:
        return Reply.objects.none()
    return Reply.objects.filter(author=user, released__in=released_visible_to(user))


def can_delete_reply(user: Any, reply: Reply) -> bool:
    """Whether the person may delete it: its author, while they may know of its cohort."""
    return (
        user.is_authenticated
        and reply.author_id == user.pk
        and can_see_cohort(user, reply.released.cohort)
    )
