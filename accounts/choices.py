"""Fixed sets of values of `accounts`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoleKind(models.TextChoices):
    """The roles that a member can hold for the whole initiative. None of them implies another."""

    BACKBONE = "backbone", _("Backbone team")
    EDITOR = "editor", _("Editor of content")
    OPERATOR = "operator", _("Site operator")


class ResetState(models.TextChoices):
    """Where a request to reset a lost second factor stands."""

    WAITING = "waiting", _("Waiting for 72 hours to pass")
    DONE = "done", _("Second factor removed")
    CANCELLED = "cancelled", _("Cancelled")
