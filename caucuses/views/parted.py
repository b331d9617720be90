"""For somebody who was removed: the reason, what they were writing, and what becomes of their posts."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from caucuses.actions.parting import delete_posts, posts_of, put_away, texts_of
from caucuses.choices import BARRED_FOR, PARTED_FOR
from caucuses.models import Parting
from caucuses.reading import opened
from caucuses.standing import Standing, standings_of
from core.access import MEMBER, acting_member, open_to


@open_to(MEMBER)
@require_GET
def parted_show(request: HttpRequest, parting_id: UUID) -> HttpResponse:
    """What was left for them, and for how long."""
    here, parting = _parted(request, parting_id)
    context = {
        "here": here,
        "parting": parting,
        "reason": opened(parting, "reason"),
        "texts": texts_of(parting),
        "has_posts": bool(posts_of(parting)),
        "until": parting.at + PARTED_FOR,
        "barred_until": parting.at + BARRED_FOR,
    }
    return render(request, "caucuses/parted_show.html", context)


@open_to(MEMBER)
@require_POST
def parted_posts(request: HttpRequest, parting_id: UUID) -> HttpResponse:
    """Have everything deleted that they wrote there."""
    _here, parting = _parted(request, parting_id)
    delete_posts(parting=parting, by=acting_member(request))
    messages.success(request, _("Your posts there are deleted."))
    return redirect("caucuses:parted_show", parting_id)


@open_to(MEMBER)
@require_POST
def parted_away(request: HttpRequest, parting_id: UUID) -> HttpResponse:
    """Put it away for good."""
    _here, parting = _parted(request, parting_id)
    put_away(parting=parting, by=acting_member(request))
    messages.success(request, _("Done. The words are deleted."))
    return redirect("caucuses:caucus_list")


def _parted(request: HttpRequest, parting_id: UUID) -> tuple[Standing, Parting]:
    here = standings_of(acting_member(request)).parted(parting_id)
    if here is None or here.parting is None:
        raise Http404
    return here, here.parting
