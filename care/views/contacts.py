"""Contacts: one's own place as one, and the backbone team's list."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from care.actions import accept_contact, ask_contact, change_contact, end_contact
from care.forms import AskContactForm, OwnContactForm
from care.permissions import contacts_visible_to, place_as_contact_of
from core.access import BACKBONE, MEMBER, acting_member, open_to, visible_or_404
from core.idempotency import once
from core.keptform import keeps


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
@keeps(OwnContactForm)
def contact_edit(request: HttpRequest) -> HttpResponse:
    """One's own place as a contact: accept, change one's words, say whether one takes new reports."""
    member = acting_member(request)
    own = place_as_contact_of(member).first()
    if own is None:
        return render(request, "care/contact_none.html")
    initial = {"words": own.words, "is_available": own.is_available}
    form = OwnContactForm(request.POST or None, initial=initial)
    if request.method == "GET" or not form.is_valid():
        return render(request, "care/contact_edit.html", {"own": own, "form": form})
    words = form.cleaned_data["words"]
    if own.accepted_at is None:
        accept_contact(contact=own, words=words, by=member)
        messages.success(request, _("Thank you. Members can turn to you now."))
    else:
        available = form.cleaned_data["is_available"]
        change_contact(contact=own, words=words, is_available=available, by=member)
        messages.success(request, _("Saved."))
    return redirect("care:contact_edit")


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
def contact_leave(request: HttpRequest) -> HttpResponse:
    """Ask, and then decline or step back."""
    member = acting_member(request)
    own = place_as_contact_of(member).first()
    if request.method == "GET":
        page = "care/contact_leave.html" if own else "care/contact_none.html"
        return render(request, page, {"own": own})
    if own is not None:
        end_contact(contact=own, by=member)
    messages.success(request, _("You are no contact for reports now."))
    return redirect("care:care_show")


@open_to(BACKBONE)
@require_http_methods(["GET", "POST"])
@once
@keeps(AskContactForm)
def contact_list(request: HttpRequest) -> HttpResponse:
    """The contacts, those who have not answered among them, and the form to ask one more. What they get nobody sees here."""
    member = acting_member(request)
    form = AskContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words, is_outside = form.cleaned_data["words"], form.cleaned_data["is_outside"]
        ask_contact(member=form.member, words=words, is_outside=is_outside, by=member)
        messages.success(request, _("Asked. They are offered to members once they accept."))
        return redirect("care:contact_list")
    context = {"contacts": contacts_visible_to(member).for_page(), "form": form}
    return render(request, "care/contact_list.html", context)


@open_to(BACKBONE)
@require_POST
@once
def contact_end(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """End that somebody is a contact."""
    member = acting_member(request)
    contact = visible_or_404(contacts_visible_to(member), pk=contact_id)
    end_contact(contact=contact, by=member)
    messages.success(request, _("%(name)s is no contact now.") % {"name": contact.member})
    return redirect("care:contact_list")
