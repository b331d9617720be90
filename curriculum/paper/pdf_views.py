"""Asking for a PDF by POST, the page that says how far it is, and the file for who may read what it shows."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.access import ANYONE, MEMBER, acting_member, open_to
from core.storage import is_storage_trouble
from curriculum.outline import outline_for
from curriculum.paper import actions, pdf
from curriculum.paper.orders import Order, module_order, plan_order, record_order
from curriculum.paper.record import finished_by
from curriculum.paper.record_views import record_form, show_record
from curriculum.paper.views import as_the_module, module_line, plan_line, wants_large

asking = require_http_methods(["GET", "HEAD", "POST"])


@open_to(ANYONE)
@asking
def module_pdf(request: HttpRequest, module: str) -> HttpResponseBase:
    """Ask for the PDF of a module's print page; how far it is. To whom the module is not open, what it would say itself."""
    line = module_line(request, module)
    if line is None:
        return as_the_module(request, module)
    return ask_or_show(request, module_order(request, line, module, large=wants_large(request)))


@open_to(ANYONE)
@require_safe
def module_file(request: HttpRequest, module: str) -> HttpResponseBase:
    """The PDF of a module with exactly the lessons that this reader may open."""
    line = module_line(request, module)
    if line is None:
        return as_the_module(request, module)
    return handed_out(module_order(request, line, module, large=wants_large(request)))


@open_to(MEMBER)
@asking
def plan_pdf(request: HttpRequest, module: str) -> HttpResponse:
    """Ask for the PDF of a session plan; how far it is."""
    return ask_or_show(request, plan_order(request, plan_line(request, module), module))


@open_to(MEMBER)
@require_safe
def plan_file(request: HttpRequest, module: str) -> HttpResponse:
    """The PDF of a session plan, for the facilitator who asked for it."""
    return handed_out(plan_order(request, plan_line(request, module), module))


@open_to(MEMBER)
@asking
def record_pdf(request: HttpRequest) -> HttpResponse:
    """Ask for the PDF of one's record with the name and modules of the form; how far it is."""
    if request.method != "POST":
        return ask_or_show(request, record_order(request))
    finished = finished_by(request.user, outline_for(request.user, request))
    form = record_form(request, finished)
    if not form.is_valid():
        return show_record(request, finished, form)
    return ask_or_show(request, record_order(request, **form.cleaned_data))


@open_to(MEMBER)
@require_safe
def record_file(request: HttpRequest) -> HttpResponse:
    """The PDF of one's own record."""
    return handed_out(record_order(request))


def ask_or_show(request: HttpRequest, order: Order) -> HttpResponse:
    """By POST, ask and go to the page that says how far it is; else that page, which also says where none can be made."""
    possible = pdf.is_possible()
    if request.method == "POST" and not possible:
        return redirect(order.here)
    if request.method == "POST":
        by = acting_member(request) if request.user.is_authenticated else None
        actions.ask_for(kind=order.kind, key=order.key, by=by, wishes=order.wishes)
        return redirect(order.here)
    context = {"order": order, "printout": order.printout(), "possible": possible}
    answer = render(request, "curriculum/paper/pdf_show.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


def handed_out(order: Order) -> HttpResponse:
    """The file. Raises Http404 when there is none (any more)."""
    printout = order.printout()
    if printout is None or printout.asked_at < timezone.now() - actions.HANDED_OUT_FOR:
        raise Http404
    try:
        content = printout.file.read_bytes() if printout.is_made else None
    except OSError as problem:
        if is_storage_trouble(problem):
            raise
        content = None  # taken away between the two
    if content is None:
        raise Http404
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{order.file_name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
