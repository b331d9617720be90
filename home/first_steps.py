"""What an installation that nobody belongs to yet says on its front page."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from accounts.models import User

PYTHON = "var/venv/bin/python"


@dataclass(frozen=True)
class FirstSteps:
    """The command that begins, as it is typed in the folder of this installation."""

    command: str
    needs_service: bool  # its settings are secrets, which a page cannot show


def first_steps(user: Any) -> FirstSteps | None:
    """The first steps while there is no account; None from the first one on. One query for the signed-out."""
    if user.is_authenticated or User.objects.exists():
        return None
    module = os.environ["DJANGO_SETTINGS_MODULE"]
    given, secret = [f"DJANGO_SETTINGS_MODULE={module}"], module.endswith(".production")
    if not secret and settings.VAR != settings.ROOT / "var":
        given.append(f"LODESTAR_VAR={shlex.quote(str(settings.VAR))}")
    command = " ".join([*given, PYTHON, "manage.py start_initiative"])
    return FirstSteps(command, needs_service=secret)
