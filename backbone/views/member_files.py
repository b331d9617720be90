"""A file of people for a cohort: upload, preview, progress, result."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backbone.views.inviting import open_cohort
from cohorts.actions import CohortIsOver, discard_import, start_import, take_in
from cohorts.choices import TO_DO, UNDER_WAY, Became, FileProblem, ImportState, Verdict
from cohorts.inviting_forms import FileForm
from cohorts.member_file import MOST_BYTES, Unusable
from cohorts.models import MemberImport
from cohorts.permissions import imports_visible_to
from core.access import BACKBONE, acting_member, open_to, visible_or_404
from core.idempotency import once
from core.keptform import keeps
from core.uploads.memory import files_in_memory, over_of

A_PAGE = 50


@open_to(BACKBONE)
@files_in_memory(MOST_BYTES)
@require_http_methods(["GET", "POST"])
@once
@keeps(FileForm)
def invite_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Send a file, which is read and shown before anybody is invited."""
    cohort = open_cohort(request, slug)
    if cohort is None:
        return redirect("backbone:invite_show", slug)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and over_of(request):
        form = FileForm()
        return _file_page(request, cohort, form, str(FileProblem.TOO_BIG.label))
    if request.method == "GET" or not form.is_valid():
        missing = _("No file was chosen.") if request.method == "POST" else ""
        return _file_page(request, cohort, FileForm(), missing)
    try:
        data = form.cleaned_data["file"].read()
        taken = take_in(cohort=cohort, data=data, by=acting_member(request))
    except Unusable as problem:
        return _file_page(request, cohort, FileForm(), str(problem))
    except CohortIsOver:
        return redirect("backbone:invite_show", slug)  # it says there that it is over
    return redirect("backbone:file_show", taken.pk)


@open_to(BACKBONE)
@require_GET
def file_show(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """What will happen with each row, how far it is, or what happened."""
    one = _import(request, import_id)
    rows = one.rows.order_by("number")
    asked: dict[str, str] = {}
    for name, kinds in (("verdict", Verdict), ("became", Became)):
        if request.GET.get(name, "") in kinds.values:
            asked[name] = request.GET[name]
    context = {
        "one": one,
        "cohort": one.cohort,
        "asked": asked,
        "query": urlencode(asked),
        "waits": one.state in UNDER_WAY,
        "page": Paginator(rows.filter(**asked), A_PAGE).get_page(request.GET.get("page")),
        **_numbers(one),
    }
    return render(request, "backbone/file_show.html", context)


@open_to(BACKBONE)
@require_POST
@once
def file_start(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Have it carried out by the worker."""
    one = _import(request, import_id)
    if not start_import(member_import=one, by=acting_member(request)):
        messages.info(request, _("This was started already. Nobody is invited twice."))
    return redirect("backbone:file_show", one.pk)


@open_to(BACKBONE)
@require_POST
@once
def file_discard(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Throw the file away."""
    one = _import(request, import_id)
    if discard_import(member_import=one, by=acting_member(request)):
        messages.success(request, _("Thrown away, with all addresses in it."))
        return redirect("backbone:invite_show", one.cohort.slug)
    messages.info(request, _("It is being carried out now, so it was not thrown away."))
    return redirect("backbone:file_show", one.pk)


def _import(request: HttpRequest, import_id: UUID) -> MemberImport:
    rows = imports_visible_to(request.user).defer("data").select_related("cohort")
    return visible_or_404(rows, pk=import_id)


def _file_page(request: HttpRequest, cohort: Any, form: FileForm, problem: str) -> HttpResponse:
    context = {"form": form, "cohort": cohort, "problem": problem}
    return render(request, "backbone/invite_file.html", context, status=400 if problem else 200)


def _numbers(one: MemberImport) -> dict[str, Any]:
    """How many rows of each kind there are, by one query."""
    many: dict[str, int] = {}
    became: dict[str, int] = {}
    total = done = 0
    for row in one.rows.order_by().values("verdict", "became").annotate(many=Count("pk")):
        many[row["verdict"]] = many.get(row["verdict"], 0) + row["many"]
        if row["became"]:
            became[row["became"]] = became.get(row["became"], 0) + row["many"]
        if row["verdict"] in TO_DO:
            total += row["many"]
            done += row["many"] if row["became"] else 0
    return {
        "verdicts": [(kind.value, kind.label, many[kind]) for kind in Verdict if kind in many],
        "outcomes": [(kind.value, kind.label, became[kind]) for kind in Became if kind in became],
        "total": total,
        "done": done,
        "can_start": one.state == ImportState.READY and total > 0,
    }
