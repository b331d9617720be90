"""Which numbers about people may be shown. Pure: no database, no noun of ours; whoever shows a number asks here.

Three things can be asked. `publish` turns what was counted this week into what everybody sees (weekly.py), and says
whose names may stand beside it (names.py); `shown_by_name` says it again of what is left of them on any later day. `suppress_table` does it for a table of answers that is shown once (once.py).

Who is held off: somebody who keeps every week's tables, knows who came and left when, every name that is shown by consent,
everything that is public, and their own state at all times. Why they cannot learn anything is in adr/0015, in short at each
rule; tests/core/suppression/ plays this somebody.
"""

from core.suppression.names import shown_by_name
from core.suppression.once import Rung, Sheet, suppress_table
from core.suppression.rules import BEHIND, COHORT, ENOUGH
from core.suppression.shown import Number, Shown, Why
from core.suppression.weekly import Behind, Counted, HowMany, Kind, Published, publish

__all__ = [
    "BEHIND",
    "COHORT",
    "ENOUGH",
    "Behind",
    "Counted",
    "HowMany",
    "Kind",
    "Number",
    "Published",
    "Rung",
    "Sheet",
    "Shown",
    "Why",
    "publish",
    "shown_by_name",
    "suppress_table",
]
