"""Opening, staying, locking and hiding, and the choices about it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accountability.journal import lock
from accountability.journal.forms import ChoiceForm
from accountability.journal.frame import frame_of, sentences
from accountability.journal.lock import behind_lock, by_script, stored_nowhere
from accountability.journal.models import Choice
from accounts.permissions import journal_shut_until
from accounts.reauthentication import ways_to_journal
from core.access import MEMBER, acting_member, open_to
from core.keptform import keeps


@open_to(MEMBER)
@require_GET
def lock_open(request: HttpRequest) -> HttpResponse:
    """Whether the journal is open, locked or shut, and the way to open it.

    It opens nothing itself and leads nowhere by itself: pages that nobody sits at come here by their own clock.
    """
    back = _way_back(request)
    context = {
        "back": back,
        "opens": lock.may_open(request),
        "was_open": lock.locked_at(request) is not None,
        "shut_until": journal_shut_until(acting_member(request)),
        "ways": ways_to_journal(request, back=back, since=lock.locked_at(request)),
    }
    return stored_nowhere(render(request, "journal/lock_open.html", context))


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@behind_lock(autosave=True)
def lock_stay(request: HttpRequest) -> HttpResponse:
    """For the page's own clock: how long it is still open. A post is the word of a person that they are there."""
    if request.method == "POST":
        lock.touch(request)
    open_until, warning = sentences(request)
    seconds = lock.seconds_left(request)
    return JsonResponse({"seconds": seconds, "open_until": open_until, "warning": warning})


@open_to(MEMBER)
@require_POST
def lock_close(request: HttpRequest) -> HttpResponse:
    """Lock it, and lead to the page that says so or, to hide, to a page that says nothing."""
    lock.close(request)
    if by_script(request):
        response = HttpResponse(status=204)
    else:
        hides = request.POST.get("hide") == "1"
        address = frame_of(request).away if hides else reverse("journal:lock_open")
        response = HttpResponse(status=303, headers={"Location": address})
    response["Clear-Site-Data"] = '"cache"'
    return stored_nowhere(response)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@behind_lock
@keeps(ChoiceForm)
def choices_edit(request: HttpRequest) -> HttpResponse:
    """What a member chooses for their journal."""
    member = acting_member(request)
    chosen = Choice.objects.filter(member=member).first() or Choice(member=member)
    form = ChoiceForm(request.POST if request.method == "POST" else None, instance=chosen)
    if form.is_valid():
        Choice.objects.update_or_create(member=member, defaults=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("journal:choices_edit")
    return render(request, "journal/choices_edit.html", {"form": form})


def _way_back(request: HttpRequest) -> str:
    """The page of the journal that was asked for; else its first."""
    first, asked = reverse("journal:entry_list"), request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith(first)
    return asked if ours and not asked.startswith(reverse("journal:lock_open")) else first
