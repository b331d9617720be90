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


class CopyState(models.TextChoices):
    """How far a member’s own copy of their data is. One that was downloaded has no row any more."""

    WAITING = "waiting", _("waits for the worker")
    MAKING = "making", _("is being made")
    READY = "ready", _("is ready")
    FAILED = "failed", _("could not be made")


class CopyTrouble(models.TextChoices):
    """Why a copy could not be made, where it says something to the member."""

    NONE = "", _("no reason that says anything")
    KEYS = "keys", _("the keys that open private text are not there")
    SPACE = "space", _("the disk is full")
