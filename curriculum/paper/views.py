"""The print page and the session plan of a module."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.views import serve

from core.access import ANYONE, MEMBER, open_to
from curriculum.addresses import learn
from curriculum.outline import ModuleLine, outline_for
from curriculum.paper import pdf
from curriculum.paper.planning import plan_of
from curriculum.paper.printing import printed
from curriculum.permissions import can_read_facilitator_notes


@open_to(ANYONE)
@require_safe
def module_print(request: HttpRequest, module: str) -> HttpResponseBase:
    """All lessons of a module on one page. To whom the module is not open, what the module's own page would say."""
    line = module_line(request, module)
    if line is None:
        return as_the_module(request, module)
    large = wants_large(request)
    context = {
        "module": printed(line, request),
        "slug": module,
        "large": large,
        "body_class": "paper-large" if large else "",
        "pdf": pdf.is_possible(),
    }
    return render(request, "curriculum/paper/module_print.html", context)


@open_to(MEMBER)
@require_safe
def session_plan(request: HttpRequest, module: str) -> HttpResponse:
    """What a facilitator needs to lead a cohort through the module; for others there is nothing here."""
    context = {"plan": plan_of(plan_line(request, module)), "pdf": pdf.is_possible()}
    answer = render(request, "curriculum/paper/session_plan.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


def module_line(request: HttpRequest, slug: str) -> ModuleLine | None:
    """The module of this short name with the lessons that this reader may open; None when it is not open to them."""
    modules = outline_for(request.user, request).modules
    return next((line for line in modules if line.url == learn(f"{slug}/")), None)


def plan_line(request: HttpRequest, slug: str) -> ModuleLine:
    """The module whose session plan this reader may open. Raises Http404 for everybody else."""
    line = module_line(request, slug)
    if line is None or not can_read_facilitator_notes(request.user):
        raise Http404
    return line


def as_the_module(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The refusal of the module itself: a way to sign in, or that there is nothing here. Raises Http404."""
    answer: HttpResponseBase = serve(request, f"learn/{slug}/")
    if answer.status_code == 200:
        raise Http404
    return answer


def wants_large(request: HttpRequest) -> bool:
    """Whether large print is asked for."""
    return request.GET.get("size") == "large"
