"""Where mails arrive: the folder of a site without a mail server, and a mail server that can be told to misbehave."""

from __future__ import annotations

import asyncio
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from faults.surroundings import free_port

WELL, BUSY, REFUSES, HANGS, DIES, AWAY = (
    "well",
    "busy",
    "refuses",
    "hangs",
    "dies after DATA",
    "away",
)
LONG = 600  # seconds; longer than anybody waits


def in_folder(folder: Path) -> list[tuple[str, str]]:
    """Message-ID and address of every mail in the folder. A draft that was left behind counts as a mail without an id."""
    found = []
    for path in sorted(folder.glob("*.eml")):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        found.append(
            (str(message["Message-ID"] or f"none in {path.name}"), str(message["To"] or ""))
        )
    return found


class MailServer:
    """A real SMTP server on this machine. `mood` says how it treats who comes; `delivered` is what it has accepted."""

    def __init__(self) -> None:
        self.port = free_port()
        self.mood = WELL
        self.delivered: list[tuple[str, str]] = []
        self._controller: Any = None

    def start(self) -> None:
        """Listen."""
        from aiosmtpd.controller import Controller

        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=20)
        self._controller.start()

    def stop(self) -> None:
        """Listen no more; whoever talks with it is cut off."""
        if self._controller is not None:
            self._controller.stop(no_assert=True)
            self._controller = None

    def become(self, mood: str) -> None:
        """Change its ways. Who hangs in a conversation is cut off when it changes back."""
        if AWAY in (mood, self.mood) or HANGS in (mood, self.mood):
            self.stop()
        self.mood = mood
        if mood != AWAY and self._controller is None:
            self.start()

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Take the address down, or answer as its mood is."""
        if self.mood == BUSY:
            return "451 Try again later"
        if self.mood == REFUSES:
            return "550 Not here"
        if self.mood == HANGS:
            await asyncio.sleep(LONG)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:
        """Accept the mail, and perhaps end the conversation before the sender learns of it."""
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.delivered.append((str(message["Message-ID"]), str(message["To"])))
        if self.mood == DIES:
            server.transport.abort()
        return "250 Accepted"
