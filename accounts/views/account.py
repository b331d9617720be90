"""The member's own pages: overview, profile, what others see, and what they did."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.acts import acts_on
from accounts.forms.profile import ProfileForm
from accounts.models import Initiative
from accounts.permissions import has_second_factor, seats_offered_to
from core import register
from core.access import MEMBER, acting_member, open_to
from core.idempotency import once
from core.keptform import keeps
from core.visible import Topic

NEWEST_ACTS = 5
ACTS_ON_A_PAGE = 30
#: What each part of the list is called, in its order.
TITLES = {
    Topic.PROFILE: gettext_lazy("Your profile and your account"),
    Topic.ROLES: gettext_lazy("What you do for the initiative"),
    Topic.COHORTS: gettext_lazy("Your cohorts and groups"),
    Topic.BUDDY: gettext_lazy("You and your buddy"),
    Topic.COMMITMENTS: gettext_lazy("Your commitments"),
    Topic.WORDS: gettext_lazy("The shared language and the public letter"),
    Topic.TRACES: gettext_lazy("What you learned, wrote and left behind"),
}


@open_to(MEMBER)
@require_GET
def account_show(request: HttpRequest) -> HttpResponse:
    """The way to everything about one's own account, seats on offer, and what others did to it."""
    member = acting_member(request)
    context = {
        "has_second_factor": has_second_factor(member),
        "seats": seats_offered_to(member),
        "acts": acts_on(member)[:NEWEST_ACTS],
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
    """What others can see about me, by what it is about, with the control that changes it beside each line."""
    lines = register.visible_of(acting_member(request))
    sections = [
        (topic.value, title, [line for line in lines if line.topic is topic])
        for topic, title in TITLES.items()
    ]
    return render(request, "accounts/visible_show.html", {"sections": sections})


@open_to(MEMBER)
@require_GET
def act_list(request: HttpRequest) -> HttpResponse:
    """What others opened or changed of mine, by name, newest first."""
    acts = Paginator(acts_on(acting_member(request)), ACTS_ON_A_PAGE)
    context = {"page": acts.get_page(request.GET.get("page"))}
    return render(request, "accounts/act_list.html", context)
