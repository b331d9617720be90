"""Forms of meetings: when and where, the agenda, how often; and who was there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.profile import time_zones
from cohorts.actions import Plan
from cohorts.agenda import template
from cohorts.choices import (
    AHEAD,
    BEHIND,
    LONGEST_AGENDA,
    LONGEST_LINK,
    LONGEST_PLACE,
    LONGEST_TITLE,
    MOST_AT_ONCE,
    WEEKS,
    Rhythm,
)
from cohorts.forms import MARKDOWN
from cohorts.models import Meeting
from core.clock import moments
from core.text import strip_control

_is_address = URLValidator(schemes=["https"])


def _time_field(label: Any) -> forms.TimeField:
    sentence = gettext_lazy("Choose a time, such as 18:30.")
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"required": sentence, "invalid": sentence},
    )


class MeetingForm(forms.Form):
    """A meeting as somebody says it. `revision` is the one that lay before its writer, 0 for a new one."""

    use_required_attribute = False

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=LONGEST_TITLE,
        error_messages={"required": gettext_lazy("Give it a title, such as “Meeting”.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    day = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": gettext_lazy("Choose a day."),
            "invalid": gettext_lazy("Choose a day, such as 2027-03-21."),
        },
    )
    begins = _time_field(gettext_lazy("Begins"))
    ends = _time_field(gettext_lazy("Ends"))
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy(
            "Day and times are meant in this zone. Each reader sees them by their own clock."
        ),
    )
    place = forms.CharField(
        label=gettext_lazy("Place"),
        max_length=LONGEST_PLACE,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    link = forms.CharField(
        label=gettext_lazy("Link"),
        help_text=gettext_lazy("For who comes online. It begins with https://."),
        max_length=LONGEST_LINK,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    agenda = forms.CharField(
        label=gettext_lazy("Agenda"),
        help_text=MARKDOWN,
        max_length=LONGEST_AGENDA,
        required=False,
        widget=forms.Textarea(attrs={"rows": 16, "dir": "auto"}),
    )
    is_past = forms.BooleanField(
        label=gettext_lazy("It has taken place already, and I note it afterwards"), required=False
    )
    revision = forms.IntegerField(
        min_value=0, max_value=1_000_000_000, required=False, widget=forms.HiddenInput
    )

    def __init__(
        self,
        *args: Any,
        meeting: Meeting | None = None,
        last_day: date | None = None,
        **kwargs: Any,
    ) -> None:
        """`meeting` is the one that is changed: its own times may stay, whatever times they are. `last_day`: of its cohort."""
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.last_day = meeting.cohort.ends_on if meeting is not None else last_day
        self.fields["time_zone"].choices = self._zones()  # type: ignore[attr-defined]
        if meeting is not None:
            del self.fields["is_past"]

    @classmethod
    def of(cls, meeting: Meeting) -> MeetingForm:
        """The form with the meeting as it stands, by the clocks of the zone in which it was called."""
        return cls(initial=words_of(meeting) | {"revision": meeting.revision}, meeting=meeting)

    def over(self, stored: Meeting) -> MeetingForm:
        """The same words once more, with the stored revision seen."""
        typed = {**dict(self.data.items()), "revision": stored.revision}
        return MeetingForm(typed, meeting=stored)

    def clean_title(self) -> str:
        """One line."""
        title = _one_line(self.cleaned_data["title"])
        if not title:
            raise ValidationError(self.fields["title"].error_messages["required"])
        return title

    def clean_place(self) -> str:
        """One line."""
        return _one_line(self.cleaned_data["place"])

    def clean_link(self) -> str:
        """An address of the web that begins with https://, without a name before the host that could pass for another."""
        link: str = self.cleaned_data["link"].strip()
        if link and not _leads_somewhere(link):
            raise ValidationError(
                _(
                    "A link begins with https:// and leads somewhere. Others are not taken, because they could do harm. What you typed still stands here."
                )
            )
        return link

    def clean_agenda(self) -> str:
        """Without what no reader sees."""
        return strip_control(self.cleaned_data["agenda"])

    def clean(self) -> dict[str, Any]:
        """To moments that exist once, in the right order, and are still to come or said to be past."""
        said = super().clean() or {}
        if all(said.get(name) is not None for name in ("day", "begins", "ends", "time_zone")):
            said["spans"] = self._spans(said)
        return said

    @property
    def plans(self) -> list[Plan]:
        """What was said, one plan for each time."""
        said = self.cleaned_data
        words = {name: said[name] for name in ("title", "time_zone", "place", "link", "agenda")}
        return [Plan(starts_at=starts, ends_at=ends, **words) for starts, ends in said["spans"]]

    @property
    def seen_revision(self) -> int:
        """Which revision lay before its writer."""
        return int(self.cleaned_data["revision"] or 0)

    def days(self, first: date, said: Mapping[str, Any]) -> list[date]:
        """On which days it is."""
        return [first]

    def _spans(self, said: Mapping[str, Any]) -> list[tuple[datetime, datetime]]:
        day, begins, ends = said["day"], said["begins"], said["ends"]
        if not 2000 <= day.year <= 9000:
            self.add_error("day", _when_sentence())
            return []
        if self.meeting is not None and (day, begins, ends) == _typed(self.meeting, said):
            return [(self.meeting.starts_at, self.meeting.ends_at)]
        if ends <= begins:
            self.add_error(
                "ends",
                _("It ends before it begins. Choose a later time on the same day."),
            )
            return []
        days = self.days(day, said)
        spans = [
            (self._moment("begins", one, begins, said), self._moment("ends", one, ends, said))
            for one in days
        ]
        found = [(starts, ends_at) for starts, ends_at in spans if starts and ends_at]
        if len(found) == len(spans):
            self._ask_when(found[0][0], said)
            self._ask_last_day(days[-1])
        return found

    def _moment(self, name: str, day: date, at: time, said: Mapping[str, Any]) -> datetime | None:
        """The moment, or None with an error beside the field."""
        possible = moments(day, at, said["time_zone"])
        if len(possible) == 1:
            return possible[0]
        words = (
            _(
                "On %(day)s the clocks in %(zone)s are put back and show %(time)s twice. Choose a time outside that hour, so that nobody waits for the other one."
            )
            if possible
            else _(
                "On %(day)s the clocks in %(zone)s are put forward and never show %(time)s. Choose another time."
            )
        )
        named = {
            "day": date_format(day, "DATE_FORMAT"),
            "zone": said["time_zone"].replace("_", " "),
            "time": f"{at:%H:%M}",
        }
        self.add_error(name, words % named)
        return None

    def _ask_when(self, starts_at: datetime, said: Mapping[str, Any]) -> None:
        now = timezone.now()
        if not now - BEHIND <= starts_at <= now + AHEAD:
            self.add_error("day", _when_sentence())
        elif starts_at <= now and not said.get("is_past"):
            if self.meeting is not None:
                self.add_error("day", _("This moment has passed. Choose one that is to come."))
            else:
                self.add_error(
                    "day",
                    _(
                        "This moment has passed. Choose one that is to come; or, if the meeting has taken place, say so below: then nobody gets a notice."
                    ),
                )

    def _ask_last_day(self, day: date) -> None:
        if self.last_day is not None and day > self.last_day and not self.errors:
            words = _("The cohort ends on %(day)s. Choose that day or an earlier one.")
            self.add_error("day", words % {"day": date_format(self.last_day, "DATE_FORMAT")})

    def _zones(self) -> Sequence[tuple[str, str]]:
        """All zones, and that of the meeting where the machine's tables do not (or no longer) know it."""
        known = time_zones()
        named = self.meeting.time_zone if self.meeting else None
        if named is None or any(zone == named for zone, _words in known):
            return known
        return [(named, named), *known]


class CallForm(MeetingForm):
    """A new meeting, once or in a rhythm."""

    repeat = forms.ChoiceField(
        label=gettext_lazy("How often"), choices=Rhythm.choices, initial=Rhythm.ONCE
    )
    times = forms.IntegerField(
        label=gettext_lazy("How many meetings in all"),
        help_text=gettext_lazy("At the same time of day each, also when the clocks change."),
        min_value=1,
        max_value=MOST_AT_ONCE,
        initial=1,
        required=False,
    )
    field_order = (
        "title", "day", "begins", "ends", "time_zone", "repeat", "times", "place", "link", "agenda", "is_past",
    )  # fmt: skip

    @classmethod
    def new(cls, zone: str, like: Meeting | None) -> CallForm:
        """The form for a new meeting, or for one like another, on a day that is still to be chosen."""
        if like is not None:
            return cls(initial={**words_of(like), "day": None, "revision": 0})
        initial = {"title": _("Meeting"), "time_zone": zone, "agenda": template(), "revision": 0}
        return cls(initial=initial)

    def clean_times(self) -> int:
        """One where nothing is said."""
        return int(self.cleaned_data["times"] or 1)

    def clean(self) -> dict[str, Any]:
        """A number of meetings needs a rhythm, and the other way round."""
        said = super().clean()
        if said.get("repeat") == Rhythm.ONCE and (said.get("times") or 1) > 1:
            self.add_error("repeat", _("Choose how often, or one meeting in all."))
        return said

    def days(self, first: date, said: Mapping[str, Any]) -> list[date]:
        """So many weeks apart, in the time zone of the meeting."""
        apart = timedelta(weeks=WEEKS[Rhythm(said.get("repeat") or Rhythm.ONCE)])
        times = (said.get("times") or 1) if apart else 1
        return [first + number * apart for number in range(times)]


def words_of(meeting: Meeting) -> dict[str, Any]:
    """What a form begins with for this meeting."""
    begins, ends = meeting.local
    return {
        "title": meeting.title,
        "day": begins.date(),
        "begins": begins.time(),
        "ends": ends.time(),
        "time_zone": meeting.time_zone,
        "place": meeting.place,
        "link": meeting.link,
        "agenda": meeting.agenda,
    }


def _leads_somewhere(link: str) -> bool:
    try:
        _is_address(link)
        return link.startswith("https://") and "@" not in urlsplit(link).netloc
    except (ValidationError, ValueError):
        return False


def _typed(meeting: Meeting, said: Mapping[str, Any]) -> tuple[date, time, time] | None:
    """Day and times of the meeting as the form shows them; None when another zone was chosen."""
    begins, ends = meeting.local
    if said["time_zone"] != meeting.time_zone:
        return None
    return begins.date(), _to_minute(begins), _to_minute(ends)


def _to_minute(at: datetime) -> time:
    return at.time().replace(second=0, microsecond=0, fold=0)


def _one_line(text: str) -> str:
    return " ".join(strip_control(text).split())


def _when_sentence() -> str:
    return _("Choose a day within two years from now.")
