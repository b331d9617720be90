"""What the letter offers at the doors of the page: a card on Today, a line of the footer, its addresses."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accountability.letter.actions import clean_again
from accountability.letter.leaving import leaving
from accountability.letter.models import LetterVersion, Signature
from accountability.letter.permissions import signatures_confirmable_by
from accountability.letter.tallying import count_unnamed
from core import doors
from core.content import kept
from core.fragments import foot_line


def letter_line(**_given: Any) -> str:
    """The footer's line to the letter."""
    return foot_line("letter:letter_show", _("Public letter"))


def letter_card(*, request: HttpRequest | None, **_given: Any) -> str | None:
    """Today's card: a new version for who signed an earlier one, or a colleague who waits for a second person. One query."""
    if request is None or not request.user.is_authenticated:
        return None
    current = kept(request, ("letter", "current"), _current)
    if current is None:
        return None
    mine = Signature.objects.for_oneself().filter(member=request.user)
    others = signatures_confirmable_by(request.user, current.pk).order_by()
    columns = ("version", "organization", "pk")
    found = list(mine.values_list(*columns).union(others.values_list(*columns), all=True))
    signed = {version for version, organization, _key in found if organization is None}
    asked = bool(signed) and current.pk not in signed
    waiting = min((key for _version, organization, key in found if organization), default=None)
    if not asked and waiting is None:
        return None
    context = {"version": current, "asked": asked, "waiting": waiting}
    return render_to_string("letter/door_today_card.html", context)


def _current() -> LetterVersion | None:
    """The version that is signed now; what it is changes with what is published."""
    found: LetterVersion | None = LetterVersion.objects.published().only("number").first()
    return found


def public_addresses(**_given: Any) -> list[str]:
    """The letter's addresses, for the sitemap: none before there is one."""
    numbers = list(LetterVersion.objects.published().values_list("number", flat=True))
    if not numbers:
        return []
    versions = [reverse("letter:version_show", args=[number]) for number in numbers]
    return [reverse("letter:letter_show"), reverse("letter:version_list"), *versions]


def hourly(*, now: datetime) -> None:
    """Bring what was written up to the cleaner of this version of the code, and count the versions whose week has passed."""
    clean_again()
    count_unnamed(now=now)


def register() -> None:
    """Make the offers."""
    doors.offer("leaving", leaving, order=45)
    doors.offer("today_card", letter_card, order=30)
    doors.offer("footer", letter_line, order=5)
    doors.offer("sitemap", public_addresses, order=40)
    doors.offer("hourly", hourly)
