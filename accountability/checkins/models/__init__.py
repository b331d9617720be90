"""Models of check-ins, one noun a file."""

from accountability.checkins.models.asking import Asking
from accountability.checkins.models.calendar import CalendarLink
from accountability.checkins.models.checkin import CheckIn, Plan, Sign
from accountability.checkins.models.notes import PairNotes
from accountability.checkins.models.part import Part, PartDraft, PartVersion

__all__ = [
    "Asking",
    "CalendarLink",
    "CheckIn",
    "PairNotes",
    "Part",
    "PartDraft",
    "PartVersion",
    "Plan",
    "Sign",
]
