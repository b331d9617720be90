"""The page behind a link to join by. Looking uses nothing up; used up, ended, expired and unknown links look alike."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cohorts.actions import AlreadyIn, LinkGone, PlaceEnded, join_by_link
from cohorts.link_admission import PLACE_ENDED, keep_link, link_behind
from cohorts.models import JoinLink
from cohorts.notifications import address_of
from core.access import ANYONE, acting_member, open_to
from core.idempotency import once
from core.keptform import keeps
from core.views import error_page


@open_to(ANYONE)
@never_cache
@require_http_methods(["GET", "POST"])
@once
@keeps(hidden=["have_account"])
def link_open(request: HttpRequest, token: str) -> HttpResponse:
    """Say what the link leads to, and who sees that one joined; a press joins, at once or by way of signing up or in."""
    link = link_behind(token)
    if link is None:
        return _gone(request)
    if request.method == "GET":
        mine = link.cohort.memberships.current().filter(member=request.user.pk)
        context = {"link": link, "cohort": link.cohort, "is_in": mine.exists()}
        return render(request, "cohorts/link_show.html", context)
    if request.user.is_authenticated:
        return _joined(request, link)
    keep_link(request, link)
    return redirect("account_login" if "have_account" in request.POST else "account_signup")


def _joined(request: HttpRequest, link: JoinLink) -> HttpResponse:
    try:
        join_by_link(link=link, by=acting_member(request))
    except LinkGone:
        return _gone(request)
    except PlaceEnded:
        messages.warning(request, PLACE_ENDED)
        return redirect(resolve_url(settings.LOGIN_REDIRECT_URL))
    except AlreadyIn:
        messages.info(request, _("You are in this cohort already."))
    else:
        messages.success(request, _("Welcome. You have joined the cohort."))
    return redirect(address_of(link.cohort))


def _gone(request: HttpRequest) -> HttpResponse:
    return error_page(request, "cohorts/link_gone.html", status=404)
