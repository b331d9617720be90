"""A member signs for themselves, shows or hides their name, withdraws a signature."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accountability.letter.actions import Superseded, show_name, sign, withdraw
from accountability.letter.comparing import changes
from accountability.letter.forms import SignForm, no_name_yet
from accountability.letter.models import LetterVersion, Signature
from accountability.letter.permissions import (
    current_version,
    signatures_owned_by,
    signatures_withdrawable_by,
)
from core.access import MEMBER, acting_member, open_to, visible_or_404
from core.idempotency import once
from core.keptform import keeps


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
@keeps(SignForm)
def self_sign(request: HttpRequest) -> HttpResponse:
    """Show the version and sign it. When a newer one was published meanwhile, both are shown and nothing is signed."""
    member, current = acting_member(request), current_version()
    if current is None:
        return redirect("letter:letter_show")
    if request.method == "GET":
        form = SignForm(member=member, initial={"version": current.number})
        return _sign_page(request, current, form)
    form = SignForm(request.POST, member=member)
    if not form.is_valid():
        return _sign_page(request, current, form)
    number = form.cleaned_data["version"]
    seen = visible_or_404(LetterVersion.objects.published(), number=number)
    public = form.cleaned_data["name_is_public"]
    try:
        signature, is_new = sign(version=seen, name_is_public=public, by=member)
    except Superseded as newer:
        return _superseded(request, seen, newer.current, public)
    messages.success(request, _said(signature, is_new))
    return redirect("letter:letter_show")


@open_to(MEMBER)
@require_POST
@once
@keeps(hidden=["show"])
def name_switch(request: HttpRequest, signature_id: UUID) -> HttpResponse:
    """Show or hide one's own name under a version."""
    member = acting_member(request)
    rows = signatures_owned_by(member).select_related("version")
    signature = visible_or_404(rows, pk=signature_id)
    public = request.POST.get("show") == "1"
    if public and not member.chosen_name:
        messages.warning(request, no_name_yet())
        return redirect("letter:version_show", signature.version.number)
    show_name(signature=signature, public=public, by=member)
    shown = _("Everybody can read your name under this version now.")
    hidden = _("Your name is hidden now. You are in the number that is counted once a week.")
    messages.success(request, shown if public else hidden)
    return redirect("letter:version_show", signature.version.number)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
def signature_withdraw(request: HttpRequest, signature_id: UUID) -> HttpResponse:
    """Say what goes with it, and then withdraw one's own signature or that of one's organization."""
    rows = signatures_withdrawable_by(request.user).select_related("version", "organization")
    signature = visible_or_404(rows, pk=signature_id)
    if request.method == "GET":
        context = {"signature": signature, "pledges": signature.pledges.all()}
        return render(request, "letter/signature_withdraw.html", context)
    withdraw(signature=signature, by=request.user)
    messages.success(request, _("Withdrawn. Nothing of it is left on the page, in the feed or in the table."))  # fmt: skip
    return redirect("letter:letter_show")


def _sign_page(request: HttpRequest, version: LetterVersion, form: SignForm) -> HttpResponse:
    signed = Signature.objects.for_oneself().filter(version=version, member=form.member).exists()
    context = {"version": version, "form": form, "signed": signed}
    return render(request, "letter/self_sign.html", context)


def _superseded(request: HttpRequest, old: LetterVersion, new: LetterVersion, public: bool) -> HttpResponse:  # fmt: skip
    initial = {"version": new.number, "name_is_public": public}
    form = SignForm(member=request.user, initial=initial)
    context = {"old": old, "new": new, "changes": changes(old, new, request), "form": form}
    return render(request, "letter/self_superseded.html", context, status=409)


def _said(signature: Signature, is_new: bool) -> str:
    if not is_new:
        return _("You had signed this version already; nothing changed.")
    if signature.name_is_public:
        return _("You have signed. Your name stands under the letter, for everybody to read.")
    return _(
        "You have signed. Your name is not shown to anybody; you are in the number that is counted once a week."
    )
