"""Two people sign for their organization: the first begins with what it pledges, the second confirms or sends it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accountability.letter.actions import (
    AlreadyConfirmed,
    NotNow,
    Superseded,
    confirm_signature,
    send_back,
    sign_for_organization,
)
from accountability.letter.comparing import changes
from accountability.letter.forms import OrganizationForm, SendBackForm
from accountability.letter.models import LetterVersion, Signature
from accountability.letter.permissions import (
    can_change_signature,
    can_confirm_signature,
    current_version,
    first_still_speaks,
    is_current,
    signatures_spoken_for_by,
)
from accounts.permissions import speaks_for
from core.access import MEMBER, acting_member, open_to, visible_or_404
from core.idempotency import once
from core.keptform import keeps


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
@keeps(OrganizationForm)
def organization_sign(request: HttpRequest) -> HttpResponse:
    """Begin the signature of one's organization, or change what one began. What it pledged before stands in the form."""
    member, current = acting_member(request), current_version()
    if current is None:
        return redirect("letter:letter_show")
    if not speaks_for(member, member.organization_id):
        return _speaks_for_none(request)
    if request.method == "GET":
        return _begin_page(request, member, current)
    form = OrganizationForm(request.POST)
    if not form.is_valid():
        return _form_page(request, current, form)
    return _begin(request, current, form)


@open_to(MEMBER)
@require_GET
def signature_show(request: HttpRequest, signature_id: UUID) -> HttpResponse:
    """An organization's signature for its own people: what it pledges, where it stands, what each may do."""
    signature = _ours_or_404(request, signature_id)
    return _signature_page(request, signature)


@open_to(MEMBER)
@require_POST
@once
@keeps(hidden=["revision"])
def signature_confirm(request: HttpRequest, signature_id: UUID) -> HttpResponse:
    """The second person confirms what they read."""
    signature = _ours_or_404(request, signature_id)
    try:
        confirm_signature(signature=signature, seen_revision=_seen(request), by=request.user)
    except AlreadyConfirmed:
        messages.info(request, _("It was confirmed already; nothing changed."))
    except NotNow as reason:
        return _refused(request, signature_id, reason.sentence)
    else:
        messages.success(request, _("Confirmed. Your organization stands under the letter now, for everybody to read."))  # fmt: skip
    return redirect("letter:signature_show", signature_id)


@open_to(MEMBER)
@require_POST
@once
@keeps(SendBackForm)
def signature_return(request: HttpRequest, signature_id: UUID) -> HttpResponse:
    """The second person asks for a change, in a sentence."""
    signature = _ours_or_404(request, signature_id)
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return _signature_page(request, signature, form=form)
    reason, seen = form.cleaned_data["reason"], form.cleaned_data["revision"]
    try:
        send_back(signature=signature, reason=reason, seen_revision=seen, by=request.user)
    except AlreadyConfirmed:
        sentence = _("It was confirmed meanwhile, so it was not sent back. What you typed stands here; you can withdraw the signature instead.")  # fmt: skip
        return _refused(request, signature_id, sentence, reason)
    except NotNow as problem:
        return _refused(request, signature_id, problem.sentence, reason)
    messages.success(request, _("Sent back. The person who began it has a notice."))
    return redirect("letter:signature_show", signature_id)


def _speaks_for_none(request: HttpRequest) -> HttpResponse:
    """The way to be confirmed, and what was typed, when their belonging was taken back while they wrote."""
    form = OrganizationForm(request.POST) if request.method == "POST" else None
    context = {"form": form, "parts": form.rows() if form else ()}
    return render(request, "letter/organization_none.html", context, status=403 if form else 200)


def _ours_or_404(request: HttpRequest, signature_id: UUID) -> Signature:
    rows = signatures_spoken_for_by(request.user).for_page().select_related("confirmed_by")
    return visible_or_404(rows, pk=signature_id)


def _seen(request: HttpRequest) -> int:
    value = request.POST.get("revision", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else -1


def _begin_page(request: HttpRequest, member: Any, current: LetterVersion) -> HttpResponse:
    """The form; for a colleague's that stands already, the page of that one."""
    rows = signatures_spoken_for_by(member).for_page().select_related("confirmed_by")
    ours = rows.filter(version=current).first()
    if ours is not None and not _can_begin(member, ours):
        return _signature_page(request, ours)
    before = ours or rows.order_by("-version__number").first()
    revision = ours.revision if ours else 0
    form = OrganizationForm.of(before, version=current.number, revision=revision)
    return _form_page(request, current, form, ours=ours, before=before)


def _can_begin(member: Any, ours: Signature) -> bool:
    """Whether one may change it, or take it over from somebody who no longer speaks for it."""
    takes_over = not first_still_speaks(ours)
    return ours.confirmed_at is None and (takes_over or can_change_signature(member, ours))


def _begin(request: HttpRequest, current: LetterVersion, form: OrganizationForm) -> HttpResponse:
    number = form.cleaned_data["version"]
    seen = visible_or_404(LetterVersion.objects.published(), number=number)
    revision = form.cleaned_data["revision"] or 0
    try:
        signature = sign_for_organization(
            version=seen, promises=form.promises(), seen_revision=revision, by=request.user
        )
    except Superseded as newer:
        typed = OrganizationForm(initial=form.cleaned_data | {"version": newer.current.number, "revision": 0})  # fmt: skip
        compared = {"old": seen, "changes": changes(seen, newer.current, request)}
        return _form_page(request, newer.current, typed, status=409, **compared)
    except AlreadyConfirmed as stands:
        messages.info(request, _("Your organization has signed this version already; nothing changed."))  # fmt: skip
        return redirect("letter:signature_show", stands.signature.pk)
    except NotNow as reason:
        return _not_now(request, current, form, reason.sentence)
    messages.success(request, _("Saved. Nothing is public yet: your colleagues have a notice, and one of them confirms."))  # fmt: skip
    return redirect("letter:signature_show", signature.pk)


def _not_now(
    request: HttpRequest, current: LetterVersion, form: OrganizationForm, sentence: str
) -> HttpResponse:
    """The form with what was typed, beside what stands now."""
    rows = signatures_spoken_for_by(request.user).for_page()
    ours = rows.filter(version=current).first()
    revision = ours.revision if ours else 0
    typed = OrganizationForm(initial=form.cleaned_data | {"revision": revision})
    return _form_page(request, current, typed, status=409, ours=ours, sentence=sentence)


def _form_page(
    request: HttpRequest,
    version: LetterVersion,
    form: OrganizationForm,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {"version": version, "form": form, "parts": form.rows(), **more}
    return render(request, "letter/organization_sign.html", context, status=status)


def _signature_page(
    request: HttpRequest,
    signature: Signature,
    form: SendBackForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    member = acting_member(request)
    current = is_current(signature.version)
    context = {
        "signature": signature,
        "is_current": current,
        "can_confirm": can_confirm_signature(member, signature),
        "can_begin": current and _can_begin(member, signature),
        "is_first": signature.member_id == member.pk,
        "form": form or SendBackForm(initial={"revision": signature.revision}),
        **more,
    }
    return render(request, "letter/signature_show.html", context, status=status)


def _refused(
    request: HttpRequest, signature_id: UUID, sentence: str, typed: str = ""
) -> HttpResponse:
    """What stands now, with the reason, and what was typed; where nothing stands any more, the letter."""
    rows = signatures_spoken_for_by(request.user).for_page().select_related("confirmed_by")
    signature = rows.filter(pk=signature_id).first()
    if signature is None:
        messages.warning(request, sentence)
        return redirect("letter:letter_show")
    form = SendBackForm(initial={"revision": signature.revision, "reason": typed})
    more = {"sentence": sentence, "typed": typed}
    return _signature_page(request, signature, form, 409, **more)
