"""One's own copy of everything: asking for it, how far it is, and the download. No address here names anybody."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.owncopy.actions import KEPT_FOR, ask_for_copy, current_copy, discard_copy
from accounts.owncopy.handing import Damaged, KeysAway, NoCopy, begin_download
from accounts.permissions import (
    can_have_own_copy,
    journal_shut_until,
    own_copy_opens,
    proof_since,
)
from accounts.reauthentication import ways_to_journal
from core.access import MEMBER, acting_member, open_to
from core.idempotency import once

PAGE = "accounts:export_show"


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
def export_show(request: HttpRequest) -> HttpResponse:
    """What will be in the copy, the press that asks for it, and how far it is. A post of who has not shown who they are asks nothing."""
    member = acting_member(request)
    if request.method == "POST":
        if own_copy_opens(request) and can_have_own_copy(member):
            ask_for_copy(by=member)
        return redirect(PAGE)
    copy, opens = current_copy(member), own_copy_opens(request)
    since = proof_since(request)
    context = {
        "copy": copy,
        "until": copy.ready_at + KEPT_FOR if copy and copy.ready_at else None,
        "may_have": can_have_own_copy(member),
        "opens": opens,
        "shut_until": journal_shut_until(member),
        "ways": [] if opens else ways_to_journal(request, back=reverse(PAGE), since=since),
    }
    answer = render(request, "accounts/export_show.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


@open_to(MEMBER)
@require_POST
def export_file(request: HttpRequest) -> HttpResponseBase:
    """The file, opened while it goes out. Its name says nothing of what it is. By POST, so that nothing but a press takes it."""
    if not own_copy_opens(request):
        return redirect(PAGE)
    return handed_out(request, acting_member(request), PAGE)


def handed_out(request: HttpRequest, member: Any, page: str) -> HttpResponseBase:
    """The answer that holds the member’s file; back to `page` with a sentence where there is none to give out."""
    try:
        download = begin_download(by=member)
    except NoCopy:
        messages.info(request, _("There is no copy to download any more. Ask for a new one: nothing of your data is lost."))  # fmt: skip
        return redirect(page)
    except Damaged:
        messages.error(request, _("The file was damaged, so nothing of it was given out, and it is deleted. Your data is as it was. Ask for a new copy."))  # fmt: skip
        return redirect(page)
    except KeysAway:
        messages.error(request, _("The keys that open private text are not there at the moment. Nothing is lost. Try again later; whoever runs the site is told."))  # fmt: skip
        return redirect(page)
    answer = StreamingHttpResponse(download.pieces, content_type="application/zip")
    name = f"export-{timezone.localdate().isoformat()}.zip"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Length"] = str(download.size)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["X-Accel-Buffering"] = "no"  # a proxy that keeps pieces might keep them on its disk
    return answer


@open_to(MEMBER)
@require_POST
def export_discard(request: HttpRequest) -> HttpResponse:
    """Throw it away. It takes nothing from anybody, so nobody has to show who they are for it."""
    if discard_copy(by=acting_member(request)):
        messages.success(request, _("The copy is deleted. Your data is as it was."))
    return redirect(PAGE)
