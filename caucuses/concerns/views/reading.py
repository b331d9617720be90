"""Reading reports inside a room: one's own, and as a facilitator those of others, of whom no page says who they are."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from caucuses.concerns.actions.reporting import AnsweredMeanwhile, Withdrawn, answer_concern
from caucuses.concerns.forms import AnswerForm
from caucuses.concerns.models import Concern
from caucuses.concerns.permissions import (
    can_read_concern,
    can_read_excerpt,
    concerns_read_by,
    concerns_visible_to,
    concerns_written_by,
    did_write_concern,
    has_readers,
)
from caucuses.concerns.reading import lines, told
from caucuses.entering import seated
from caucuses.models import Seat
from caucuses.permissions import can_facilitate
from caucuses.stretches import newest_page
from caucuses.threads.models import Post
from caucuses.threads.permissions import posts_visible_to
from caucuses.unsaved import gives_back
from core.access import MEMBER, open_to, require, visible_or_404
from core.keptform import keeps


@open_to(MEMBER)
@require_GET
@seated
def concern_list(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What one has reported oneself; for facilitators also what others have."""
    mine = concerns_written_by(seat).select_related("about").order_by("-sent_on", "pk")
    page = newest_page(request, concerns_read_by(seat).select_related("about"), "sent_on")
    context = {
        "seat": seat,
        "mine": lines(mine),
        "page": page,
        "others": lines(page.newest_first),
        "facilitates": can_facilitate(seat),
    }
    return render(request, "concerns/concern_list.html", context)


@open_to(MEMBER)
@require_GET
@seated
def concern_show(request: HttpRequest, seat: Seat, concern_id: UUID) -> HttpResponse:
    """One report: for who wrote it, or for a facilitator."""
    return _page(request, seat, _concern(seat, concern_id))


@open_to(MEMBER)
@require_POST
@gives_back(of=Concern)
@seated
@keeps(AnswerForm)
def concern_answer(request: HttpRequest, seat: Seat, concern_id: UUID) -> HttpResponse:
    """Answer a report. Where another facilitator was first, both texts stand on the page."""
    concern = concerns_visible_to(seat).filter(pk=concern_id).first()
    form = AnswerForm(request.POST)
    if concern is None:
        return _withdrawn(request, seat, form)
    require(can_read_concern(seat, concern))
    if not form.is_valid():
        return _page(request, seat, concern, form)
    words, seen = form.cleaned_data["words"], form.seen_at
    try:
        answer_concern(seat=seat, concern=concern, words=words, seen=seen)
    except Withdrawn:
        return _withdrawn(request, seat, form)
    except AnsweredMeanwhile as meanwhile:
        current = meanwhile.current
        again = AnswerForm(initial={"words": words, "seen": _seen(current)})
        return _page(request, seat, current, again, is_late=True)
    return redirect("concerns:concern_show", seat.caucus_id, concern_id)


def _concern(seat: Seat, concern_id: UUID) -> Concern:
    rows = concerns_visible_to(seat).select_related("about")
    return visible_or_404(rows, pk=concern_id)


def _post(seat: Seat, concern: Concern) -> Post | None:
    """The post it is about, where it still stands and this seat may see it."""
    return posts_visible_to(seat).filter(pk=concern.post_id).first() if concern.post_id else None


def _seen(concern: Concern) -> str:
    return concern.answered_at.isoformat() if concern.answered_at else ""


def _page(
    request: HttpRequest,
    seat: Seat,
    concern: Concern,
    form: AnswerForm | None = None,
    *,
    is_late: bool = False,
) -> HttpResponse:
    is_writer = did_write_concern(seat, concern)
    shown = told(concern, with_excerpt=can_read_excerpt(seat, concern))
    initial = {"words": shown.answer or "", "seen": _seen(concern)}
    context = {
        "seat": seat,
        "told": shown,
        "is_writer": is_writer,
        "has_readers": is_writer and has_readers(seat, concern),
        "post": _post(seat, concern),
        "form": form or AnswerForm(initial=initial),
        "is_late": is_late,
    }
    status = 409 if is_late else 200
    return render(request, "concerns/concern_show.html", context, status=status)


def _withdrawn(request: HttpRequest, seat: Seat, form: AnswerForm) -> HttpResponse:
    """Its writer took it back while the answer was written: the words stand on the page. For others there never was one."""
    visible_or_404(Seat.objects.filter(pk=seat.pk, is_facilitator=True), pk=seat.pk)
    context = {"seat": seat, "typed": form["words"].value() or ""}
    return render(request, "concerns/concern_withdrawn.html", context, status=409)
