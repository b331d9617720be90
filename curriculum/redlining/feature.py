"""One feature of a file: how a sentence calls it, its label and its grade."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from curriculum.redlining.refusal import MapRefused
from curriculum.redlining.words import plain_text

GRADES = ("A", "B", "C", "D")
LONGEST_LABEL = 40


def called(feature: Any, number: int) -> str:
    """How a sentence names the feature: its place in the file, and its label if it has one."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    label = label_of(properties) if isinstance(properties, dict) else ""
    if label:
        return _("feature %(number)s (%(label)s)") % {"number": number, "label": label}
    return _("feature %(number)s") % {"number": number}


def label_of(properties: dict[str, Any]) -> str:
    """The label as printed on the map; empty where the source gives none."""
    return plain_text(properties.get("holc_id") or properties.get("label"), LONGEST_LABEL)


def grade_of(feature: Any, number: int, file_name: str) -> str:
    """The grade of a feature, empty where it has none. Raises MapRefused for a grade that nobody gave."""
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise MapRefused(file_name, _("is no GeoJSON Feature."), called(None, number))
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        return ""
    written = properties.get("grade")
    if written is None or written == "":
        written = properties.get("holc_grade")
    if written is None or (isinstance(written, str) and not written.strip()):
        return ""
    grade = plain_text(written, 20).upper()
    if not grade:
        reason = _("has a grade that is no letter. Grades are A, B, C and D.")
        raise MapRefused(file_name, reason, called(feature, number))
    if grade not in GRADES:
        reason = _("has the grade “%(grade)s”. Grades are A, B, C and D.") % {"grade": grade}
        raise MapRefused(file_name, reason, called(feature, number))
    return grade
