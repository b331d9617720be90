"""Plants of meetings: where Dev's room meets, what for, what was noted, and what Dev's own calendar shows."""

from __future__ import annotations

from typing import Any

from caucuses.meetings.actions import make_link, save_notes
from caucuses.meetings.models import CalendarLink, Meeting, Notes
from scripts.traces import Words as Planted
from tests.caucuses.meetings.story import a_meeting
from tests.caucuses.story import own_room
from tests.sweep.planting.kinds import Page, Plant, Use, person


def _meeting(member: Any, planted: Planted) -> Meeting:
    agenda = planted.word("meetings.Meeting.agenda")
    html = planted.word("meetings.Meeting.agenda_html")
    return a_meeting(
        own_room(member, person("elu")),
        place=f"Behind {planted.word('meetings.Meeting.place')}",
        time_zone=planted.word("meetings.Meeting.zone"),  # no zone of any machine
        agenda=f"We ask {agenda} and **{html}**",
    )


def _notes(member: Any, planted: Planted) -> Notes:
    seat = own_room(member, person("elu"))
    meeting = Meeting.objects.filter(caucus=seat.caucus_id).earliest("called_at")
    text = f"{planted.word('meetings.Notes.text')} and **{planted.word('meetings.Notes.html')}**"
    return save_notes(seat=seat, meeting=meeting, text=text, seen=0)


def _link(member: Any, planted: Planted) -> CalendarLink:
    seat = own_room(member, person("elu"))
    make_link(seat=seat, title=planted.word("meetings.CalendarLink.title"))
    return CalendarLink.objects.get(seat=seat)


def _room(member: Any, _planted: Planted) -> Any:
    """No words of its own: the room whose address the pages take."""
    return own_room(member, person("elu")).caucus


PLANTS: dict[str, Plant] = {
    "caucuses.Caucus.meets": _room,
    "meetings.Meeting": _meeting,
    "meetings.Notes": _notes,
    "meetings.CalendarLink": _link,
}
_ROOM = "caucuses.Caucus.meets"
_THE_MEETING = (_ROOM, "meetings.Meeting")


def _fields(model: str, *names: str) -> frozenset[str]:
    return frozenset(f"meetings.{model}.{name}" for name in names)


_SHOWN = _fields("Meeting", "place", "agenda", "agenda_html") | _fields("Notes", "text", "html")
PAGES: tuple[Page, ...] = (
    Page("meetings:meeting_list", _fields("Meeting", "place"), _ROOM),
    Page("caucuses:room_show", _fields("Meeting", "place"), _ROOM),
    Page("meetings:meeting_show", _SHOWN, _THE_MEETING),
    Page("meetings:meeting_edit", _fields("Meeting", "zone", "place", "agenda", "agenda_html"), _THE_MEETING),
    Page("meetings:notes_edit", _fields("Notes", "text", "html"), _THE_MEETING),
    Page("meetings:calendar_edit", _fields("CalendarLink", "title"), _ROOM),
    Page("meetings:appointment_show", _fields("CalendarLink", "title"), _THE_MEETING),
)  # fmt: skip
READERS: dict[str, frozenset[str]] = {
    label: frozenset({"elu"}) for label in ("meetings.Meeting", "meetings.Notes")
}
_TYPED: dict[str, str | list[str]] = {
    "day": "{day}",
    "at": "18:00",
    "time_zone": "America/Chicago",
    "minutes": "60",
    "place": "{word}",
    "agenda": "{word}",
}
_INTO = "meetings.Meeting"
USES: tuple[Use, ...] = (
    Use("meetings:meeting_call", _ROOM, _TYPED, into=_INTO),
    Use("meetings:meeting_call", _ROOM, {**_TYPED, "place": "{word}" * 60}, expects=200),
    Use("meetings:meeting_call", _ROOM, {**_TYPED, "day": "{word}", "at": "{word}"}, expects=200),
    Use("meetings:meeting_edit", _THE_MEETING, _TYPED, into=_INTO),
    Use("meetings:meeting_edit", _THE_MEETING, {**_TYPED, "seen": "77"}, expects=409),
    Use("meetings:notes_edit", _THE_MEETING, {"text": "{word}"}, into="meetings.Notes"),
    Use("meetings:notes_edit", _THE_MEETING, {"text": "{word}" * 500}, expects=200),
    Use("meetings:notes_edit", _THE_MEETING, {"text": "{word}", "seen": "77"}, expects=409),
    Use("meetings:calendar_edit", _ROOM, {"title": "{word}", "act": "save"}),
    Use("meetings:calendar_edit", _ROOM, {"title": "{word}" * 20, "act": "save"}, expects=200),
    Use("meetings:calendar_edit", _ROOM, {"title": "{word}", "act": "renew"}, expects=200),
)
NAMES: dict[str, str] = {"meeting": "meetings.Meeting", "spare_meeting": "meetings.Meeting"}
