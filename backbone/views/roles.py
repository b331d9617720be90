"""Giving and ending roles, with a reason that the person reads; and who facilitates a cohort."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import end_role, give_role
from accounts.choices import RoleKind
from accounts.models import Role
from accounts.permissions import is_last_backbone
from backbone.forms import FacilitatorForm, RoleEndForm, RoleForm
from backbone.views.people import member_of, person_page
from cohorts.actions import end_facilitator, let_facilitate
from cohorts.models import Cohort
from cohorts.permissions import cohorts_visible_to
from core.access import BACKBONE, acting_member, open_to, require, visible_or_404
from core.idempotency import once
from core.keptform import keeps, typed_fields


@open_to(BACKBONE)
@require_http_methods(["GET", "POST"])
@once
@keeps(RoleForm)
def role_give(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Give a role that the person does not hold."""
    member, by = member_of(request, member_id), acting_member(request)
    require(
        member.pk != by.pk,
        _("Nobody gives themselves a role. Ask another member of the backbone team."),
    )
    form = RoleForm(request.POST or None, held=member.role_names)
    if request.method == "GET" or not form.is_valid():
        return render(request, "backbone/role_give.html", {"member": member, "form": form})
    kind = RoleKind(form.cleaned_data["kind"])
    role = give_role(member=member, kind=kind, reason=form.cleaned_data["reason"], by=by)
    if role.given_by_id != by.pk or role.reason != form.cleaned_data["reason"]:
        form.add_error("kind", form.fields["kind"].error_messages["invalid_choice"])
        return render(request, "backbone/role_give.html", {"member": member, "form": form})
    messages.success(request, _("Given. They get a notice, with your reason."))
    return redirect("backbone:person_show", member.pk)


@open_to(BACKBONE)
@require_http_methods(["GET", "POST"])
@once
@keeps(RoleEndForm)
def role_end(request: HttpRequest, member_id: UUID, role_id: UUID) -> HttpResponse:
    """End a role, also one's own; of the backbone team somebody stays. Where another was faster, what was typed is given back."""
    member = member_of(request, member_id)
    role = visible_or_404(Role.objects.filter(member=member), pk=role_id)
    if not role.is_held:
        context = {"member": member, "role": role, "typed": typed_fields(request)}
        return render(
            request,
            "backbone/role_ended.html",
            context,
            status=409 if request.method == "POST" else 200,
        )
    is_last = role.kind == RoleKind.BACKBONE and is_last_backbone(member)
    form = RoleEndForm(request.POST or None)
    if request.method == "GET" or is_last or not form.is_valid():
        context = {"member": member, "role": role, "form": form, "is_last": is_last}
        status = 409 if is_last and request.method == "POST" else 200
        return render(request, "backbone/role_end.html", context, status=status)
    by = acting_member(request)
    end_role(role=role, reason=form.cleaned_data["reason"], by=by)
    if member.pk == by.pk:
        messages.success(request, _("Your role has ended."))
        return redirect("accounts:account_show")
    messages.success(request, _("Ended. They get a notice, with your reason."))
    return redirect("backbone:person_show", member.pk)


@open_to(BACKBONE)
@require_POST
@once
@keeps(hidden=["cohort"])
def facilitator_make(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Let the person facilitate a cohort."""
    member = member_of(request, member_id)
    form = FacilitatorForm(request.POST, cohorts=Cohort.objects.not_over())
    if not form.is_valid():
        return person_page(request, member, form)
    cohort = form.cleaned_data["cohort"]
    let_facilitate(cohort=cohort, member=member, by=acting_member(request))
    messages.success(request, _("They facilitate %(cohort)s now, and get a notice.") % {"cohort": cohort})  # fmt: skip
    return redirect("backbone:person_show", member.pk)


@open_to(BACKBONE)
@require_POST
@once
def facilitator_end(request: HttpRequest, member_id: UUID, slug: str) -> HttpResponse:
    """End that the person facilitates a cohort. They stay in it."""
    member = member_of(request, member_id)
    cohort = visible_or_404(cohorts_visible_to(request.user), slug=slug)
    membership = cohort.memberships.filter(member=member, left_at__isnull=True).first()
    if membership is not None and end_facilitator(membership=membership, by=acting_member(request)):
        messages.success(request, _("They no longer facilitate %(cohort)s, and get a notice. They are still in it.") % {"cohort": cohort})  # fmt: skip
    return redirect("backbone:person_show", member.pk)
