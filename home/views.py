"""The front page, Today, and the pages about the site itself."""

from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_safe

from accounts.models import Initiative
from cohorts.reading import read_cohorts
from core.access import ANYONE, MEMBER, open_to
from curriculum.glossary.reading import lexicon
from curriculum.outline import current_module, marked, outline_for
from home.first_steps import first_steps
from home.week import things_to_do

MODULES_IN_FRONT = 12


@open_to(ANYONE)
@require_GET
def front_show(request: HttpRequest) -> HttpResponse:
    """The front page; an empty installation says what to do first."""
    modules = outline_for(request.user, request).modules
    context = {
        "modules": marked(modules[:MODULES_IN_FRONT], request.user),
        "more_modules": len(modules) > MODULES_IN_FRONT,
        "term_count": len(lexicon(request).in_use),
        "first_steps": first_steps(request.user),
    }
    response = render(request, "home/front_show.html", context)
    if context["first_steps"]:
        add_never_cache_headers(response)  # until somebody has an account, which publishes nothing
    return response


@open_to(MEMBER)
@require_GET
def today_show(request: HttpRequest) -> HttpResponse:
    """What is next for this member: a lesson, their cohorts, three things to do this week."""
    outline = outline_for(request.user, request)
    current = current_module(outline, request.user)
    cohorts = read_cohorts(request)
    context = {
        "modules": outline.modules,
        "module": current,
        "lesson": current.next_lesson if current else None,
        "cohorts": cohorts,
        "things": things_to_do(request.user, current, cohorts),
        "now": timezone.localtime(),
    }
    return render(request, "home/today_show.html", context)


@open_to(ANYONE)
@require_GET
def accessibility_show(request: HttpRequest) -> HttpResponse:
    """What works, what does not yet, and how to report a barrier."""
    return render(request, "home/accessibility_show.html")


@open_to(ANYONE)
@require_GET
def away_show(request: HttpRequest) -> HttpResponse:
    """The neutral page that takes the place of one that was hidden: drawn as for a visitor, whoever asks.

    Neither a name nor a line of the navigation that only members have may tell who sat here, or where.
    """
    request.user = AnonymousUser()
    response = render(request, "home/away_show.html")
    response["Cache-Control"] = "private, no-store"
    return response


@open_to(ANYONE)
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a security problem (RFC 9116): SECURITY_CONTACT, else the initiative's public address, else the sender of its mail.

    It says until when it counts: half a year from the day on which it is read.
    """
    expires = timezone.now() + timedelta(days=180)
    lines = [
        f"Contact: {_security_contact()}",
        f"Expires: {expires:%Y-%m-%dT00:00:00Z}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.SITE_URL}{request.path}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _security_contact() -> str:
    if settings.SECURITY_CONTACT.startswith("https://"):
        return str(settings.SECURITY_CONTACT)
    public = Initiative.load().contact_email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return f"mailto:{settings.SECURITY_CONTACT or public}"
