"""Plants of bringback: a note of Dev's that is inside and that he holds himself, and one that the cohort reads."""

from __future__ import annotations

from typing import Any

from caucuses.bringback.actions import begin_note, change_note, hold, post_reply, release_due
from caucuses.bringback.models import Note, NoteStance, NoteWording, Released, Reply
from caucuses.models import Caucus, Seat
from cohorts.models import Cohort
from scripts.traces import Words
from tests.caucuses.story import own_room
from tests.sweep.planting.kinds import Page, Plant, Use, person


def _seat(member: Any) -> Seat:
    return own_room(member, person("elu"))


def _room(member: Any, _words: Words) -> Caucus:
    return _seat(member).caucus


def _cohort(_member: Any, _words: Words) -> Cohort:
    return Cohort.objects.get(slug="spring")


def _out(member: Any, words: Words) -> Note:
    """No words of its own: everybody in the cohort reads them. The first that is planted, so that no other goes out."""
    cohort = _cohort(member, words)
    note = begin_note(seat=_seat(member), member=member, cohort=cohort, text="We ask for silence.")
    release_due(note.due_at)
    note.refresh_from_db()
    return note


def _released(member: Any, _words: Words) -> Released:
    out = Note.objects.get(caucus=_seat(member).caucus, state="released")
    return Released.objects.get(pk=str(out.released))


def _reply(member: Any, words: Words) -> Reply:
    return post_reply(released=_released(member, words), text="Gladly.", by=member)


def _note(member: Any, words: Words) -> Note:
    """A note that was worded otherwise before."""
    seat, cohort = _seat(member), _cohort(member, words)
    before = f"We {words.word('bringback.NoteWording.text')}."
    note = begin_note(seat=seat, member=member, cohort=cohort, text=before)
    now = f"{words.word('bringback.Note.text')} and **{words.word('bringback.Note.html')}**"
    return change_note(seat=seat, note=note, text=now, seen_revision=1)


def _wording(member: Any, _words: Words) -> NoteWording:
    return NoteWording.objects.get(caucus=_seat(member).caucus)


def _stance(member: Any, words: Words) -> NoteStance:
    seat = _seat(member)
    note = Note.objects.get(caucus=seat.caucus, state="inside")
    hold(seat=seat, note=note, words=f"First {words.word('bringback.NoteStance.words')}.")
    return NoteStance.objects.get(note=note, seat=seat)


NOTE, WORDING, STANCE = "bringback.Note", "bringback.NoteWording", "bringback.NoteStance"
ROOM, COHORT, OUT = "bringback.room", "bringback.cohort", "bringback.Note.out"
PLANTS: dict[str, Plant] = {
    ROOM: _room,
    COHORT: _cohort,
    OUT: _out,
    "bringback.Released": _released,
    "bringback.Reply": _reply,
    NOTE: _note,
    WORDING: _wording,
    STANCE: _stance,
}
_IN_IT = (ROOM, NOTE)
_NOTE = frozenset({"bringback.Note.text", "bringback.Note.html"})
_WORDS = frozenset({"bringback.NoteStance.words"})
#: Dev's own pages, and the words that stand on each.
PAGES: tuple[Page, ...] = (
    Page("bringback:note_list", _NOTE, ROOM),
    Page("bringback:note_show", _NOTE | _WORDS, _IN_IT),
    Page("bringback:note_edit", _NOTE, _IN_IT),
    Page("bringback:note_wordings", frozenset({"bringback.NoteWording.text"}), _IN_IT),
    Page("bringback:note_hold", _WORDS, _IN_IT),
)
#: Label of a model -> who of the cast, besides Dev, may find its words.
READERS: dict[str, frozenset[str]] = dict.fromkeys((NOTE, WORDING, STANCE), frozenset({"elu"}))

_TEXT: dict[str, str | list[str]] = {"text": "We say **{word}**."}
_WIDE: dict[str, str | list[str]] = {"text": "{word}" * 900}
_FOR = {"cohort": COHORT}
#: He begins notes, words one anew, and holds it.
USES: tuple[Use, ...] = (
    Use("bringback:note_write", ROOM, {**_TEXT, "act": "preview"}, chosen=_FOR, expects=200),
    Use("bringback:note_write", ROOM, _WIDE, chosen=_FOR, expects=200),
    Use("bringback:note_write", ROOM, {**_TEXT, "cohort": "{word}"}, expects=200),
    Use("bringback:note_write", ROOM, _TEXT, chosen=_FOR, into=NOTE),
    Use("bringback:note_edit", _IN_IT, {**_TEXT, "revision": "77"}, expects=409),
    Use("bringback:note_edit", _IN_IT, {**_TEXT, "revision": "{word}"}, expects=200),
    Use("bringback:note_edit", _IN_IT, _WIDE, expects=200),
    Use("bringback:note_edit", _IN_IT, _TEXT, into=NOTE),
    Use("bringback:note_hold", _IN_IT, {"words": "{word}" * 200}, expects=200),
    Use("bringback:note_hold", _IN_IT, {"words": "{word}"}, into=STANCE),
    Use("bringback:note_edit", (ROOM, OUT), _TEXT, expects=409),
    Use("bringback:note_hold", (ROOM, OUT), {"words": "{word}"}, expects=409),
)
NAMES: dict[str, str] = {
    "note": NOTE,
    "out_note": OUT,
    "released": "bringback.Released",
    "note_reply": "bringback.Reply",
}
