"""Writing a report inside a room, and taking it back. No form here leaves a mark that this seat sent it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caucuses.concerns.actions.reporting import (
    NobodyReads,
    TooMany,
    id_for,
    send_concern,
    withdraw_concern,
)
from caucuses.concerns.forms import ConcernForm
from caucuses.concerns.models import Concern
from caucuses.concerns.permissions import concerns_written_by, readers_for
from caucuses.entering import seated
from caucuses.folding import others_of
from caucuses.models import Seat
from caucuses.naming import name_of
from caucuses.threads.later import first_words
from caucuses.threads.models import Post
from caucuses.threads.permissions import posts_visible_to
from caucuses.unsaved import gives_back
from core.access import MEMBER, open_to, visible_or_404
from core.keptform import keeps

UNSAVED = "concerns/unsaved.html"


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@gives_back(of=Concern, template=UNSAVED)
@seated
@keeps(ConcernForm)
def concern_about_seat(request: HttpRequest, seat: Seat, seat_id: UUID) -> HttpResponse:
    """Report a person of the room."""
    return _page(request, seat, visible_or_404(others_of(seat), pk=seat_id), None)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@gives_back(of=Concern, template=UNSAVED)
@seated
@keeps(ConcernForm)
def concern_about_post(request: HttpRequest, seat: Seat, post_id: UUID) -> HttpResponse:
    """Report a post; what it says is kept with the report."""
    rows = posts_visible_to(seat).exclude(seat=seat.pk).select_related("seat")
    post = visible_or_404(rows, pk=post_id)
    return _page(request, seat, post.seat, post)


def _page(request: HttpRequest, seat: Seat, about: Seat | None, post: Post | None) -> HttpResponse:
    """The form; sent, it leads to one's own report. Where nobody is left to read it, what was typed stays on the page."""
    form = ConcernForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        concern = _sent(seat, form, about, post)
        if concern is not None:
            return redirect("concerns:concern_show", seat.caucus_id, concern.pk)
    context = {
        "seat": seat,
        "form": form,
        "post": post,
        "words": first_words(seat, post, most=500) if post else "",
        "name": name_of(about),
        "has_readers": readers_for(seat, about, post).exists(),
    }
    return render(request, "concerns/concern_write.html", context)


def _sent(seat: Seat, form: ConcernForm, about: Seat | None, post: Post | None) -> Concern | None:
    """The report, sent; None with a sentence in the form where it was not."""
    try:
        return send_concern(
            seat=seat,
            concern_id=id_for(seat, form.key),
            words=form.cleaned_data["words"],
            about=about,
            post=post,
        )
    except NobodyReads:
        form.add_error(
            None,
            _(
                "Nobody is left in this room to read it, so nothing was sent. All of it still stands here."
            ),
        )
    except TooMany:
        form.add_error(
            None,
            _(
                "You have sent several reports here today, and this one was not sent. All of it still stands here; come back tomorrow, or write to somebody outside this room."
            ),
        )
    return None


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@seated
def concern_withdraw(request: HttpRequest, seat: Seat, concern_id: UUID) -> HttpResponse:
    """Ask, and then take one's own report back. A second press finds nothing left to do."""
    concern = concerns_written_by(seat).filter(pk=concern_id).first()
    if request.method == "POST":
        if concern is not None:
            withdraw_concern(seat=seat, concern=concern)
        return redirect("concerns:concern_list", seat.caucus_id)
    concern = visible_or_404(concerns_written_by(seat), pk=concern_id)
    return render(request, "concerns/concern_withdraw.html", {"seat": seat, "concern": concern})
