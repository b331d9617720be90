#!/usr/bin/env python3
"""Django's command line for Lodestar, with the settings of the last start unless DJANGO_SETTINGS_MODULE says otherwise."""

import json
import os
import sys

from config.settings import values


def main() -> None:
    """Run one management command."""
    as_started_last()
    if sys.argv[1:] == ["prepare"] and nothing_to_prepare():
        return
    from django.core.management import execute_from_command_line
    from django.db.utils import OperationalError, ProgrammingError

    try:
        execute_from_command_line(sys.argv)
    except (OperationalError, ProgrammingError):
        # What sets the database up must say itself what went wrong with that.
        if sys.argv[1:2] in (["prepare"], ["migrate"]) or not before_first_start():
            raise
        sys.exit(
            "The database is not set up yet, or not brought up to date. Start the site, wait until it says “Lodestar is ready”, "
            "and type this again."
        )


def as_started_last() -> None:
    """Take the settings, and outside production the address, that the last start wrote down; development without one.

    What the environment says counts first.
    """
    try:
        last = json.loads((values.VAR / "run" / "last_start.json").read_text())
        kind, address = str(last["kind"]), str(last["address"])
    except (OSError, ValueError, KeyError, TypeError):
        kind, address = "dev", ""
    if kind not in {"demo", "dev", "production"}:
        kind = "dev"
    if not os.environ.get("DJANGO_SETTINGS_MODULE"):
        os.environ["DJANGO_SETTINGS_MODULE"] = f"config.settings.{kind}"
    same = os.environ["DJANGO_SETTINGS_MODULE"] == f"config.settings.{kind}"
    if same and address and kind != "production" and not values.text("SITE_URL"):
        os.environ["SITE_URL"] = address


def nothing_to_prepare() -> bool:
    """Whether everything is up to date: found out without loading the apps, which takes seconds."""
    from home.management.preparation import is_prepared

    return is_prepared()


def before_first_start() -> bool:
    """Whether a database answers and lacks steps that the next start, or the one that is under way, makes."""
    from django.db.utils import Error

    from core.routers import ALIASES
    from core.schema import fit_of

    try:
        return any(fit_of(alias).is_behind for alias in ALIASES)
    except Error:  # it does not answer at all, which is another thing
        return False


if __name__ == "__main__":
    main()
