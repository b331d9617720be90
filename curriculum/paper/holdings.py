"""What the curriculum holds of PDFs that were asked for: gone after a day, and with the member."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.register import FILES, Holding, Retention, hold
from core.visible import Topic, Visible, fields
from curriculum.models import Printout
from curriculum.paper import mydata
from curriculum.paper.actions import prune_printouts, take_away
from curriculum.telling import PAPER_TELLINGS


def _export(member: Any) -> list[dict[str, Any]]:
    return [
        {"what": row.kind, "wishes": row.wishes, "asked_at": row.asked_at.isoformat()}
        for row in member.printouts.order_by("asked_at")
    ]


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    yield lambda: _take_all_away(member)


def _take_all_away(member: Any) -> None:
    for printout in Printout.objects.filter(owner=member):
        take_away(printout)


def _visible(member: Any) -> Iterable[Visible]:
    yield Visible(
        _("PDFs that you asked for"),
        fields("curriculum.Printout", "owner", "kind", "wishes"),
        Topic.TRACES,
        control="learn:record_show",
        rows=member.printouts.all(),
    )


def register() -> None:
    """Register the holding."""
    hold(
        Holding(
            name="papers",
            title=_("PDFs that you asked for"),
            labels=mydata.LABELS,
            models=("curriculum.Printout",),
            export=_export,
            erase=_erase,
            visible=_visible,
            told=PAPER_TELLINGS,
            retention=(
                Retention(
                    _("PDFs that you asked for"),
                    _("24 hours at most"),
                    prune_printouts,
                    where=FILES,
                ),
            ),
        )
    )
