"""What the writer of a report can change later: who reads it, and whom it is about."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from care.actions import name_people, resend_report
from care.actions.refusals import NotOpen, PerhapsNamed, Withdrawn
from care.forms import AboutForm, ChoiceOfContactForm
from care.models import Report
from care.people import people_to_name
from care.permissions import contacts_open_to, reports_written_by
from care.reading import opened
from care.texts import about_in
from care.views.reports import SURE, is_sure_of, not_open_words, withdrawn_page
from core.access import MEMBER, acting_member, open_to, visible_or_404
from core.keptform import keeps


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
def report_resend(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Choose another contact, who then reads all of it; the one before reads it no more."""
    member, report = acting_member(request), _own(request, report_id)
    if report.is_withdrawn:
        return withdrawn_page(request, report)
    if opened(report) is None:
        return redirect("care:report_show", report.pk)
    about = about_in(report)
    contacts = [
        contact
        for contact in contacts_open_to(member, named=about.members)
        if not about.names(contact.member.chosen_name)
    ]
    context: dict[str, Any] = {"report": report, "contacts": contacts}
    form = ChoiceOfContactForm(request.POST or None, contacts=contacts)
    if request.method == "POST" and form.is_valid():
        contact = form.cleaned_data["contact"]
        try:
            is_sure = is_sure_of(request, contact)
            resend_report(report=report, contact=contact, by=member, is_sure=is_sure)
        except Withdrawn:
            return withdrawn_page(request, report)
        except PerhapsNamed:
            context["named"] = contact
        except NotOpen:
            form.add_error("contact", not_open_words(contact))
        else:
            return redirect("care:report_show", report.pk)
    return render(request, "care/report_resend.html", {**context, "form": form})


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@keeps(AboutForm, hidden=["people", SURE])
def report_name(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Add people whom it is about. When the contact is one of them, the writer is led to choose another."""
    member, report = acting_member(request), _own(request, report_id)
    form = AboutForm(request.POST or None, people=people_to_name(member))
    if report.is_withdrawn:
        return withdrawn_page(request, report, typed=request.POST.get("about_words", ""))
    if opened(report) is None:
        form.add_error(None, _("This report cannot be opened, so nothing was added to it."))
    if request.method == "GET" or not form.is_valid():
        return render(request, "care/report_name.html", {"report": report, "form": form})
    about, is_sure = form.about(), request.POST.get(SURE) == str(report.pk)
    try:
        name_people(
            report=report, members=about.members, words=about.words, by=member, is_sure=is_sure
        )
    except Withdrawn:
        return withdrawn_page(request, report, typed=about.words)
    except PerhapsNamed:
        context = {"report": report, "form": form, "perhaps_named": True}
        return render(request, "care/report_name.html", context)
    return redirect("care:report_show", report.pk)


def _own(request: HttpRequest, report_id: UUID) -> Report:
    return visible_or_404(reports_written_by(request.user), pk=report_id)
