"""Taking the journal along and bringing it back. No address here names anybody: it is always the reader's own."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accountability.journal.carrying.bringing import Outcome, bring_in
from accountability.journal.carrying.carried import MOST_BYTES, MOST_ENTRIES
from accountability.journal.carrying.reading import Found, found_in
from accountability.journal.carrying.taking import taken_along
from accountability.journal.lock import behind_lock
from core.access import MEMBER, acting_member, open_to
from core.uploads.memory import TOO_BIG, TOO_MANY, files_in_memory, over_of

MOST_LISTED = 50


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@behind_lock
def export_show(request: HttpRequest) -> HttpResponseBase:
    """What is in the file, and the file. Its name says nothing of what it is."""
    if request.method == "GET":
        return render(request, "journal/export_show.html")
    response = StreamingHttpResponse(
        taken_along(acting_member(request)), content_type="application/zip"
    )
    name = f"export-{timezone.localdate().isoformat()}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Accel-Buffering"] = "no"  # a proxy that keeps pieces might keep them on its disk
    return response


@open_to(MEMBER)
@files_in_memory(MOST_BYTES)
@require_http_methods(["GET", "POST"])
@behind_lock
def import_show(request: HttpRequest) -> HttpResponse:
    """What will happen; after a post what did, or why nothing did. It leads nowhere: what came in is no one's to count."""
    outcome: Outcome | None = None
    found = _found(request)
    if request.method == "POST" and not found.problems:
        outcome = bring_in(by=acting_member(request), entries=found.entries)
    context = {
        "outcome": outcome,
        "problems": found.problems[:MOST_LISTED],
        "more": max(0, len(found.problems) - MOST_LISTED),
        "most_entries": MOST_ENTRIES,
        "most_megabytes": MOST_BYTES // 1024 // 1024,
    }
    return render(
        request, "journal/import_show.html", context, status=400 if found.problems else 200
    )


def _found(request: HttpRequest) -> Found:
    """The entries of the files that were sent, or the sentence about files that were not kept."""
    found, over = Found(), over_of(request)
    files = [file for file in request.FILES.getlist("files") if isinstance(file, UploadedFile)]
    if over == TOO_MANY:
        found.refuse("", _("These are too many files at once. Put them into one zip file, and send that."))  # fmt: skip
    elif over == TOO_BIG:
        found.refuse("", _("What you sent is larger than %(most)d MB. Send it in several parts; of an export of ours, journal.json alone is enough.") % {"most": MOST_BYTES // 1024 // 1024})  # fmt: skip
    elif request.method == "POST" and not files:
        found.refuse("", _("No file was chosen."))
    elif files:
        found = found_in(files, timezone.get_current_timezone())
    return found
