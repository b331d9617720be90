"""Reports: writing one, reading it as either side, writing back and forth.

No form here leaves a mark that it was sent, no message goes through the session, and no page names a report in its title.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from care.actions import send_report, set_state, withdraw_report, write_note
from care.actions.refusals import NotNow, NotOpen, PerhapsNamed, TooMany, Withdrawn
from care.actions.turns import id_for
from care.choices import TRANSITIONS, State
from care.forms import NoteForm, ReportForm
from care.models import Contact, Report
from care.people import people_to_name
from care.permissions import (
    can_handle_report,
    contacts_open_to,
    did_write_report,
    reports_handled_by,
    reports_visible_to,
    reports_written_by,
)
from care.reading import lines, messages_in, names_of, opened, sides_of, standing_of
from care.views.pages import visible_person
from core.access import MEMBER, acting_member, open_to, require, visible_or_404
from core.keptform import keeps

A_PAGE = 20
SURE = "sure"  # the contact about whom the writer was asked whether the text names them


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@keeps(ReportForm, hidden=["people", "wish", "contact", SURE])
def report_write(request: HttpRequest, member_id: UUID | None = None) -> HttpResponse:
    """Write a report. Who stands in the address is named in it from the start; one can take the name out again.

    Where the text seems to name who would read it, the page says so and asks once more, with all that was typed.
    """
    reporter = acting_member(request)
    first = [visible_person(request, member_id)] if member_id else []
    contacts = contacts_open_to(reporter)
    form = ReportForm(
        request.POST or None,
        people=people_to_name(reporter, first),
        contacts=contacts,
        initial={"people": [str(one.pk) for one in first]},
    )
    context: dict[str, Any] = {"form": form, "contacts": contacts}
    if request.method == "POST" and form.is_valid():
        contact = form.cleaned_data["contact"]
        try:
            report = _sent(reporter, form, is_sure=is_sure_of(request, contact))
        except PerhapsNamed:
            context["named"] = contact
        else:
            if report is not None:
                return redirect("care:report_show", report.pk)
    return render(request, "care/report_write.html", context)


def is_sure_of(request: HttpRequest, contact: Contact) -> bool:
    """Whether the writer was asked about this very contact, and sent it once more."""
    return request.POST.get(SURE) == str(contact.pk)


def _sent(reporter: Any, form: ReportForm, *, is_sure: bool) -> Report | None:
    """The report, sent; None with a sentence in the form where it was not. Raises PerhapsNamed."""
    try:
        return send_report(
            by=reporter,
            report_id=id_for(reporter, form.key),
            contact=form.cleaned_data["contact"],
            happened=form.cleaned_data["happened"],
            asked=form.asked(),
            about=form.about(),
            is_sure=is_sure,
        )
    except NotOpen:
        form.add_error("contact", not_open_words(form.cleaned_data["contact"]))
    except TooMany:
        words = _(
            "You have sent several reports today, and nothing was sent now. Write to one of them once more, or come back tomorrow; in danger, look at “Help now”."
        )
        form.add_error(None, words)
    except Withdrawn:
        words = _("You have sent this and taken it back. To send it again, begin a new report.")
        form.add_error(None, words)
    return None


def not_open_words(contact: Contact) -> str:
    """Why this contact cannot read it."""
    words = _(
        "%(name)s cannot read this report: they are named in it, have authority over you, or take no reports now. Or there is no choice left of two contacts, one of them from outside, whom you have not named. Nothing was sent."
    )
    return words % {"name": contact.member}


@open_to(MEMBER)
@require_GET
def report_list(request: HttpRequest) -> HttpResponse:
    """What the member reported, and what was reported to them as a contact."""
    member = acting_member(request)
    mine = reports_written_by(member).not_withdrawn().for_page()
    pages = Paginator(reports_handled_by(member).for_page(), A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "mine": lines(mine, for_writer=True),
        "page": page,
        "handled": lines(page.object_list, for_writer=False),
    }
    return render(request, "care/report_list.html", context)


@open_to(MEMBER)
@require_GET
def report_show(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """One report, for the two of it."""
    return page_of(request, visible_report(request, report_id), NoteForm())


@open_to(MEMBER)
@require_POST
@keeps(NoteForm)
def note_write(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Write to the other side."""
    member, report = acting_member(request), visible_report(request, report_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return page_of(request, report, form)
    text, note_id = form.cleaned_data["text"], id_for(member, form.key)
    try:
        write_note(report=report, note_id=note_id, text=text, by=member)
    except Withdrawn:
        return withdrawn_page(request, report, typed=text)
    except TooMany:
        words = _("These were many messages in an hour, so this one was not sent. Try it later.")
        form.add_error("text", words)
        return page_of(request, report, form)
    return redirect("care:report_show", report.pk)


@open_to(MEMBER)
@require_POST
def state_set(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Say how far it is: the contact alone. For its writer, who may see it, this is a refusal."""
    member, report = acting_member(request), visible_report(request, report_id)
    require(can_handle_report(member, report), _("How far it is, your contact says."))
    wanted = request.POST.get("to", "")
    try:
        if wanted not in State.values:
            raise NotNow
        set_state(report=report, to=State(wanted), by=member)
    except Withdrawn:
        return withdrawn_page(request, report)
    except NotNow:
        return page_of(request, visible_report(request, report_id), NoteForm(), stale=True)
    return redirect("care:report_show", report.pk)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
def report_withdraw(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Ask, and then destroy it with its key."""
    member = acting_member(request)
    report = visible_or_404(reports_written_by(member), pk=report_id)
    if request.method == "GET" and not report.is_withdrawn:
        return render(request, "care/report_withdraw.html", {"report": report})
    withdraw_report(report=report, by=member)
    return redirect("care:report_list")


def visible_report(request: HttpRequest, report_id: UUID) -> Report:
    """A report that the member wrote or was sent; for anybody else the same 404 as for none."""
    return visible_or_404(reports_visible_to(request.user), pk=report_id)


def page_of(
    request: HttpRequest, report: Report, form: NoteForm, *, stale: bool = False
) -> HttpResponse:
    """The page of a report, as the reader's side of it sees it."""
    if report.is_withdrawn:
        return withdrawn_page(request, report, status=200)
    is_writer = did_write_report(request.user, report)
    words, sides = opened(report), sides_of(report)
    names = names_of(one for one in (sides.by, sides.handler) if one) if sides else {}
    context: dict[str, Any] = {
        "report": report,
        "words": words,
        "is_writer": is_writer,
        "notes": messages_in(report),  # each opens, or not, by itself
        "writer": names.get(sides.by, "") if sides else "",
        "handler": names.get(sides.handler, "") if sides else "",
    }
    if words is not None:
        context["standing"] = standing_of(words.parties) if is_writer else None
        context["next_states"] = [] if is_writer else TRANSITIONS[report.state]
    status = 409 if stale else 200
    return render(
        request, "care/report_show.html", {**context, "form": form, "stale": stale}, status=status
    )


def withdrawn_page(
    request: HttpRequest, report: Report, *, typed: str = "", status: int = 409
) -> HttpResponse:
    """What is left when a report was taken back: a sentence, and what the reader had just typed."""
    is_writer = did_write_report(request.user, report)
    context = {"is_writer": is_writer, "typed": typed}
    return render(request, "care/report_withdrawn.html", context, status=status)
