"""What the desk offers at the doors of the page, and on its own first page. Other apps add their cards at the same doors."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import RoleKind
from accounts.permissions import holds
from backbone import attention
from backbone.actions import take_snapshots
from backbone.today import cohorts_card
from cohorts.models import Cohort
from core import doors
from core.fragments import address, nav_line
from curriculum.glossary.desk import QUEUE


def desk_line(*, request: HttpRequest, **_given: Any) -> str | None:
    """The line of the navigation to the desk, for the backbone."""
    if not request.user.is_authenticated or not holds(request.user, RoleKind.BACKBONE):
        return None
    return nav_line(request, address("backbone:desk_show"), gettext_lazy("Desk"))


def people(**_given: Any) -> str:
    """The card of people."""
    words = _("Who has an account, their roles and seats; suspending somebody who harms others.")
    return card(_("People"), words, reverse("backbone:people_list"))


def cohorts(**_given: Any) -> str:
    """The card of cohorts."""
    words = _("Set them up, plan their modules, see who is in them, and end them.")
    return card(_("Cohorts"), words, reverse("backbone:cohort_list"))


def bodies(**_given: Any) -> str:
    """The card of bodies."""
    words = _("Who decides: committees and circles, and the seats in them.")
    return card(_("Bodies"), words, reverse("backbone:body_list"))


def invitations(**_given: Any) -> str:
    """The card on the desk's first page that leads to invitations."""
    words = _("Invite people by mail; look through what is open, send it again, take it back.")
    return card(_("Invitations"), words, reverse("backbone:invitation_list"))


def pairing(**_given: Any) -> str:
    """The card of pairing."""
    words = _("Find buddies for those of a cohort who want to be matched.")
    return card(_("Pairing"), words, reverse("backbone:pairing_list"))


def letter(**_given: Any) -> str:
    """The card of the public letter."""
    words = _("Write it together, publish a version, look at earlier ones.")
    return card(_("The public letter"), words, reverse("backbone:letter_desk"))


def language(**_given: Any) -> str:
    """The card of the glossary’s queue, which stands in the editors’ area."""
    words = _(
        "Proposals that wait for a decision, and what a meeting decided. In the editors’ area."
    )
    return card(_("Shared language"), words, reverse(QUEUE))


def editors_area(**_given: Any) -> str:
    """The card of the editors’ area itself."""
    words = _("Modules, lessons, facts, pictures, and the initiative’s own settings.")
    return card(_("The editors’ area"), words, reverse("wagtailadmin_home"))


def card(title: str, words: str, url: str) -> str:
    """A card of the desk: what it is called, what one does there, and the way to it."""
    return render_to_string("backbone/card.html", {"title": title, "words": words, "url": url})


CARDS = ((people, 10), (cohorts, 20), (bodies, 30), (invitations, 40), (pairing, 50), (letter, 60), (language, 70), (editors_area, 90))  # fmt: skip


def insights_line(*, cohort: Cohort, **_given: Any) -> str | None:
    """On a cohort's page, the way to the numbers about it; not when facilitators and the backbone alone still see that page."""
    if not cohort.is_read_by_all:
        return None
    url = reverse("insights:insights_show", args=[cohort.slug])
    return render_to_string("backbone/door_cohort_insights.html", {"url": url})


def hourly(*, now: datetime) -> int:
    """Count the cohorts whose week has passed."""
    return take_snapshots(now=now)


def nightly(*, now: datetime) -> dict[str, int]:
    """The same as each hour, for a night in which it was missed."""
    return {"cohorts counted for their week": take_snapshots(now=now)}


def cohort_ways(*, request: HttpRequest, cohort: Cohort, **_given: Any) -> SafeString | None:
    """On a cohort's page: the way to it on the desk, for the backbone."""
    if not holds(request.user, RoleKind.BACKBONE):  # type: ignore[arg-type]
        return None
    url = reverse("backbone:cohort_desk", args=[cohort.slug])
    words = _("This cohort on the desk")
    return format_html('<p><a href="{}">{}</a></p>', url, words)


def invite_line(*, cohort: Any, **_given: Any) -> str:
    """The line on a cohort's page of the desk that leads to inviting into it."""
    return render_to_string("backbone/invite_line.html", {"cohort": cohort})


def register() -> None:
    """Make the offers."""
    doors.offer("cohort_insights", insights_line)
    doors.offer("hourly", hourly)
    doors.offer("nightly", nightly)
    doors.offer("cohort_desk_line", invite_line, order=30)
    doors.offer("navigation", desk_line, order=60)
    doors.offer("cohort_ways", cohort_ways)
    doors.offer("today_card", cohorts_card, order=40)
    for offered, order in CARDS:
        doors.offer("desk_card", offered, order=order)
    for number, waiting in enumerate(attention.OFFERS, start=1):
        doors.offer("desk_attention", waiting, order=10 * number)
