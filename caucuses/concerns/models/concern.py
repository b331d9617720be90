"""A report of a post or a person, inside the room."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from caucuses.concerns.choices import ConcernState, today
from caucuses.models.sealing import by_nobody, sealed
from core.privacy import Audience, Field, seen_by

_BETWEEN = _("between who reports and the facilitators, whom it does not tell who that is")


def _between(*names: str, class_s: bool = False) -> dict[str, Field]:
    return {
        name: seen_by(Audience.AUTHOR, Audience.CHOSEN, why=_BETWEEN, class_s=class_s)
        for name in names
    }


class Concern(models.Model):
    """A report to the facilitators whom it is not about. No facilitator learns whose it is.

    `writer` is a keyed token of this report and its writer's seat, with which the writer alone finds it; it goes with the
    seat. `about` is the seat it is about, `post` the post; `excerpt` is what the post said when it was reported.
    Of the time it keeps the day alone. Whoever comes in after `about_left_at` does not read it: it may be about them, and
    they have come back. Nor does whoever came in after it was sent: `last_in_at` is when the last one of those came who were
    here then. `said_at` is when the post was written: by that its words go, and are read by who was here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caucus = models.ForeignKey("caucuses.Caucus", on_delete=models.CASCADE, related_name="+")
    writer = models.CharField(max_length=64, blank=True)
    about = models.ForeignKey(
        "caucuses.Seat", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    post = models.ForeignKey(
        "threads.Post", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(
        _("how far it is"), max_length=10, choices=ConcernState.choices, default=ConcernState.SENT
    )
    sent_on = models.DateField(_("on which day it was sent"), default=today)
    about_left_at = models.DateTimeField(_("when whom it is about left"), null=True, blank=True)
    last_in_at = models.DateTimeField(
        _("when the last one came who was here"), null=True, blank=True
    )
    said_at = models.DateTimeField(_("when the post was written"), null=True, blank=True)
    answered_at = models.DateTimeField(_("when it was answered"), null=True, blank=True)
    words = sealed("concerns.concern.words", _("what is the matter"))
    excerpt = sealed("concerns.concern.excerpt", _("what the post said"))
    answer = sealed("concerns.concern.answer", _("what the facilitators answer"))

    class Privacy:
        """Who reports, and the facilitators whom it is not about."""

        fields: ClassVar[dict[str, Field]] = {
            **by_nobody("writer", why=_("lets who wrote it find it, and nobody else")),
            **_between("id", "caucus", "about", "post", "state", "sent_on", "answered_at"),
            **by_nobody("about_left_at", why=_("keeps it from whom it is about")),
            **by_nobody("last_in_at", "said_at", why=_("keeps it from who came in later")),
            **_between("words", "excerpt", "answer", class_s=True),
        }

    class Meta:
        verbose_name = _("report inside a caucus")
        verbose_name_plural = _("reports inside caucuses")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["caucus", "-sent_on", "id"], name="concern_newest_first")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=ConcernState.values), name="concern_state_is_known"
            )
        ]

    def __str__(self) -> str:
        return "concern"
