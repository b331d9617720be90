"""What the frame of every page of the journal has to know: how long it stays open, where hiding leads, what was chosen."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accountability.journal import lock
from accountability.journal.models import Choice
from core import doors

REFRESH_LATER = 10  # seconds


@dataclass(frozen=True)
class Frame:
    """Of one page. `seconds` is 0 while the journal is locked; the sentences are empty then."""

    seconds: int
    open_until: str
    warning: str
    away: str
    escape_hides: bool

    @property
    def refresh_after(self) -> int:
        """After how many seconds a page without a script leaves the screen: a little after it locks."""
        return self.seconds + REFRESH_LATER


def frame_of(request: HttpRequest) -> Frame:
    """The frame for this reader now."""
    open_until, warning = sentences(request)
    return Frame(
        seconds=lock.seconds_left(request),
        open_until=open_until,
        warning=warning,
        away=str(next(iter(doors.ask("away")), "/")),
        escape_hides=_escape_hides(request),
    )


def sentences(request: HttpRequest) -> tuple[str, str]:
    """Until when it is open, in the member's time zone: for the bar, and as the warning shortly before."""
    closes_at = lock.closes_at(request)
    if closes_at is None:
        return "", ""
    words = {"time": time_format(localtime(closes_at), "TIME_FORMAT")}
    return (
        _("Open until %(time)s") % words,
        _("The journal locks at %(time)s, because nothing has happened here for a while.") % words,
    )


def _escape_hides(request: HttpRequest) -> bool:
    if not request.user.is_authenticated:
        return True
    chosen = Choice.objects.filter(member_id=request.user.pk).values_list("escape_hides", flat=True)
    return chosen.first() is not False
