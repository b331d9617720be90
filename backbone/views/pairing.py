"""Pairing: a preview of a cohort's next round, and starting it. What people answered, limit or say is not seen here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from accountability.matching.actions import (
    AlreadyRunning,
    NobodyWaits,
    NoPreviewsLeft,
    TooFewWait,
    TooSoon,
    ask_for_preview,
    start_round,
)
from accountability.matching.desk import desk_of
from accountability.matching.permissions import rounds_visible_to
from cohorts.actions import CohortIsOver
from cohorts.models import Cohort
from cohorts.permissions import cohorts_going_on_for, cohorts_visible_to
from core.access import BACKBONE, acting_member, open_to, visible_or_404
from core.idempotency import once

IS_OVER = gettext_lazy("This cohort has ended, so no round is started in it. Nothing was done.")


@open_to(BACKBONE)
@require_GET
def pairing_list(request: HttpRequest) -> HttpResponse:
    """The cohorts that are not over, each with how its rounds stand. One query."""
    rounds: Any = rounds_visible_to(request.user).filter(cohort=OuterRef("pk"))
    cohorts = cohorts_going_on_for(request.user).annotate(
        is_pairing=Exists(rounds.running()),
        paired_at=Subquery(rounds.order_by("-number").values("finished_at")[:1]),
    )
    return render(request, "backbone/pairing_list.html", {"cohorts": cohorts})


@open_to(BACKBONE)
@require_GET
def pairing_show(request: HttpRequest, slug: str) -> HttpResponse:
    """A cohort: who would be with whom, how far a round is."""
    desk = desk_of(acting_member(request), _cohort(request, slug))
    return render(request, "backbone/pairing_show.html", {"desk": desk})


@open_to(BACKBONE)
@require_POST
@once
def pairing_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a preview; the worker makes it."""
    cohort = _cohort(request, slug)
    try:
        preview = ask_for_preview(cohort=cohort, by=acting_member(request))
        if not preview.is_running:
            messages.info(request, _("The same people wait as in your last preview today, so it stays as it is. It took none of the three."))  # fmt: skip
    except CohortIsOver:
        messages.info(request, IS_OVER)
    except NoPreviewsLeft:
        messages.info(request, _("All three previews of this cohort were taken today. There are new ones tomorrow. You can start the round without one."))  # fmt: skip
    except TooFewWait:
        messages.info(request, _("Fewer than five people wait for a partner now, so there is no preview. You can start the round without one."))  # fmt: skip
    return redirect("backbone:pairing_show", cohort.slug)


@open_to(BACKBONE)
@require_POST
@once
def pairing_start(request: HttpRequest, slug: str) -> HttpResponse:
    """Start the round; the worker runs it."""
    cohort = _cohort(request, slug)
    try:
        start_round(cohort=cohort, by=acting_member(request))
    except CohortIsOver:
        messages.info(request, IS_OVER)
    except AlreadyRunning:
        messages.info(request, _("A round of this cohort is under way already. It was not started a second time."))  # fmt: skip
    except TooSoon:
        messages.info(request, _("Fewer than five people wait, and a round was started in the last 24 hours. Nothing was started. Try again tomorrow."))  # fmt: skip
    except NobodyWaits:
        messages.info(request, _("Fewer than two people wait for a partner now. Nothing was started."))  # fmt: skip
    else:
        messages.success(request, _("The round has started."))
    return redirect("backbone:pairing_show", cohort.slug)


def _cohort(request: HttpRequest, slug: str) -> Cohort:
    return visible_or_404(cohorts_visible_to(request.user), slug=slug)
