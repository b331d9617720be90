"""Processes that stand still and go on again: what a frozen machine looks like to all others."""

from __future__ import annotations

import signal

from faults.surroundings import send_signal


class Halting:
    """Whatever runs in processes that it can name."""

    def processes(self) -> list[int]:
        """What runs now."""
        raise NotImplementedError

    def freeze(self) -> None:
        """Let it stand still: connections stay open, and nothing answers."""
        for pid in self.processes():
            send_signal(pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        for pid in self.processes():
            send_signal(pid, signal.SIGCONT)
