"""Models of care, one noun a file."""

from care.models.contact import Contact
from care.models.report import Report, ReportNote
from care.models.stop import Stop

__all__ = ["Contact", "Report", "ReportNote", "Stop"]
