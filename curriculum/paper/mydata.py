"""What a member’s own copy calls PDFs that were asked for."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from core.register import Words, values_of
from curriculum.models import Printout

LABELS: Mapping[str, Words] = {
    "what": _("What"),
    **values_of("what", Printout.Kind),
    "wishes": _("How you wanted it"),
    "asked_at": _("Asked"),
    "name": _("Name on the paper"),
    "modules": _("Numbers of the modules"),
    "module": _("Number of the module"),
    "language": _("Language"),
    "lessons": _("Numbers of the lessons"),
    "large": _("Large print"),
    "signed_in": _("For members"),
}
