"""The member's own pages: overview, profile, what others see."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.acts import acts_on
from accounts.forms.profile import ProfileForm
from accounts.models import Initiative
from accounts.permissions import has_second_factor, seats_offered_to
from core import register
from core.access import MEMBER, acting_member, open_to
from core.idempotency import once
from core.keptform import keeps


@open_to(MEMBER)
@require_GET
def account_show(request: HttpRequest) -> HttpResponse:
    """The way to everything about one's own account, seats on offer, and what others did to it."""
    member = acting_member(request)
    context = {
        "has_second_factor": has_second_factor(member),
        "seats": seats_offered_to(member),
        "acts": acts_on(member),
    }
    return render(request, "accounts/account_show.html", context)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
@keeps(ProfileForm)
def profile_edit(request: HttpRequest) -> HttpResponse:
    """Name, pronouns, organization, time zone and language."""
    languages = Initiative.load(request_or_site=request).language_codes
    form = ProfileForm(request.POST or None, instance=acting_member(request), languages=languages)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("accounts:profile_edit")
    return render(request, "accounts/profile_edit.html", {"form": form})


@open_to(MEMBER)
@require_GET
def visible_show(request: HttpRequest) -> HttpResponse:
    """What others can see about me, with the control that changes it beside each line."""
    lines = [line for holding in register.holdings() for line in holding.visible(request.user)]
    return render(request, "accounts/visible_show.html", {"lines": lines})
