"""The link for one's own calendar, and what stands behind it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accountability.buddies.models import Place
from accountability.checkins.actions import Gone, make_link, rename_link, stop_link
from accountability.checkins.actions.calendar import digest_of
from accountability.checkins.feed import feed_of
from accountability.checkins.forms import TitleForm
from accountability.checkins.keys import SHUT
from accountability.checkins.models import CalendarLink
from accountability.checkins.permissions import links_visible_to, own_places
from accountability.checkins.views.unsaved import gives_back
from core.access import ANYONE, MEMBER, acting_member, open_to, visible_or_404
from core.calendars import calendar_answer
from core.crypto.alerts import could_not_open
from core.keptform import keeps


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@keeps(TitleForm, hidden=["act"])
@gives_back(TitleForm, of=CalendarLink)
def calendar_edit(request: HttpRequest) -> HttpResponse:
    """Make the link, make another one, or change the title. A new link is shown once, on the page that answers."""
    place = _place(request)
    link = links_visible_to(request.user).select_related("place").first()
    form = TitleForm(request.POST) if request.method == "POST" else TitleForm(initial=_title(link))
    if request.method == "GET" or not form.is_valid():
        return _page(request, link, form)
    title = form.cleaned_data["title"]
    if link is not None and request.POST.get("act") != "renew":
        try:
            rename_link(link=link, by=request.user, title=title)
        except Gone:
            return _page(request, None, form, is_stopped=True)
        messages.success(
            request, _("Saved. Your calendar shows the new title when it looks again.")
        )
        return redirect("checkins:calendar_edit")
    token = make_link(place=place, by=acting_member(request), title=title)
    made = links_visible_to(request.user).first()
    return _page(request, made, form, address=_address(token))


@open_to(MEMBER)
@require_POST
def calendar_stop(request: HttpRequest) -> HttpResponse:
    """Make the link lead nowhere."""
    stop_link(place=_place(request), by=request.user)
    messages.success(request, _("The link leads nowhere now. Remove it from your calendar, too."))
    return redirect("checkins:calendar_edit")


@open_to(ANYONE)
@require_safe
def feed_show(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar itself, for whoever has the link; every other link is not found, whatever it was before."""
    rows = CalendarLink.objects.select_related("place", "member").filter(
        place__left_at__isnull=True, place__pair__ended_at__isnull=True, member__is_active=True
    )
    link = visible_or_404(rows, digest=digest_of(token))
    return calendar_answer(feed_of(link, timezone.now()))


def _place(request: HttpRequest) -> Place:
    """One's own open place; 404 for who has none."""
    return visible_or_404(own_places(request.user))


def _title(link: CalendarLink | None) -> dict[str, Any]:
    try:
        return {"title": link.title if link else ""}
    except SHUT:
        could_not_open(link)
        return {}


def _address(token: str) -> str:
    return f"{settings.SITE_URL}{reverse('checkins:feed_show', args=[token])}"


def _page(
    request: HttpRequest,
    link: CalendarLink | None,
    form: TitleForm,
    *,
    address: str = "",
    is_stopped: bool = False,
) -> HttpResponse:
    context = {"link": link, "form": form, "address": address, "is_stopped": is_stopped}
    status = 409 if is_stopped else 200
    return render(request, "checkins/calendar_edit.html", context, status=status)
