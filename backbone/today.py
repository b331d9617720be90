"""The backbone's card on Today: the cohorts that need somebody, a few of the others, and the way to all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.choices import RoleKind
from accounts.permissions import holds
from cohorts.models import Cohort, Membership
from cohorts.permissions import cohorts_going_on_for
from core.clock import today_here

#: However many cohorts there are, the card names no more.
MOST = 6
SOON = timedelta(days=14)


@dataclass(frozen=True)
class CohortLine:
    """A cohort, and in a word or two why somebody should look at it; nothing where all is well."""

    cohort: Cohort
    why: str


def cohorts_card(*, request: HttpRequest | None, **_given: Any) -> str | None:
    """The card, for the backbone, who see cohorts without being in them. One query, whatever there is."""
    if request is None or not holds(request.user, RoleKind.BACKBONE):  # type: ignore[arg-type]
        return None
    found = list(_pressing_first(request.user)[: MOST + 1])
    lines = [CohortLine(cohort, _why(cohort)) for cohort in found[:MOST]]
    context = {"lines": lines, "are_more": len(found) > MOST}
    return render_to_string("backbone/door_today_card.html", context)


def _pressing_first(user: Any) -> QuerySet[Cohort]:
    """Those that are not over: without a facilitator, soon to begin, soon to end, and then the others, the latest first."""
    today = today_here()
    leads: Any = Membership.objects.filter(cohort=OuterRef("pk"), is_facilitator=True)
    rows = cohorts_going_on_for(user).annotate(is_led=Exists(leads.current()))
    begins = Q(starts_on__gt=today, starts_on__lte=today + SOON)
    turn = Case(
        When(is_led=False, then=Value(0)),
        When(begins, then=Value(1)),
        When(ends_on__lte=today + SOON, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return rows.order_by(turn, "-starts_on", "name", "pk")


def _why(cohort: Any) -> str:
    today = today_here()
    if not cohort.is_led:
        return _("nobody facilitates it")
    if today < cohort.starts_on <= today + SOON:
        return _("begins on %(day)s") % {"day": date_format(cohort.starts_on, "DATE_FORMAT")}
    if cohort.ends_on and cohort.ends_on <= today + SOON:
        return _("its last day is %(day)s") % {"day": date_format(cohort.ends_on, "DATE_FORMAT")}
    return ""
