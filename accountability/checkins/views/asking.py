"""How it is going: asked of each apart, answered for oneself alone; and the end of a rest."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accountability.buddies.actions import PairEnded, resume
from accountability.buddies.models import Place
from accountability.checkins.actions import answer_asking
from accountability.checkins.choices import Answer
from accountability.checkins.forms import AskingForm
from accountability.checkins.keys import SHUT
from accountability.checkins.models import Asking
from accountability.checkins.permissions import own_places
from accountability.checkins.views.unsaved import says_when_gone, went
from core.access import MEMBER, acting_member, open_to, visible_or_404
from core.crypto.alerts import could_not_open


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@says_when_gone
def asking_answer(request: HttpRequest) -> HttpResponse:
    """The question, and what one answered; where nothing is asked, how things stand."""
    place = _place(request)
    asking = (
        Asking.objects.filter(place=place, settled_at__isnull=True).select_related("place").first()
    )
    if request.method == "GET" or asking is None:
        return _page(request, place, asking, AskingForm(initial={"answer": _answer(asking)}))
    form = AskingForm(request.POST)
    if not form.is_valid():
        return _page(request, place, asking, form)
    answer_asking(asking=asking, by=request.user, answer=Answer(form.cleaned_data["answer"]))
    messages.success(request, _("Thank you. Your answer is for you alone."))
    return redirect("checkins:asking_answer")


@open_to(MEMBER)
@require_POST
def rest_end(request: HttpRequest) -> HttpResponse:
    """Come back, with one press."""
    try:
        resume(pair=_place(request).pair, by=acting_member(request))
    except PairEnded:
        return went(request)
    messages.success(request, _("Welcome back. The next check-in comes in your rhythm."))
    return redirect("buddies:buddy_show")


def _place(request: HttpRequest) -> Place:
    return visible_or_404(own_places(request.user).select_related("pair"))


def _answer(asking: Asking | None) -> str:
    try:
        return asking.said if asking else ""
    except SHUT:
        could_not_open(asking)
        return ""


def _page(
    request: HttpRequest, place: Place, asking: Asking | None, form: AskingForm
) -> HttpResponse:
    others = Place.objects.open().filter(pair=place.pair_id).exclude(pk=place.pk)
    context = {
        "place": place,
        "asking": asking,
        "answer": _answer(asking),
        "form": form,
        "others_rest": not others.filter(resting_since__isnull=True).exists(),
    }
    return render(request, "checkins/asking_answer.html", context)
