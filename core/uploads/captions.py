"""Captions in WebVTT: text with times, checked before it is shown to anybody over a film."""

from __future__ import annotations

import re
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.uploads.refusal import refused

MOST_BYTES = 512 * 1024
TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMES = re.compile(rf"{TIME}[ \t]+-->[ \t]+{TIME}(?:[ \t]+\S.*)?")
NOT_CUES = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t\n]|$)")


def check_captions(file: IO[bytes]) -> None:
    """Raise ValidationError, in a sentence that names the line, unless the file holds WebVTT with at least one cue."""
    raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise _refused(_("it is larger than 512 KB"))
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise _refused(_("it is not written in UTF-8")) from None
    if "\x00" in text or not re.match(r"WEBVTT(?:[ \t\n]|$)", text):
        raise _refused(_("its first line does not say WEBVTT"))
    if not _cues(text):
        raise _refused(
            _("it holds no cue: a line like 00:01.000 --> 00:04.000 with words below it")
        )


def _cues(text: str) -> int:
    """How many cues there are. Raises ValidationError at the first that cannot be read."""
    cues, line = 0, 1
    for block in re.split(r"\n(?=\n)", text):
        rows = block.split("\n")
        first = next((number for number, row in enumerate(rows) if row.strip()), None)
        if first is not None and line + first > 1 and not NOT_CUES.match(rows[first]):
            _check_cue(rows[first:], line + first)
            cues += 1
        line += len(rows)
    return cues


def _check_cue(rows: list[str], line: int) -> None:
    """A cue: perhaps a name, then its times, then words."""
    place = 0 if "-->" in rows[0] else 1
    times = TIMES.fullmatch(rows[place].rstrip()) if place < len(rows) else None
    if times is None:
        words = _("line %(line)s should give times, like 00:01.000 --> 00:04.000")
        raise _refused(words % {"line": line + place})
    if _seconds(times.groups()[:4]) >= _seconds(times.groups()[4:]):
        words = _("the cue in line %(line)s ends before it begins")
        raise _refused(words % {"line": line + place})


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _refused(reason: str) -> ValidationError:
    words = _("These captions cannot be used: %(why)s. Nothing was stored. Captions are a WebVTT file.")  # fmt: skip
    return refused(words, reason)
