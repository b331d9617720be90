"""Skipping a check-in, taking part after all, and moving its date."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accountability.checkins.actions import (
    MovedMeanwhile,
    NotThatDate,
    Settled,
    move_check_in,
    skip,
    take_part_again,
)
from accountability.checkins.forms import MoveForm
from accountability.checkins.models import CheckIn
from accountability.checkins.views.unsaved import says_when_gone
from accountability.checkins.views.write import check_in_of, require_writing
from core.access import MEMBER, open_to
from core.keptform import keeps


@open_to(MEMBER)
@require_POST
@says_when_gone
def check_in_skip(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """Leave this one out, with one press."""
    check_in = check_in_of(request, check_in_id)
    require_writing(request, check_in)
    try:
        skip(check_in=check_in, by=request.user)
    except Settled:
        return _settled(request, check_in)
    messages.success(request, _("You leave this one out. The next one comes in your rhythm."))
    return redirect("checkins:check_in_show", check_in.pk)


@open_to(MEMBER)
@require_POST
@says_when_gone
def check_in_take_part(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """Take a skip back."""
    check_in = check_in_of(request, check_in_id)
    require_writing(request, check_in)
    try:
        take_part_again(check_in=check_in, by=request.user)
    except Settled:
        return _settled(request, check_in)
    messages.success(request, _("You take part. Write when you like, until the date."))
    return redirect("checkins:check_in_show", check_in.pk)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@keeps(MoveForm)
@says_when_gone
def check_in_move(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """Choose another date; those after it stay in their rhythm."""
    check_in = check_in_of(request, check_in_id)
    require_writing(request, check_in)
    if check_in.settled_at is not None:
        return _settled(request, check_in)
    form = MoveForm(request.POST) if request.method == "POST" else MoveForm.of(check_in)
    if request.method == "GET" or not form.is_valid():
        return _move_page(request, check_in, form)
    return _moved(request, check_in, form)


def _moved(request: HttpRequest, check_in: CheckIn, form: MoveForm) -> HttpResponse:
    seen = form.cleaned_data["seen"]
    try:
        move_check_in(check_in=check_in, by=request.user, to=form.to, seen=seen)
    except Settled:
        return _settled(request, check_in)
    except NotThatDate:
        form.add_error(None, form.not_that_date())
        return _move_page(request, check_in, form)
    except MovedMeanwhile as moved:
        return _move_page(request, moved.check_in, form.over(moved.check_in), meanwhile=True)
    messages.success(request, _("The date is moved, and the others are told of the new one."))
    return redirect("checkins:check_in_show", check_in.pk)


def _move_page(
    request: HttpRequest, check_in: CheckIn, form: MoveForm, *, meanwhile: bool = False
) -> HttpResponse:
    context = {"check_in": check_in, "form": form, "meanwhile": meanwhile}
    status = 409 if meanwhile else 200
    return render(request, "checkins/check_in_move.html", context, status=status)


def _settled(request: HttpRequest, check_in: CheckIn) -> HttpResponse:
    messages.info(
        request, _("This check-in has passed. You can still write for it; nothing else changed.")
    )
    return redirect("checkins:check_in_show", check_in.pk)
