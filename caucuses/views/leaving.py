"""Leaving a room, and one's own copy of what one said in it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caucuses.actions import leave_caucus
from caucuses.entering import seated_before_agreeing
from caucuses.models import Seat
from caucuses.owncopy import as_json, as_markdown, own_words_of
from caucuses.permissions import seats_visible_to
from core.access import MEMBER, open_to

STAY, GO = "stay", "go"


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@seated_before_agreeing
def caucus_leave(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Say what leaving removes, and then leave at once. No form is remembered: nothing may be left of who left."""
    others = seats_visible_to(seat).exclude(pk=seat.pk)
    choice = request.POST.get("posts", "")
    if request.method == "GET" or choice not in {STAY, GO}:
        context = {
            "seat": seat,
            "is_last": not others.exists(),
            "is_last_facilitator": seat.is_facilitator
            and not others.filter(is_facilitator=True).exists(),
            "must_choose": request.method == "POST",
        }
        return render(request, "caucuses/caucus_leave.html", context)
    try:
        leave_caucus(seat=seat, with_posts=choice == GO)
    except PermissionDenied:  # pressed twice, or removed meanwhile: they are out either way
        if Seat.objects.filter(pk=seat.pk).exists():
            raise
    messages.success(request, _("Done."))
    return redirect("caucuses:caucus_list")


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@seated_before_agreeing
def own_copy(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What the reader wrote in the room, as a file whose name says nothing of it."""
    if request.method == "GET":
        return render(request, "caucuses/own_copy.html", {"seat": seat})
    words = own_words_of(seat)
    if request.POST.get("as") == "json":
        response = HttpResponse(as_json(words), content_type="application/json")
        ending = "json"
    else:
        response = HttpResponse(as_markdown(words), content_type="text/markdown; charset=utf-8")
        ending = "md"
    name = f"my-words-{timezone.localdate().isoformat()}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
