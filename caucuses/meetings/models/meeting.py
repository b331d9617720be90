"""A meeting of a caucus, and its notes."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from caucuses.meetings.choices import MINUTES, UTC
from caucuses.meetings.querysets import MeetingQuerySet
from caucuses.models.sealing import by_nobody, in_the_room, sealed
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing
from core.privacy import Field
from core.text import trusted


class Meeting(models.Model):
    """A meeting that a facilitator called. `starts_at` is a moment; each member reads it in their own time zone.

    `zone` is the time zone in which it was called, so that changing it shows the same time of day; it is sealed, since a rare
    one beside `seat` would tell whose seat that is. `place` is a room or a link, `agenda` Markdown. `minutes` is how long it takes. `sequence` grows when calendars must change what they show: with
    another time, another length, or when it is called off.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caucus = models.ForeignKey("caucuses.Caucus", on_delete=models.CASCADE, related_name="meetings")
    seat = models.ForeignKey(
        "caucuses.Seat", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    called_at = models.DateTimeField(_("when it was called"), default=timezone.now)
    starts_at = models.DateTimeField(_("when it begins"))
    minutes = models.PositiveSmallIntegerField(_("how many minutes it takes"), default=MINUTES[1])
    # UTC since `zone` is there (`actions.sealing`). The release before this one still writes it; the next one drops it.
    time_zone = models.CharField(_("in which time zone"), max_length=64)
    cancelled_at = models.DateTimeField(_("when it was called off"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    sequence = models.PositiveIntegerField(default=0)
    # Empty where the release before this one called the meeting, which does not know the column.
    zone = sealed("meetings.meeting.zone", _("in which time zone"), db_default=b"")
    place = sealed("meetings.meeting.place", _("room or link"))
    agenda = sealed("meetings.meeting.agenda", _("agenda"))
    agenda_html = sealed("meetings.meeting.agenda_html")
    cleaner_version = models.PositiveSmallIntegerField(default=0)

    class Privacy:
        """The members."""

        fields: ClassVar[dict[str, Field]] = {
            **in_the_room(
                *("id", "caucus", "seat", "called_at", "starts_at", "minutes", "time_zone"),
                "cancelled_at",
            ),
            **by_nobody("revision", why=_("keeps a forgotten tab from overwriting")),
            **by_nobody("sequence", why=_("tells calendars that something changed")),
            **by_nobody("cleaner_version", why=_("which cleaner made the HTML")),
            **in_the_room("zone", "place", "agenda", "agenda_html", class_s=True),
        }

    class Meta:
        verbose_name = _("meeting of a caucus")
        verbose_name_plural = _("meetings of caucuses")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["caucus", "starts_at"], name="caucus_meeting_in_order")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(minutes__gte=MINUTES[0], minutes__lte=MINUTES[2]),
                name="caucus_meeting_takes_some_time",
            )
        ]

    objects = MeetingQuerySet.as_manager()

    def __str__(self) -> str:
        return "meeting"

    @property
    def called_in(self) -> str:
        """The time zone in which it was called; UTC, and a word to the operators, where that cannot be opened."""
        if self.time_zone != UTC:
            return self.time_zone
        try:
            return str(self.zone) or UTC
        except (CannotOpen, KeyMissing):
            could_not_open(self)
            return UTC

    @property
    def ends_at(self) -> datetime:
        """When it is over, as it was planned."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def has_begun(self) -> bool:
        """Whether its time has come."""
        return self.starts_at <= timezone.now()

    @property
    def is_over(self) -> bool:
        """Whether its time has passed."""
        return self.ends_at <= timezone.now()

    @property
    def shown(self) -> SafeString:
        """The agenda as HTML. Raises core.crypto.envelope.CannotOpen where it was damaged."""
        return trusted(str(self.agenda_html))


class Notes(models.Model):
    """The notes of a meeting. They belong to the room: every member may write in them, nobody signs them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caucus = models.ForeignKey("caucuses.Caucus", on_delete=models.CASCADE, related_name="+")
    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="notes")
    changed_at = models.DateTimeField(_("when they were last changed"), default=timezone.now)
    revision = models.PositiveIntegerField(default=1)
    cleaner_version = models.PositiveSmallIntegerField(default=0)
    text = sealed("meetings.notes.text", _("notes"))
    html = sealed("meetings.notes.html")

    class Privacy:
        """The members."""

        fields: ClassVar[dict[str, Field]] = {
            **in_the_room("id", "caucus", "meeting", "changed_at"),
            **by_nobody("revision", why=_("keeps a forgotten tab from overwriting")),
            **by_nobody("cleaner_version", why=_("which cleaner made the HTML")),
            **in_the_room("text", "html", class_s=True),
        }

    class Meta:
        verbose_name = _("notes of a meeting of a caucus")

    def __str__(self) -> str:
        return "notes"

    @property
    def shown(self) -> SafeString:
        """The text as HTML. Raises core.crypto.envelope.CannotOpen where it was damaged."""
        return trusted(str(self.html))
