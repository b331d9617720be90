"""Which cohorts read what: asked before a page goes out of their reach."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from cohorts.permissions import cohorts_visible_to
from curriculum.models import Opening


def openings_below(pages: Iterable[Page]) -> QuerySet[Opening]:
    """The days on which a cohort begins one of these modules, or a module below one of these pages."""
    wanted = Q(pk__in=())
    for page in pages:
        wanted |= Q(module__path__startswith=page.path)
    return Opening.objects.filter(wanted).select_related("cohort").order_by("opens_on", "pk")


def openings_around(pages: Iterable[Page]) -> QuerySet[Opening]:
    """The same, and those of the modules that hold these pages, for cohorts that have not ended."""
    wanted = Q(pk__in=())
    for page in pages:
        above = [page.path[: place * page.steplen] for place in range(1, page.depth)]
        wanted |= Q(module__path__startswith=page.path) | Q(module__path__in=above)
    running = Q(cohort__ends_on__isnull=True) | Q(cohort__ends_on__gte=date.today())
    found = Opening.objects.filter(wanted).filter(running)
    return found.select_related("cohort").order_by("opens_on", "pk")


def in_words(openings: list[Opening], user: Any) -> str:
    """“Spring from September 14, 2026 and 1 more cohort”: by name only cohorts that this person may know of."""
    known = set(cohorts_visible_to(user).values_list("pk", flat=True))
    named = [
        _("%(cohort)s from %(day)s")
        % {"cohort": one.cohort.name, "day": date_format(one.opens_on, "DATE_FORMAT")}
        for one in openings
        if one.cohort_id in known
    ]
    others = len({one.cohort_id for one in openings} - known)
    if others and named:
        named.append(ngettext("%(n)s more cohort", "%(n)s more cohorts", others) % {"n": others})
    elif others:
        named.append(ngettext("%(n)s cohort", "%(n)s cohorts", others) % {"n": others})
    return get_text_list(named, _("and"))


def warning_words(openings: list[Opening], user: Any, *, for_good: bool) -> str:
    """What a cohort loses when a page of its plan is unpublished, or deleted `for_good`."""
    read = _("This is in the plan of a cohort: %(cohorts)s.") % {
        "cohorts": in_words(openings, user)
    }
    if for_good:
        return f"{read} " + _(
            "Members who finished it keep their mark, but it counts no longer, and nobody can read it again."
        )
    return f"{read} " + _(
        "Nobody can read it until it is published again. Members who finished it keep their mark, which counts again then."
    )
