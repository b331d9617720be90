"""Reporting lines: saying that one is wrong, and the backbone team's list of those that are said to be."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import ReportingLine
from accounts.reporting_lines import (
    dispute_line,
    lines_about,
    lines_visible_to,
    remove_line,
    take_dispute_back,
)
from core.access import BACKBONE, MEMBER, acting_member, open_to, visible_or_404
from core.idempotency import once


@open_to(MEMBER)
@require_POST
@once
def line_dispute(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """Say that a line about oneself is wrong."""
    member = acting_member(request)
    dispute_line(line=visible_or_404(lines_about(member), pk=line_id), by=member)
    messages.success(request, _("Noted. The backbone team is told, and puts it right."))
    return redirect("accounts:visible_show")


@open_to(MEMBER)
@require_POST
@once
def line_confirm(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """Say that it is right after all."""
    member = acting_member(request)
    take_dispute_back(line=visible_or_404(lines_about(member), pk=line_id), by=member)
    messages.success(request, _("Taken back."))
    return redirect("accounts:visible_show")


@open_to(BACKBONE)
@require_GET
def line_list(request: HttpRequest) -> HttpResponse:
    """The lines that somebody says are wrong, the oldest word first."""
    rows = lines_visible_to(request.user).select_related("member", "boss")
    wrong = rows.filter(disputed_at__isnull=False).order_by("disputed_at", "pk")
    context = {"lines": wrong, "count": ReportingLine.objects.count()}
    return render(request, "accounts/line_list.html", context)


@open_to(BACKBONE)
@require_POST
@once
def line_remove(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """Take a wrong line out."""
    member = acting_member(request)
    remove_line(line=visible_or_404(lines_visible_to(member), pk=line_id), by=member)
    messages.success(
        request, _("Removed. Take it out of your file, too, or the next import brings it back.")
    )
    return redirect("accounts:line_list")
