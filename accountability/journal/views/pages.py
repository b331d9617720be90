"""The pages that writing answers with: the editor, two texts side by side, and one that cannot be opened."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from accountability.journal.forms import EntryForm
from accountability.journal.models import Draft, Entry
from accountability.journal.permissions import drafts_visible_to
from accountability.journal.writing import Sheet, read

OFFERED = 3  # drafts on the page of a new entry; the list has them all


def write_page(
    request: HttpRequest, sheet: Sheet, form: EntryForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The editor. `more`: `previewed` and `shown`, `kept_at`, `gone`."""
    fresh = not form.is_bound
    if fresh and sheet.is_new:
        form.fields["body"].widget.attrs["autofocus"] = True
    prompt, about = sheet.begun()
    context = {
        "form": form,
        "sheet": sheet,
        "prompt": prompt,
        "about": about,
        "drafts": _drafts(sheet) if fresh and sheet.is_new else [],
        "draft_at": moment(sheet.draft.saved_at) if fresh and sheet.draft else "",
        "words": _words(),
        **addresses(request, sheet),
        **more,
        "kept_at": time_of(more["kept_at"]) if more.get("kept_at") else "",
    }
    return render(request, "journal/entry_write.html", context, status=status)


def conflict_page(
    request: HttpRequest, sheet: Sheet, form: EntryForm, stored: Entry | Draft
) -> HttpResponse:
    """Both texts, and the choice. What cannot be opened is said so and stays as it is."""
    context = {
        "form": form,
        "other": read(stored),
        "other_is_draft": isinstance(stored, Draft),
        "other_at": saved_when(stored),
        **addresses(request, sheet),
    }
    return render(request, "journal/entry_conflict.html", context, status=409)


def shut_page(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """A text that was damaged: nothing is written over it."""
    return render(request, "journal/entry_shut.html", {"sheet": sheet}, status=200)


def addresses(request: HttpRequest, sheet: Sheet) -> dict[str, str]:
    """Where the form goes and where it is saved while one types. That of a new entry names what it begins with."""
    if not sheet.is_new:
        kept = {"entry_id": sheet.entry_id}
        return {
            "action": reverse("journal:entry_edit", kwargs=kept),
            "keep": reverse("journal:draft_keep", kwargs=kept),
        }
    query = request.GET.urlencode()
    ending = f"?{query}" if query else ""
    return {
        "action": reverse("journal:entry_write") + ending,
        "keep": reverse("journal:draft_begin") + ending,
    }


def moment(at: datetime) -> str:
    """A moment as the member reads it: today by its time alone."""
    local = localtime(at)
    if local.date() == localdate():
        return time_format(local, "TIME_FORMAT")
    return date_format(local, "DATETIME_FORMAT")


def saved_when(row: Entry | Draft) -> str:
    """When it was saved."""
    return moment(row.changed_at if isinstance(row, Entry) else row.saved_at)


def time_of(at: datetime) -> str:
    """The time of the day."""
    return time_format(localtime(at), "TIME_FORMAT")


def _drafts(sheet: Sheet) -> list[dict[str, Any]]:
    """The last drafts, by when they were saved; their words stay sealed."""
    rows = drafts_visible_to(sheet.member).values_list("pk", "saved_at")[:OFFERED]
    return [{"id": pk, "at": moment(at)} for pk, at in rows]


def _words() -> dict[str, str]:
    """What the script of the page says."""
    return {
        "saved": _("Draft saved at {time}"),
        "again": _("The connection is back. Draft saved at {time}."),
        "offline": _(
            "Not saved: there is no connection. Your text is on this page; we keep trying."
        ),
        "fault": _(
            "Not saved: the server does not answer. Your text is on this page; we keep trying."
        ),
        "signed_out": _(
            "Not saved: you were signed out, or this page is too old. Your text is on this page. Press Save: the next page keeps it and says what to do."
        ),
        "gone": _(
            "Not saved: this was deleted or thrown away in another tab. Your text is on this page. Press Save to make a new entry of it."
        ),
        "too_long": _(
            "Not saved: this is more than an entry holds. All of it is still on this page."
        ),
        "unsent": _(
            "Nothing was sent: there is no connection. Your text is on this page; we keep trying."
        ),
        "conflict": _(
            "You also wrote here in another tab or on another device. Both texts are on this page, and nothing is lost."
        ),
        "shut": _("This text cannot be opened: it was damaged where it is stored."),
        "preview": _(
            "The preview did not come: there is no connection. Your text is on this page."
        ),
    }
