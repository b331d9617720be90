"""A rest, an end, and one's own copy."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accountability.buddies.actions import PairEnded, leave_pair, rest, resume
from accountability.buddies.choices import KEPT_FOR
from accountability.buddies.exporting import copy_of
from accountability.buddies.models import Place
from accountability.buddies.reading import shared_of
from accountability.buddies.views.page import ENDED, pair_of
from core.access import MEMBER, acting_member, open_to
from core.idempotency import once


@open_to(MEMBER)
@require_POST
@once
def pair_rest(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """Begin a rest with one press."""
    try:
        rest(pair=pair_of(request, pair_id), by=acting_member(request))
    except PairEnded:
        messages.warning(request, ENDED)
    else:
        messages.success(request, _("You rest. Come back with one press, whenever you like."))
    return redirect("buddies:buddy_show")


@open_to(MEMBER)
@require_POST
@once
def pair_resume(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """Come back with one press."""
    try:
        resume(pair=pair_of(request, pair_id), by=acting_member(request))
    except PairEnded:
        messages.warning(request, ENDED)
    else:
        messages.success(request, _("Good to have you back."))
    return redirect("buddies:buddy_show")


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
def pair_leave(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """Say exactly what will happen, and then leave with one press."""
    pair, member = pair_of(request, pair_id), acting_member(request)
    place = Place.objects.select_related("pair").get(pair=pair, member=member)
    if request.method == "POST":
        leave_pair(pair=pair, by=member)
        messages.success(request, _("You have left. What you shared can be read for 30 days."))
        return redirect("buddies:buddy_show")
    if place.left_at is not None:
        return redirect("buddies:pair_show", pair.pk)
    context = {"shared": shared_of(place, member), "until": timezone.now() + KEPT_FOR}
    return render(request, "buddies/pair_leave.html", context)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
def pair_export(request: HttpRequest, pair_id: UUID) -> HttpResponseBase:
    """What is in the file, and the file. Its name says nothing of what it is."""
    pair, member = pair_of(request, pair_id), acting_member(request)
    if request.method == "GET":
        place = Place.objects.select_related("pair").get(pair=pair, member=member)
        return render(request, "buddies/pair_export.html", {"shared": shared_of(place, member)})
    response = StreamingHttpResponse(copy_of(pair, member), content_type="application/json")
    name = f"export-{timezone.localdate().isoformat()}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Accel-Buffering"] = "no"  # a proxy that keeps pieces might keep them on its disk
    return response
