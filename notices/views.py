"""The list of notices, how they are mailed, and the link that stops their mail."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import ANYONE, MEMBER, open_to, visible_or_404
from core.idempotency import once
from core.keptform import keeps
from notices.actions import choose_mail, mark_all_read, mark_read, stop_mail
from notices.forms import PreferencesForm
from notices.models import Notice
from notices.showing import lines
from notices.stop_links import member_of

A_PAGE = 50


@open_to(MEMBER)
@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    """What happened for this member, newest first, with the words made now."""
    page = Paginator(Notice.objects.of(request.user), A_PAGE).get_page(request.GET.get("page"))
    rows = lines(request.user, page.object_list)
    unread = any(line.notice.read_at is None for line in rows)
    context = {"lines": rows, "page": page, "has_unread": unread}
    return render(request, "notices/notice_list.html", context)


@open_to(MEMBER)
@require_POST
@once
@keeps(hidden=["open"])
def notice_read(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Mark one notice as read; the button "Open" leads on to what it is about."""
    notice = visible_or_404(Notice.objects.of(request.user), pk=notice_id)
    shown = lines(request.user, [notice])
    if not shown:
        raise Http404
    mark_read(notice=notice, by=request.user)
    if "open" in request.POST:
        return redirect(shown[0].shown.url)
    return redirect("notices:notice_list")


@open_to(MEMBER)
@require_POST
@once
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark all notices as read."""
    mark_all_read(by=request.user)
    return redirect("notices:notice_list")


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
@keeps(PreferencesForm, hidden=["rhythm-*"])
def preferences_edit(request: HttpRequest) -> HttpResponse:
    """How each kind of notice is mailed, quiet hours, and a pause for all of it."""
    form = PreferencesForm(request.POST or None, member=request.user)
    if request.method == "POST" and form.is_valid():
        choose_mail(
            rhythms=form.rhythms(),
            is_paused=form.cleaned_data["is_paused"],
            quiet_from=form.cleaned_data["quiet_from"],
            quiet_until=form.cleaned_data["quiet_until"],
            by=request.user,
        )
        messages.success(request, _("Saved. It counts for mail that is already waiting, too."))
        return redirect("notices:preferences_edit")
    return render(request, "notices/preferences_edit.html", {"form": form})


@open_to(ANYONE)
@never_cache
@csrf_exempt  # mail programs post here without a cookie (RFC 8058); the sealed token is the proof
@require_http_methods(["GET", "POST"])
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop mail about notices without signing in. A look changes nothing; the page never says whose mail it is."""
    member_id = member_of(token)
    if member_id is None:
        raise Http404
    if request.method == "POST":
        stop_mail(member_id=member_id)
    return render(request, "notices/mail_stop.html", {"stopped": request.method == "POST"})
