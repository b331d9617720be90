"""The link for one's own calendar, what stands behind it, and one meeting as a file."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from caucuses.entering import seated
from caucuses.meetings.actions import LinkGone, digest_of, make_link, rename_link, stop_link
from caucuses.meetings.feed import calendar_of, feed_of, is_for_somebody
from caucuses.meetings.forms import TitleForm
from caucuses.meetings.models import CalendarLink
from caucuses.meetings.reading import link_of, title_of
from caucuses.meetings.views.read import meeting_of
from caucuses.models import Seat
from caucuses.unsaved import gives_back
from core.access import ANYONE, MEMBER, open_to
from core.calendars import calendar_answer
from core.keptform import keeps


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@gives_back(of=CalendarLink)
@seated
@keeps(TitleForm, hidden=["act"])
def calendar_edit(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Make the link, make another one, or change the words. A new link is shown once, on the page that answers."""
    link = link_of(seat)
    if request.method == "GET":
        return _page(request, seat, link, TitleForm.of(link))
    form = TitleForm(request.POST)
    if not form.is_valid():
        return _page(request, seat, link, form)
    title = form.cleaned_data["title"]
    if request.POST.get("act") == "save":
        try:
            rename_link(seat=seat, title=title)
        except LinkGone:
            return _page(request, seat, None, form, is_stopped=True)
        messages.success(request, _("Saved. Your calendar shows it when it looks again."))
        return redirect("meetings:calendar_edit", seat.caucus_id)
    token = make_link(seat=seat, title=title)
    address = f"{settings.SITE_URL}{reverse('dates:feed_show', args=[token])}"
    return _page(request, seat, link_of(seat), form, address=address)


@open_to(MEMBER)
@require_POST
@seated
def calendar_stop(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Make the link lead nowhere."""
    stop_link(seat=seat)
    messages.success(request, _("The link leads nowhere now. Remove it from your calendar, too."))
    return redirect("meetings:calendar_edit", seat.caucus_id)


@open_to(MEMBER)
@require_GET
@seated
def appointment_show(request: HttpRequest, seat: Seat, meeting_id: UUID) -> HttpResponse:
    """One meeting for one's own calendar."""
    meeting = meeting_of(seat, meeting_id)
    link = link_of(seat)
    title = title_of(link) if link else _("Appointment")
    content = calendar_of([meeting], seat_id=seat.pk, title=title)
    return calendar_answer(content, name="appointment.ics")


@open_to(ANYONE)
@require_safe
def feed_show(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar, for whoever has the link. Every other link gets the same few bytes, whatever it was before."""
    links = CalendarLink.objects.select_related("seat__caucus")
    link = links.filter(token_hash=digest_of(token)).first()
    if link is None or not is_for_somebody(link):
        answer: HttpResponse = HttpResponseNotFound("Not found.\n", content_type="text/plain")
    else:
        return calendar_answer(feed_of(link))
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _page(
    request: HttpRequest,
    seat: Seat,
    link: CalendarLink | None,
    form: TitleForm,
    *,
    address: str = "",
    is_stopped: bool = False,
) -> HttpResponse:
    context = {
        "seat": seat,
        "link": link,
        "form": form,
        "address": address,
        "is_stopped": is_stopped,
    }
    status = 409 if is_stopped else 200
    return render(request, "meetings/calendar_edit.html", context, status=status)
