"""`run_tasks`: does the tasks of the worker, in a process of their own."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.tasks.process import UNTIL_STDIN_ENDS, Tasks, end_with
from core.tasks.running import Stop


class Command(BaseCommand):
    """Runs until SIGTERM or Ctrl-C, and then gives the task in hand back. The worker starts one by itself."""

    help = "Do what waits for the worker (files, rounds, copies), until stopped. “run_worker” starts one by itself."

    def add_arguments(self, parser: CommandParser) -> None:
        """Two options."""
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")
        parser.add_argument(
            UNTIL_STDIN_ENDS, action="store_true", help="end when whoever started it is gone"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is due once, or until a signal."""
        stop = Stop()
        if options["once"]:
            self.stdout.write(f"Tasks taken up: {Tasks(stop).round()}.")
            return
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, stop.ask)
        if options["until_stdin_ends"]:
            end_with(stop)
        Tasks(stop).run()
