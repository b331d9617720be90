"""Roles in one's organization: those there are, a new one, confirming it, handing it on, answering."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accountability.commitments.actions import (
    AlreadyThere,
    accept_role,
    confirm_role,
    create_role,
    decline_role,
    leave_role,
    name_successor,
)
from accountability.commitments.forms import PersonForm, RoleForm
from accountability.commitments.models import OrganizationRole
from accountability.commitments.permissions import (
    can_answer_offer,
    can_confirm_role,
    can_create_role,
    can_hold_role,
    can_name_successor,
    roles_visible_to,
    second_person_of,
    successor_shown_to,
    successors_to_name,
)
from core.access import MEMBER, acting_member, open_to, require, visible_or_404
from core.idempotency import once
from core.keptform import keeps


@open_to(MEMBER)
@require_GET
def role_list(request: HttpRequest) -> HttpResponse:
    """The roles of the organization one speaks for; all of them for the backbone. What they promised does not stand here."""
    roles = roles_visible_to(request.user).for_page().order_by("organization__name", "title", "pk")
    context = {"roles": roles, "may_create": can_create_role(request.user)}
    return render(request, "commitments/role_list.html", context)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
@keeps(RoleForm)
def role_new(request: HttpRequest) -> HttpResponse:
    """Create a role in one's own organization."""
    member = acting_member(request)
    form = RoleForm(request.POST or None)
    may_create = can_create_role(member)
    if request.method == "POST" and may_create and form.is_valid():
        try:
            role = create_role(by=member, title=form.cleaned_data["title"])
        except AlreadyThere:
            form.add_error("title", _("Your organization has a role of this name. Give this one another."))  # fmt: skip
        else:
            messages.success(request, _("Created. It can promise something when a second person has confirmed it."))  # fmt: skip
            return redirect("commitments:role_show", role.pk)
    context = {"form": form, "may_create": may_create}
    return render(request, "commitments/role_new.html", context)


@open_to(MEMBER)
@require_GET
def role_show(request: HttpRequest, role_id: UUID) -> HttpResponse:
    """One role, with what this reader can do for it."""
    return _page(request, _role(request, role_id))


@open_to(MEMBER)
@require_POST
@once
@keeps(hidden=["member"])
def role_hand_on(request: HttpRequest, role_id: UUID) -> HttpResponse:
    """Name a successor."""
    role = _role(request, role_id)
    require(
        can_name_successor(request.user, role),
        _("Who holds a role names the successor; for a vacant one the backbone team does."),
    )
    form = _successors(request, role, request.POST)
    if not form.is_valid():
        return _page(request, role, form)
    name_successor(by=request.user, role=role, member=form.chosen)
    messages.success(request, _("Asked. Until they agree, everything stays as it is."))
    return redirect("commitments:role_show", role.pk)


@open_to(MEMBER)
@require_POST
@once
@keeps(hidden=["act"])
def role_answer(request: HttpRequest, role_id: UUID) -> HttpResponse:
    """Confirm a role, take it, decline it, or lay it down."""
    role = _role(request, role_id)
    acts = {
        "confirm": (confirm_role, _("Confirmed. The role can promise something now.")),
        "accept": (accept_role, _("The role is yours. Look at what it promised, and take on each by itself.")),
        "decline": (decline_role, _("Declined. Nobody is told why.")),
        "leave": (leave_role, _("You hold this role no more. What it promised stays with the organization.")),
    }  # fmt: skip
    act = acts.get(request.POST.get("act", ""))
    if act is not None:
        verb, sentence = act
        verb(by=request.user, role=role)
        messages.success(request, sentence)
    return redirect("commitments:role_show", role.pk)


def _role(request: HttpRequest, role_id: UUID) -> OrganizationRole:
    rows = roles_visible_to(request.user).select_related("organization", "holder", "successor", "made_by")  # fmt: skip
    return visible_or_404(rows, pk=role_id)


def _successors(request: HttpRequest, role: OrganizationRole, data: Any = None) -> PersonForm:
    people = successors_to_name(request.user, role)
    label = _("Somebody of %(organization)s") % {"organization": role.organization.name}
    return PersonForm(data, people=people, label=label)


def _page(
    request: HttpRequest, role: OrganizationRole, form: PersonForm | None = None
) -> HttpResponse:
    names = can_name_successor(request.user, role)
    context = {
        "role": role,
        "holds": can_hold_role(request.user, role),
        "successor": successor_shown_to(request.user, role),
        "second": None if role.confirmed_at else second_person_of(role).value,
        "confirms": can_confirm_role(request.user, role),
        "is_asked": can_answer_offer(request.user, role),
        "form": (form or _successors(request, role)) if names else None,
    }
    return render(request, "commitments/role_show.html", context)
