"""What a restored backup brings back without its file: PDFs that were asked for."""

from __future__ import annotations

from datetime import datetime

from curriculum.models import Printout
from curriculum.paper.actions import take_away


def forget_printouts(*, now: datetime) -> dict[str, int]:
    """Their files are in no backup, so they are asked for again."""
    printouts = list(Printout.objects.all())
    for printout in printouts:
        take_away(printout)
    return {"PDFs, to be asked for again": len(printouts)}
