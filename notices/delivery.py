"""Handing a mail over: to a mail server, or as a file for the demonstration and for trying things out."""

from __future__ import annotations

import io
import os
import smtplib
import socket
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from notices.models import OutboxMail

#: Seconds for each step of the conversation with a mail server.
TIMEOUT = 20
#: Seconds for all that a mail server says. One that says a letter now and then would never be silent for TIMEOUT.
ALTOGETHER = 120


class NotNow(Exception):
    """The mail server is away or busy: the same mail may pass later. The text is a short word for the log."""


class Away(NotNow):
    """No mail at all can be handed over now: the server does not answer, or the disk is full."""


class Refused(Exception):
    """The mail server has refused this mail for good. The text is a short word for the log."""


def deliver(message: EmailMessage, mail: OutboxMail) -> None:
    """Hand one message over as settings.MAIL_DELIVERY says. Raises NotNow or Refused."""
    options = settings.MAIL_DELIVERY
    if options["kind"] == "file":
        name = f"{mail.created_at:%Y%m%dT%H%M%S}-{mail.pk.hex}.eml"
        write_file(message, Path(str(options["folder"])), name)
    else:
        send_by_smtp(message, options)


def write_file(message: EmailMessage, folder: Path, name: str) -> Path:
    """Write the message as one .eml file that is either there as a whole or not at all.

    The name holds a time and the random id of the mail, never an address; a repeated mail replaces itself.
    Raises Away when the disk does not take it.
    """
    target = folder / name
    draft = folder / f".{name}.{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            file.write(message.message().as_bytes())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except OSError as problem:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise Away(f"file: {type(problem).__name__}") from problem
    return target


class _Heard(io.RawIOBase):
    """What a mail server says, until this moment of `time.monotonic`. Reading raises OSError afterwards."""

    def __init__(self, sock: socket.socket, until: float) -> None:
        self._sock, self._until = sock, until

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, room: Any) -> int:
        """Wait for what comes next, as long as there is time."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("The mail server takes too long over what it says.")
        self._sock.settimeout(min(TIMEOUT, left))
        return self._sock.recv_into(room)


class _InTime(smtplib.SMTP):
    """A conversation with a mail server that ends in time, however slowly the server speaks."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self._until = time.monotonic() + ALTOGETHER
        super().__init__(*args, **options)

    def getreply(self) -> tuple[int, bytes]:
        """Read an answer; smtplib reads it from `file`, which it makes itself where there is none, as after the turn to TLS."""
        if self.file is None and self.sock is not None:
            self.file = io.BufferedReader(_Heard(self.sock, self._until))
        return super().getreply()


class _InTimeByTLS(_InTime, smtplib.SMTP_SSL):
    """The same, by TLS from its beginning."""


class _Backend(EmailBackend):
    """Django's, whose conversations end in time."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Which kind of conversation the settings ask for."""
        return _InTimeByTLS if self.use_ssl else _InTime


def send_by_smtp(message: EmailMessage, options: dict[str, Any]) -> None:
    """Send the message through the mail server. Raises NotNow (Away when it does not answer, or not in time) or Refused."""
    backend = _Backend(
        host=options["host"],
        port=options["port"],
        username=options["username"],
        password=options["password"],
        use_tls=options["use_tls"],
        use_ssl=options["use_ssl"],
        timeout=TIMEOUT,
        fail_silently=False,
    )
    try:
        backend.send_messages([message])
    except smtplib.SMTPRecipientsRefused as problem:
        codes = [code for code, _words in problem.recipients.values()]
        raise _by_code(max(codes, default=550), "recipient") from problem
    except smtplib.SMTPDataError as problem:
        raise _by_code(problem.smtp_code, "data") from problem
    except (smtplib.SMTPException, OSError) as problem:
        # Connection, log-in, sender: the server's or the settings' fault, not this mail's.
        raise Away(f"smtp: {type(problem).__name__}") from problem


def _by_code(code: int, step: str) -> Exception:
    """Codes of 500 and above are for good, all others for now (RFC 5321, 4.2.1)."""
    return Refused(f"smtp: {step} {code}") if code >= 500 else NotNow(f"smtp: {step} {code}")
