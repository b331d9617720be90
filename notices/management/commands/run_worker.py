"""`run_worker`: sends mail, does regular work, looks after the process that does tasks."""

import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.tasks import work_off
from core.tasks.process import Companion
from notices.worker import Worker, close_connections, heartbeat_file


class Command(BaseCommand):
    """Runs until SIGTERM or Ctrl-C, and then ends after the mail in hand; a task in hand is given back."""

    help = "Send the mail of the outbox, do the regular work and the tasks, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument("--once", action="store_true", help="one round, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run one round or rounds until a signal."""
        stop = threading.Event()
        companion = Companion()
        worker = Worker(heartbeat=heartbeat_file(), stop=stop, companion=companion)
        if options["once"]:
            taken, tasks = worker.round(), work_off()
            close_connections()
            self.stdout.write(f"Mails taken up: {taken}. Tasks: {tasks}.")
            return

        def end(_number: int, _frame: FrameType | None) -> None:
            stop.set()
            companion.ask_to_end()

        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, end)
        self.stdout.write("The worker has started.")
        self.stdout.flush()
        worker.run()
        self.stdout.write("The worker has ended; no mail was left half-way.")
