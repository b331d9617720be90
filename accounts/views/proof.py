"""“Is it you?” for members who have neither password nor passkey: a code by mail."""

from allauth.account.utils import get_next_redirect_url
from allauth.core.ratelimit import respond_429
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import limits, proof_codes
from accounts.forms.signing_in import ProofCodeForm
from accounts.permissions import proves_by_code
from core.access import MEMBER, acting_member, open_to


@open_to(MEMBER)
@never_cache
@require_http_methods(["GET", "POST"])
def code_prove(request: HttpRequest) -> HttpResponse:
    """Mail a code, take it back, and lead to where the proof was asked for."""
    member = acting_member(request)
    back = get_next_redirect_url(request) or ""
    if not proves_by_code(member):
        return redirect("account_reauthenticate")
    form = ProofCodeForm(request.POST if "code" in request.POST else None)
    if request.method == "POST":
        action = "reauthenticate" if "code" in request.POST else "prove_by_code"
        if not limits.allows(request, action):
            return respond_429(request)
        if not form.is_bound:
            proof_codes.send(request, member)
        elif form.is_valid():
            if proof_codes.accept(request, member, form.cleaned_data["code"]):
                return redirect(back or "accounts:account_show")
            form.add_error(
                "code", _("That code is not right, or no longer works. Ask for a new one.")
            )
    context = {"form": form, "next": back, "sent": proof_codes.is_waiting(request)}
    return render(request, "accounts/code_prove.html", context)
