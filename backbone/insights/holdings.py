"""What insights hold beside the numbers of now: those of past weeks, and who is shown by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from backbone.insights import mydata
from backbone.insights.actions import forget_names
from backbone.insights.models import NamedProgress, PublishedWeek
from backbone.insights.permissions import places_shown_by
from backbone.insights.telling import TELLINGS
from backbone.models import Snapshot
from cohorts.models import Cohort
from cohorts.querysets import READ_AFTER
from core.privacy import Audience
from core.register import Holding, Retention, hold
from core.visible import Press, Topic, Visible, fields

SHOWN = (*fields("backbone.NamedProgress", "membership"), *fields("backbone.Snapshot", "named"))


def prune_weeks() -> int:
    """Delete past weeks of cohorts whose people no longer read their page; returns how many rows went."""
    return PublishedWeek.objects.exclude(cohort__in=_read()).delete()[0]


@transaction.atomic
def prune_names() -> int:
    """Take names away where nobody reads them any more, and forget the wish where a place has ended; returns how many wishes went."""
    snapshots = Snapshot.objects.exclude(cohort__in=_read()).exclude(named={})
    snapshots.update(named={})
    gone = NamedProgress.objects.exclude(membership__cohort__in=_read()).delete()[0]
    return gone + NamedProgress.objects.over().delete()[0]


def _read() -> Any:
    return Cohort.objects.read_by_all().values("pk")


def _export(member: Any) -> dict[str, Any]:
    rows = NamedProgress.objects.filter(membership__member=member).select_related(
        "membership__cohort"
    )
    return {
        "shown_by_name": [
            {"cohort": row.membership.cohort.name, "since": row.since.isoformat()}
            for row in rows.order_by("since")
        ]
    }


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    """The wish goes, and the name with it. Numbers are no part of it (`backbone.holdings`)."""
    member_id = member.pk

    @transaction.atomic
    def names() -> None:
        NamedProgress.objects.filter(membership__member=member_id).delete()
        forget_names(member_id)

    return (names,)


def _visible(member: Any) -> Iterable[Visible]:
    """Whether those who facilitate see one's progress, with the press that changes it."""
    for place in places_shown_by(member).select_related("cohort", "named_progress"):
        if hasattr(place, "named_progress"):
            yield _line(
                place,
                {Audience.FACILITATOR: _("those who facilitate this cohort, as of the last weekly count")},
                _press("progress_stop", place, _("Stop showing my name")),
            )  # fmt: skip
        elif not place.cohort.is_over:
            yield _line(
                place,
                {Audience.AUTHOR: _("only you. Once you switch it on: those who facilitate this cohort, from the next weekly count on")},
                _press("progress_name", place, _("Show my name to them")),
            )  # fmt: skip


def _line(place: Any, who: dict[Audience, Any], press: Press) -> Visible:
    what = _now("Which modules you finished, by your name, in the cohort %(name)s")
    return Visible(
        what % {"name": place.cohort.name},
        SHOWN,
        Topic.COHORTS,
        to=tuple(who),
        called=who,
        press=press,
    )


def _press(name: str, place: Any, label: Any) -> Press:
    return Press(reverse(f"insights:{name}", args=[place.cohort.slug]), label)


_UNTIL_READ = format_lazy(
    _("until {days} days after the last day of the cohort"), days=READ_AFTER.days
)


def register() -> None:
    """Register the holding."""
    hold(
        Holding(
            name="insights",
            title=_("Progress by name"),
            labels=mydata.LABELS,
            models=("backbone.PublishedWeek", "backbone.NamedProgress"),
            export=_export,
            erase=_erase,
            told=TELLINGS,
            visible=_visible,
            retention=(
                Retention(
                    _("The numbers about a cohort of past weeks"), _UNTIL_READ, prune_weeks
                ),
                Retention(
                    _("That those who facilitate a cohort see by your name which modules you finished, and which"),
                    format_lazy(
                        _("until you switch it off or leave the cohort, and {days} days after its last day at most"),
                        days=READ_AFTER.days,
                    ),
                    prune_names,
                ),
            ),
        )
    )  # fmt: skip
