"""Reads the .eml files that the worker wrote: for the demonstration's mailbox and for nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

NAME = re.compile(r"\d{8}T\d{6}-[0-9a-f]{32}\.eml")
MOST = 200
ADDRESS = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True)
class Part:
    """A piece of a mail's text; `url` when it is the address of a page of this site."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Mail:
    """One mail as it was sent."""

    name: str
    to: str
    subject: str
    at: datetime | None
    headers: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]


def newest() -> list[Mail]:
    """The mails in the folder, the last written first, at most `MOST`."""
    folder = _folder()
    if folder is None or not folder.is_dir():
        return []
    files = [path for path in folder.iterdir() if NAME.fullmatch(path.name)]
    files.sort(key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    return [_read(path) for path in files[:MOST]]


def opened(name: str) -> Mail | None:
    """The mail in the file of this name; None for any name that is not one of ours."""
    folder = _folder()
    if folder is None or not NAME.fullmatch(name) or not (folder / name).is_file():
        return None
    return _read(folder / name)


def _folder() -> Path | None:
    options = settings.MAIL_DELIVERY
    return Path(str(options["folder"])) if options["kind"] == "file" else None


def _read(path: Path) -> Mail:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",)) if isinstance(message, EmailMessage) else None
    text = body.get_content() if body is not None else ""
    return Mail(
        name=path.name,
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        at=_date(str(message["Date"] or "")),
        headers=tuple((name, str(value)) for name, value in message.items()),
        parts=tuple(parts_of(text)),
    )


def parts_of(text: str) -> list[Part]:
    """The text cut at addresses; only addresses of this site become links."""
    parts, end = [], 0
    for found in ADDRESS.finditer(text):
        url = found.group().rstrip(".,;:!?)")
        if url != settings.SITE_URL and not url.startswith(settings.SITE_URL + "/"):
            continue
        parts += [
            Part(text[end : found.start()]),
            Part(url, url.removeprefix(settings.SITE_URL) or "/"),
        ]
        end = found.start() + len(url)
    return [part for part in [*parts, Part(text[end:])] if part.text]


def _date(value: str) -> datetime | None:
    try:
        return parsedate_to_datetime(value)
    except ValueError:
        return None
