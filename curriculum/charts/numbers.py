"""Figures as the reader's language writes them."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import number_format


def shown(value: Decimal, *, percent: bool = False) -> str:
    """The figure with the separators of the reader's language, as exact as it was given."""
    places = max(0, -int(value.as_tuple().exponent))
    words = str(number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True))
    words = words.replace("-", "\u2212")
    return f"{words}%" if percent else words
