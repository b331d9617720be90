"""What buddies are told, one function a message, and what a reader may see of each notice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accountability.buddies.choices import RequestState
from accountability.buddies.models import Agreement, Pair, Request
from accountability.buddies.permissions import (
    agreements_visible_to,
    pairs_visible_to,
    requests_answerable_by,
    requests_visible_to,
)
from core.register import Payload, Shown
from notices.actions import notify, notify_all

CHANGED = "buddies.changed"
ASKED = "buddies.asked"
ANSWERED = "buddies.answered"
PROPOSED = "buddies.proposed"
AGREED = "buddies.agreed"

#: By the name of an id in a payload, the rows that a reader may know of.
Known = dict[str, Any]


def pair_changed(pair: Pair, others: Collection[Any]) -> None:
    """The others: somebody has left, and so the pair has ended or is smaller. It does not say who or why."""
    notify_all(members=others, kind=CHANGED, payload={"pair": pair.pk})


def request_came(request: Request) -> None:
    """Whoever is asked: somebody asks them to be their buddy."""
    notify(member=request.to, kind=ASKED, payload={"request": request.pk})


def request_answered(request: Request) -> None:
    """Who asked: a pair has come about, or it did not. It does not say why."""
    notify(member=request.by, kind=ANSWERED, payload={"request": request.pk})


def agreement_proposed(agreement: Agreement, others: Collection[Any]) -> None:
    """The others of the pair: there is a text to read, to confirm or to answer."""
    notify_all(members=others, kind=PROPOSED, payload={"agreement": agreement.pk})


def agreement_in_force(agreement: Agreement, others: Collection[Any]) -> None:
    """The others of the pair: the text counts from now on."""
    notify_all(members=others, kind=AGREED, payload={"agreement": agreement.pk})


def known_changed(member: Any) -> Known:
    """The pairs that the member may still read."""
    return {"pair": pairs_visible_to(member)}


def known_asked(member: Any) -> Known:
    """The requests that still wait for this member's answer."""
    return {"request": requests_answerable_by(member)}


def known_answered(member: Any) -> Known:
    """The member's own requests that were answered, or waited long enough."""
    answered = (RequestState.ACCEPTED, RequestState.DECLINED, RequestState.LAPSED)
    return {"request": requests_visible_to(member).filter(by=member, state__in=answered)}


def known_proposed(member: Any) -> Known:
    """The texts that still wait, and that the member may read."""
    return {"agreement": agreements_visible_to(member).proposed()}


def known_agreed(member: Any) -> Known:
    """The texts in force that the member may read."""
    return {"agreement": agreements_visible_to(member).in_force()}


def show_changed(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The pairs that the member may still read: one query for all."""
    return _shown(known_changed(member), payloads, _changed)


def show_asked(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The requests that still wait for this member's answer: one query for all."""
    return _shown(known_asked(member), payloads, _asked)


def show_answered(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The member's own requests that were answered: one query for all."""
    return _shown(known_answered(member), payloads, _answered)


def show_proposed(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The texts that still wait, and that the member may read: one query for all."""
    return _shown(known_proposed(member), payloads, _proposed)


def show_agreed(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The texts in force that the member may read: one query for all."""
    return _shown(known_agreed(member), payloads, _agreed)


def _shown(
    known: Known, payloads: Sequence[Payload], words: Callable[[Any], Shown]
) -> list[Shown | None]:
    [(name, rows)] = known.items()
    ids = {str(payload[name]) for payload in payloads}
    found = {str(row.pk): row for row in rows.filter(pk__in=ids)}
    rows_in_order = (found.get(str(payload[name])) for payload in payloads)
    return [None if row is None else words(row) for row in rows_in_order]


def _changed(pair: Pair) -> Shown:
    words = _("Your pair has ended") if pair.ended_at else _("Your pair is smaller now")
    return Shown(words, reverse("buddies:buddy_show"))


def _asked(request: Request) -> Shown:
    url = reverse("buddies:request_show", args=[request.pk])
    return Shown(_("Somebody asks you to be their buddy"), url)


def _answered(request: Request) -> Shown:
    if request.state == RequestState.ACCEPTED:
        return Shown(
            _("Your request was accepted: you have a buddy"), reverse("buddies:buddy_show")
        )
    url = reverse("buddies:request_show", args=[request.pk])
    return Shown(_("Your request to be buddies did not come about this time"), url)


def _proposed(agreement: Agreement) -> Shown:
    url = reverse("buddies:agreement_show", args=[agreement.pair_id])
    return Shown(_("There is a text of your agreement to read"), url)


def _agreed(agreement: Agreement) -> Shown:
    url = reverse("buddies:agreement_show", args=[agreement.pair_id])
    return Shown(_("Your agreement is in force"), url)
