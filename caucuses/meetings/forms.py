"""Forms of meetings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.profile import time_zones
from caucuses.meetings.actions import Plan
from caucuses.meetings.agenda import template
from caucuses.meetings.choices import AHEAD, LONGEST_PLACE, LONGEST_TITLE, MINUTES
from caucuses.meetings.models import CalendarLink, Meeting, Notes
from caucuses.meetings.places import has_other_links, one_line
from caucuses.reading import opened
from core.clock import moments, zone_named
from core.text import LONGEST_FROM_MEMBERS, strip_control

NUMBERS_TO = 1_000_000_000
MARKDOWN = gettext_lazy("Plain text or Markdown: **bold**, *slanted*, lists with hyphens, links.")
#: Programs in the browser that read along are asked not to. The words are sent nowhere but here.
UNREAD: dict[str, Any] = {
    "autocomplete": "off",
    "data-gramm": "false",
    "data-gramm_editor": "false",
    "data-enable-grammarly": "false",
    "data-lt-active": "false",
}


class WordsField(forms.CharField):
    """Typed words without what no reader sees; the limit is said in a sentence and cuts nothing off."""

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        self.longest = longest
        super().__init__(required=False, strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        """The words."""
        return strip_control(super().to_python(value) or "").strip()

    def validate(self, value: str) -> None:
        """Raise ValidationError with both numbers when it is too long."""
        if len(value) > self.longest:
            words = _(
                "This has %(count)s characters; %(most)s fit. All of it still stands below: shorten it a little."
            )
            numbers = {"count": f"{len(value):,}", "most": f"{self.longest:,}"}
            raise ValidationError(words % numbers)


def _seen() -> forms.IntegerField:
    return forms.IntegerField(
        min_value=0, max_value=NUMBERS_TO, required=False, widget=forms.HiddenInput
    )


class MeetingForm(forms.Form):
    """When and where a meeting is, and its agenda. `seen` is the revision that lay before its writer, 0 for a new one."""

    use_required_attribute = False

    day = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": gettext_lazy("Choose a day."),
            "invalid": gettext_lazy("Choose a day, such as 2027-03-21."),
        },
    )
    at = forms.TimeField(
        label=gettext_lazy("Time"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={
            "required": gettext_lazy("Choose a time."),
            "invalid": gettext_lazy("Choose a time, such as 18:30."),
        },
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy(
            "Day and time are meant in this zone. Each member reads them by their own clock."
        ),
        error_messages={
            "required": gettext_lazy("Choose a time zone from the list."),
            "invalid_choice": gettext_lazy("Choose a time zone from the list."),
        },
    )
    minutes = forms.IntegerField(label=gettext_lazy("How many minutes it takes"))
    place = WordsField(
        label=gettext_lazy("Room or link"),
        help_text=gettext_lazy(
            "Members alone see it. Plain words, or a link that begins with https:// – or both."
        ),
        longest=LONGEST_PLACE,
        widget=forms.TextInput(attrs={**UNREAD, "dir": "auto"}),
    )
    agenda = WordsField(
        label=gettext_lazy("Agenda"),
        help_text=gettext_lazy(
            "Six parts to begin with. Put your question under Prompt, and change anything else as you like. Plain text or Markdown."
        ),
        longest=LONGEST_FROM_MEMBERS,
        widget=forms.Textarea(attrs={**UNREAD, "rows": 18, "dir": "auto"}),
    )
    seen = _seen()

    def __init__(self, *args: Any, meeting: Meeting | None = None, **kwargs: Any) -> None:
        """`meeting` is the one that is changed: its own time may stay, whatever time it is."""
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.fields["time_zone"].choices = self._zones()  # type: ignore[attr-defined]
        number = self.fields["minutes"]
        number.error_messages = dict.fromkeys(("required", "invalid"), _minutes_sentence())

    @classmethod
    def new(cls, zone: str) -> MeetingForm:
        """The form for a new meeting, with the agenda to begin with."""
        initial = {"time_zone": zone, "minutes": MINUTES[1], "agenda": template(), "seen": 0}
        return cls(initial=initial)

    @classmethod
    def of(cls, meeting: Meeting) -> MeetingForm:
        """The form with the meeting as it stands, in the time zone in which it was called; what does not open is empty."""
        local = meeting.starts_at.astimezone(zone_named(meeting.called_in))
        initial = {
            "day": local.date(),
            "at": local.time(),
            "time_zone": meeting.called_in,
            "minutes": meeting.minutes,
            "place": opened(meeting, "place") or "",
            "agenda": opened(meeting, "agenda") or "",
            "seen": meeting.revision,
        }
        return cls(initial=initial, meeting=meeting)

    def over(self, stored: Meeting) -> MeetingForm:
        """The same words once more, with the stored revision seen."""
        typed = {**dict(self.data.items()), "seen": stored.revision}
        return MeetingForm(typed, meeting=stored)

    def clean_minutes(self) -> int:
        """Neither too short nor too long."""
        minutes: int = self.cleaned_data["minutes"]
        if not MINUTES[0] <= minutes <= MINUTES[2]:
            raise ValidationError(_minutes_sentence())
        return minutes

    def clean_place(self) -> str:
        """One line, and no links of other kinds."""
        place = one_line(self.cleaned_data["place"])
        if has_other_links(place):
            raise ValidationError(
                _(
                    "A link begins with https:// or http://. Others are not taken, because they could do harm. What you typed still stands here."
                )
            )
        return place

    def clean(self) -> dict[str, Any]:
        """To one moment that is still to come, within a year."""
        said = super().clean() or {}
        day, at, zone = (said.get(name) for name in ("day", "at", "time_zone"))
        if day is not None and at is not None and zone:
            said["starts_at"] = self._moment(day, at, zone)
        return said

    def _moment(self, day: date, at: Any, zone: str) -> datetime | None:
        if not 2000 <= day.year <= 9000:
            self.add_error("day", _when_sentence())
            return None
        possible = moments(day, at, zone)
        if self.meeting is not None and self.meeting.starts_at in possible:
            return self.meeting.starts_at
        named = {"zone": zone.replace("_", " "), "time": f"{at:%H:%M}"}
        if not possible:
            words = _(
                "On that day the clocks in %(zone)s are put forward and never show %(time)s. Choose another time."
            )
            self.add_error("at", words % named)
        elif len(possible) > 1:
            words = _(
                "On that day the clocks in %(zone)s are put back and show %(time)s twice. Choose a time outside that hour, so that nobody waits for the other one."
            )
            self.add_error("at", words % named)
        elif not timezone.now() < possible[0] <= timezone.now() + AHEAD:
            self.add_error("day", _when_sentence())
        return possible[0] if possible else None

    def _zones(self) -> Sequence[tuple[str, str]]:
        """All zones, and that of the meeting where the machine's tables do not (or no longer) know it."""
        known = time_zones()
        named = self.meeting.called_in if self.meeting else None
        if named is None or any(zone == named for zone, _words in known):
            return known
        return [(named, named), *known]

    @property
    def plan(self) -> Plan:
        """What was said."""
        names = ("starts_at", "minutes", "time_zone", "place", "agenda")
        return Plan(**{name: self.cleaned_data[name] for name in names})

    @property
    def seen_revision(self) -> int:
        """Which revision lay before its writer."""
        return int(self.cleaned_data["seen"] or 0)


class NotesForm(forms.Form):
    """The notes of a meeting, and which revision of them lay before their writer, 0 for none."""

    use_required_attribute = False

    text = WordsField(
        label=gettext_lazy("Notes"),
        help_text=MARKDOWN,
        longest=LONGEST_FROM_MEMBERS,
        widget=forms.Textarea(attrs={**UNREAD, "rows": 14, "dir": "auto"}),
    )
    seen = _seen()

    @classmethod
    def of(cls, notes: Notes | None) -> NotesForm:
        """The form with the notes as they stand; empty where there are none, or they do not open."""
        if notes is None:
            return cls(initial={"seen": 0})
        return cls(initial={"text": opened(notes, "text") or "", "seen": notes.revision})

    def over(self, stored: Notes) -> NotesForm:
        """The same text once more, with the stored revision seen."""
        return NotesForm(initial={"text": self.cleaned_data["text"], "seen": stored.revision})

    @property
    def seen_revision(self) -> int:
        """Which revision lay before its writer."""
        return int(self.cleaned_data["seen"] or 0)


class TitleForm(forms.Form):
    """What stands in one's calendar."""

    use_required_attribute = False

    title = WordsField(
        label=gettext_lazy("What your calendar shows"),
        help_text=gettext_lazy(
            "One line. Whoever looks at your calendar reads it, so choose words that say nothing of this room."
        ),
        longest=LONGEST_TITLE,
        widget=forms.TextInput(attrs={**UNREAD, "dir": "auto"}),
    )

    @classmethod
    def of(cls, link: CalendarLink | None) -> TitleForm:
        """The form with the words as they stand; without any, with the usual one in the member's language."""
        title = opened(link, "title") if link else None
        return cls(initial={"title": title or _("Appointment")})

    def clean_title(self) -> str:
        """One line; the usual word where nothing was chosen."""
        return one_line(self.cleaned_data["title"]) or _("Appointment")


def _minutes_sentence() -> str:
    return _("Choose a number of minutes from %(least)d to %(most)d.") % {
        "least": MINUTES[0],
        "most": MINUTES[2],
    }


def _when_sentence() -> str:
    return _("Choose a moment that is still to come, within a year from now.")
