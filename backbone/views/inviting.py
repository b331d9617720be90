"""Inviting by mail: writing to people, and the list of open invitations."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cohorts.actions import (
    AlreadyThere,
    Arrival,
    CohortIsOver,
    InvitationGone,
    invite_all,
    send_again,
    withdraw_invitation,
)
from cohorts.choices import Became
from cohorts.inviting_forms import CohortInviteForm, InviteForm
from cohorts.models import Cohort, Invitation
from cohorts.permissions import cohorts_visible_to, invitations_visible_to
from core.access import BACKBONE, acting_member, open_to, visible_or_404
from core.idempotency import once
from core.keptform import keeps

A_PAGE = 25


@open_to(BACKBONE)
@require_GET
def invitation_list(request: HttpRequest) -> HttpResponse:
    """The open invitations, newest first; `?cohort=` narrows them to one cohort."""
    rows: Any = invitations_visible_to(request.user)
    cohort = cohorts_visible_to(request.user).filter(slug=request.GET.get("cohort", "")[:60].replace("\0", "")).first()  # fmt: skip
    rows = rows.for_page().filter(cohort=cohort) if cohort else rows.for_page()
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "backbone/invitation_list.html", {"page": page, "cohort": cohort})


@open_to(BACKBONE)
@require_http_methods(["GET", "POST"])
@once
@keeps(InviteForm)
def invitation_new(request: HttpRequest) -> HttpResponse:
    """Invite by mail, into a cohort, with a role, or to the initiative alone."""
    form = InviteForm(request.POST or None)
    arrivals = _invited(request, form)
    if arrivals is None:
        return render(request, "backbone/invite_write.html", {"form": form})
    return written(request, InviteForm, form, arrivals, None)


@open_to(BACKBONE)
@require_http_methods(["GET", "POST"])
@once
@keeps(CohortInviteForm)
def invite_mail(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite into one cohort by mail."""
    cohort = open_cohort(request, slug)
    if cohort is None:
        return redirect("backbone:invite_show", slug)
    form = CohortInviteForm(request.POST or None)
    arrivals = _invited(request, form, cohort=cohort)
    if arrivals is None:
        return render(request, "backbone/invite_write.html", {"form": form, "cohort": cohort})
    return written(request, CohortInviteForm, form, arrivals, cohort)


@open_to(BACKBONE)
@require_POST
@once
def invitation_again(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Send an open invitation once more, with a new link."""
    invitation = _invitation(request, invitation_id)
    try:
        send_again(invitation=invitation, by=acting_member(request))
    except CohortIsOver:
        messages.info(request, _("The cohort is over. Nothing was sent."))
    except (InvitationGone, AlreadyThere):
        messages.info(request, _("This invitation is not open any more, or the person is there already. Nothing was sent."))  # fmt: skip
    else:
        messages.success(request, _("Sent again, with a new link for 14 days. The earlier link does not work any more."))  # fmt: skip
    return redirect("backbone:invitation_list")


@open_to(BACKBONE)
@require_http_methods(["GET", "POST"])
@once
def invitation_withdraw(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Ask, and then take the invitation back."""
    invitation = _invitation(request, invitation_id)
    if request.method == "GET":
        return render(request, "backbone/invitation_withdraw.html", {"invitation": invitation})
    if withdraw_invitation(invitation=invitation, by=acting_member(request)):
        messages.success(request, _("Taken back. The link does not work any more."))
    else:
        messages.info(request, _("The invitation was accepted meanwhile. Nothing was taken back."))
    return redirect("backbone:invitation_list")


def written(
    request: HttpRequest,
    form_of: type[CohortInviteForm],
    form: CohortInviteForm,
    arrivals: list[Arrival],
    cohort: Cohort | None,
) -> HttpResponse:
    """What became of each address, above a form that holds those for which nothing could be done."""
    left = [one.email for one in arrivals if one.became == Became.REFUSED]
    typed = {name: form.data.get(name, "") for name in form.fields} | {"addresses": "\n".join(left)}
    context = {"form": form_of(initial=typed), "arrivals": arrivals, "cohort": cohort}
    return render(request, "backbone/invite_write.html", context)


def open_cohort(request: HttpRequest, slug: str) -> Cohort | None:
    """The cohort; None, with a message, when it is over and nobody is invited into it.

    Who has filled in the form gets that sentence from the action, beside what they typed.
    """
    cohort = visible_or_404(cohorts_visible_to(request.user), slug=slug)
    if request.method == "POST" or not cohort.is_over:
        return cohort
    messages.info(request, _("This cohort is over, so nobody is invited into it. Give it a later last day first."))  # fmt: skip
    return None


def _invitation(request: HttpRequest, invitation_id: UUID) -> Invitation:
    rows = invitations_visible_to(request.user).filter(accepted_at__isnull=True)
    return visible_or_404(rows.select_related("cohort"), pk=invitation_id)


def _invited(request: HttpRequest, form: CohortInviteForm, **where: Any) -> list[Arrival] | None:
    """What became of each address; None where the form is to be shown, with a sentence when its cohort ended meanwhile."""
    if request.method == "GET" or not form.is_valid():
        return None
    try:
        return invite_all(by=acting_member(request), **where, **form.wanted())
    except CohortIsOver:
        form.add_error(None, _("This cohort has ended meanwhile, so nobody was invited."))
        return None
