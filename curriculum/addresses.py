"""Short names that pages may not have, because something else stands at their address."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: Pages beside the modules, and beside the lessons of a module (`urls.py`).
BESIDE_MODULES = frozenset({"record"})
BESIDE_LESSONS = frozenset({"print", "session-plan"})


def refuse_taken(slug: str, taken: frozenset[str]) -> None:
    """Raise ValidationError at `slug` when its address is taken."""
    if slug in taken:
        sentence = _("Another page of the site stands at “%(slug)s”. Choose another short name.")
        raise ValidationError({"slug": sentence % {"slug": slug}})
