"""Opening a caucus."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caucuses.actions.opening import open_caucus
from caucuses.actions.refusing import Refused
from caucuses.choices import WhyNot
from caucuses.entering import once_outside, stand_in
from caucuses.limits import MOST_OPENED, count_this
from caucuses.listed import DoorTaken
from caucuses.terms_forms import OpeningForm
from core.access import MEMBER, acting_member, open_to
from core.keptform import keeps
from core.waiting import wait_for


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once_outside
@keeps(OpeningForm)
def caucus_open(request: HttpRequest) -> HttpResponse:
    """Any member opens one, and facilitates it at first."""
    form = OpeningForm(request.POST or None, member=acting_member(request))
    if request.method == "GET" or not form.is_valid():
        return render(request, "caucuses/caucus_open.html", {"form": form})
    try:
        _open(request, form)
    except DoorTaken as problem:
        form.add_error("name", str(problem))
        return render(request, "caucuses/caucus_open.html", {"form": form})
    except Refused as refused:
        context = {"form": form, "refused": refused.why}
        return render(request, "caucuses/caucus_open.html", context, status=409)
    messages.success(request, _("The room is open, and yours is the first seat in it."))
    return redirect("caucuses:caucus_list")


@transaction.atomic
def _open(request: HttpRequest, form: OpeningForm) -> None:
    member = acting_member(request)
    whose = stand_in(request)
    wait_for(str(whose))  # several forms at once; no row that names the member is touched here
    count_this(request, whose=whose, most=MOST_OPENED, otherwise=WhyNot.TOO_MANY_ROOMS)
    given = form.cleaned_data
    open_caucus(
        by=member, name_in_room=given["name_in_room"], text=given["text"], terms=form.terms()
    )
