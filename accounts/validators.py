"""Checks of single values."""

import zoneinfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def known_time_zone(value: str) -> None:
    """Raise ValidationError unless the value names a time zone such as America/New_York."""
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ValidationError(
            _("“%(value)s” is no time zone we know. Choose one from the list."),
            params={"value": value[:64]},
        ) from None
