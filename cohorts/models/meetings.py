"""A meeting of a cohort, and who was there, which is known to that person and the facilitators alone."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cohorts.choices import (
    LONGEST_AGENDA,
    LONGEST_LINK,
    LONGEST_PLACE,
    LONGEST_TITLE,
    Presence,
)
from cohorts.models.groups import Cohort
from cohorts.models.writing import THE_COHORT
from cohorts.querysets import AttendanceQuerySet, CohortMeetingQuerySet
from core.clock import zone_named
from core.privacy import Audience, Field, seen_by
from core.text import trusted

_MET = _("when, where and what about the cohort meets")
_YOURS = _("whether you were there is between you and who facilitates; it is no score")


class Meeting(models.Model):
    """A meeting that somebody called. Each reader sees its moments in their own time zone.

    `time_zone` is the one in which it was called, so that the same again keeps its time of day. `agenda` is Markdown,
    cleaned when it was written. `sequence` grows when calendars must change what they show.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(
        Cohort, verbose_name=_("cohort"), on_delete=models.CASCADE, related_name="meetings"
    )
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    starts_at = models.DateTimeField(_("when it begins"))
    ends_at = models.DateTimeField(_("when it ends"))
    time_zone = models.CharField(_("in which time zone"), max_length=64)
    place = models.CharField(_("place"), max_length=LONGEST_PLACE, blank=True)
    link = models.URLField(_("link"), max_length=LONGEST_LINK, blank=True)
    agenda = models.TextField(_("agenda"), max_length=LONGEST_AGENDA, blank=True)
    agenda_html = models.TextField(_("agenda as shown"), blank=True, editable=False)
    cleaner_version = models.PositiveSmallIntegerField(editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("called by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="meetings_called",
    )
    called_at = models.DateTimeField(_("when it was called"), default=timezone.now)
    called_off_at = models.DateTimeField(_("when it was called off"), null=True, blank=True)
    # Counts what it has been, so that a change from a forgotten tab overwrites nothing (threats H9).
    revision = models.PositiveIntegerField(default=1, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    # From then on its words are not its caller's alone, and stay out of their own copy.
    is_changed_by_others = models.BooleanField(
        _("whether others changed it"), default=False, editable=False
    )

    objects = CohortMeetingQuerySet.as_manager()

    class Privacy:
        """Known in the cohort."""

        fields: ClassVar[dict[str, Field]] = {
            "cleaner_version": seen_by(Audience.NOBODY, why=_("which cleaner made the HTML")),
            "revision": seen_by(Audience.NOBODY, why=_("keeps a forgotten tab from overwriting")),
            "sequence": seen_by(Audience.NOBODY, why=_("tells calendars that something changed")),
            **{
                name: seen_by(*THE_COHORT, why=_MET)
                for name in (
                    "id", "cohort", "title", "starts_at", "ends_at", "time_zone", "place", "link",
                    "agenda", "agenda_html", "made_by", "called_at", "called_off_at",
                    "is_changed_by_others",
                )
            },
        }  # fmt: skip

    class Meta:
        verbose_name = _("meeting of a cohort")
        verbose_name_plural = _("meetings of cohorts")
        ordering: ClassVar[list[str]] = ["starts_at"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cohort", "ends_at"], name="cohort_meeting_in_order")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://"), name="meeting_link_is_https"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort}: {self.starts_at:%Y-%m-%d}"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which it was called."""
        return zone_named(self.time_zone)

    @property
    def local(self) -> tuple[datetime, datetime]:
        """Begin and end by the clocks of the zone in which it was called."""
        return self.starts_at.astimezone(self.zone), self.ends_at.astimezone(self.zone)

    @property
    def has_begun(self) -> bool:
        """Whether its time has come."""
        return self.starts_at <= timezone.now()

    @property
    def is_over(self) -> bool:
        """Whether its time has passed."""
        return self.ends_at <= timezone.now()

    @property
    def html(self) -> SafeString:
        """The agenda as HTML: cleaned when it was written, by the cleaner of `cleaner_version`."""
        return trusted(self.agenda_html)


class Attendance(models.Model):
    """Whether one person was at one meeting: said by themselves, or noted by a facilitator.

    What people say of themselves stands: `noted_by` is then the member, and `noted_before` what a facilitator had noted.
    The rows of one person are never added up, and stand side by side for nobody but that person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.CASCADE, related_name="attendances"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("member"),
        on_delete=models.CASCADE,
        related_name="attendances",
    )
    state = models.CharField(_("whether they were there"), max_length=12, choices=Presence.choices)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("noted by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    noted_at = models.DateTimeField(_("when it was noted"), default=timezone.now)
    noted_before = models.CharField(
        _("what was noted before"), max_length=12, blank=True, choices=Presence.choices
    )

    objects = AttendanceQuerySet.as_manager()

    class Privacy:
        """The person, and who facilitates their cohort; not the others in it, and not the backbone."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.AUTHOR, Audience.FACILITATOR, why=_YOURS)
            for name in ("id", "meeting", "member", "state", "noted_by", "noted_at", "noted_before")
        }

    class Meta:
        verbose_name = _("attendance at a meeting")
        verbose_name_plural = _("attendances at meetings")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["meeting", "member"], name="one_attendance_per_meeting_and_member"
            ),
            models.CheckConstraint(
                condition=Q(state__in=Presence.values), name="attendance_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(noted_before="")
                | Q(noted_before__in=[Presence.THERE, Presence.NOT_THERE]),
                name="attendance_before_was_noted",
            ),
            models.CheckConstraint(
                condition=~Q(state=Presence.EXCUSED) | Q(noted_by=F("member")),
                name="only_oneself_is_excused_by_oneself",
            ),
        ]

    def __str__(self) -> str:
        return "attendance"

    @property
    def is_own_word(self) -> bool:
        """Whether the member said it themselves."""
        return self.noted_by_id == self.member_id
