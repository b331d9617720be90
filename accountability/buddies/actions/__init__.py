"""Verbs of buddies."""

from accountability.buddies.actions.pairs import NotPossible, form_pair, leave_pair

__all__ = ["NotPossible", "form_pair", "leave_pair"]
