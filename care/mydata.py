"""Reports and stops in a member's own copy: what they wrote, and what the contact answered them.

Reports that reached the member as a contact belong to who wrote them, and are in no copy of the contact's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from care.choices import State, Wish
from care.permissions import reports_written_by, stops_visible_to
from care.reading import kept, messages_in, opened
from core.register import Part, Words, values_of

LABELS: Mapping[str, Words] = {
    "contact": _("As a contact for reports"),
    "words": _("Words"),
    "from_outside": _("From outside"),
    "asked": _("Asked"),
    "accepted": _("Accepted"),
    "ended": _("Ended"),
    "sent": _("Sent"),
    "state": _("State"),
    **values_of("state", State),
    "happened": _("What happened"),
    "wish": _("What you want"),
    **values_of("wish", Wish),
    "wish_words": _("What you want, in your words"),
    "about": _("Whom it is about"),
    "about_words": _("Whom it is about, in your words"),
    "messages": _("What you two wrote"),
    "by_me": _("Written by you"),
    "at": _("When"),
    "text": _("Text"),
    "name": _("Name"),
    "since": _("Since"),
}


def own_copy(member: Any) -> Iterable[Part]:
    """Their reports with all that the two wrote, and whom they keep away."""
    yield Part("reports", _("Reports that you wrote"), partial(_reports, member))
    yield Part("stops", _("With whom you stopped contact"), partial(_stops, member))


def _reports(member: Any) -> Iterator[Mapping[str, Any]]:
    for report in reports_written_by(member).order_by("sent_at", "pk").prefetch_related("notes"):
        about = {"sent": report.sent_at, "state": report.state}
        if report.is_withdrawn:  # nothing else is left of it
            yield about
            continue
        words = opened(report)
        if words is None:
            yield {**about, "cannot_be_opened": True}
            continue
        yield {
            **about,
            "happened": words.happened,
            "wish": words.asked.kind.value,
            "wish_words": words.asked.words,
            "about": list(words.people),
            "about_words": words.about_words,
            "messages": [
                {"by_me": one.by_writer, "at": one.written_at, "text": one.text}
                if one.text is not None
                else {"by_me": one.by_writer, "at": one.written_at, "cannot_be_opened": True}
                for one in messages_in(report)
            ],
        }


def _stops(member: Any) -> Iterator[Mapping[str, Any]]:
    for one in kept(stops_visible_to(member).order_by("at", "pk"), member):
        shut = {"cannot_be_opened": True} if one.name is None else {}
        yield {"name": one.name or str(_("somebody who has left")), "since": one.stop.at, **shut}
