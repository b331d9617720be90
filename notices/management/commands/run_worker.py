"""`run_worker`: sends mail, does regular work."""

import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from notices.worker import Worker, close_connections


class Command(BaseCommand):
    """Runs until SIGTERM or Ctrl-C, and then ends after the mail in hand."""

    help = "Send the mail of the outbox and do the regular work, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument("--once", action="store_true", help="one round, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run one round or rounds until a signal."""
        stop = threading.Event()
        worker = Worker(heartbeat=settings.VAR / "worker.heartbeat", stop=stop)
        if options["once"]:
            taken = worker.round()
            close_connections()
            self.stdout.write(f"Mails taken up: {taken}.")
            return
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda _number, _frame: stop.set())
        self.stdout.write("The worker has started.")
        self.stdout.flush()
        worker.run()
        self.stdout.write("The worker has ended; no mail was left half-way.")
