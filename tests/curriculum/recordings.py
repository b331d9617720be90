"""Sounds, films and captions made on the spot, and the files of the starter curriculum where the library has them."""

from __future__ import annotations

import io
import shutil
import wave
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

STARTER = settings.ROOT / "curriculum" / "starter" / "media"
CUES = "WEBVTT\n\n00:00.000 --> 00:02.000\nA bell.\n"


def wav(samples: int = 800) -> bytes:
    """A tenth of a second of silence."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(b"\x80" * samples)
    return made.getvalue()


def box(kind: bytes, inside: bytes = b"") -> bytes:
    """A box of an MP4 file."""
    return (8 + len(inside)).to_bytes(4) + kind + inside


def mp4() -> bytes:
    """The boxes of an empty film."""
    return box(b"ftyp", b"isom\0\0\2\0isomiso2mp41") + box(b"moov") + box(b"mdat", b"\0" * 64)


def webm() -> bytes:
    """An EBML header and an empty segment."""
    return b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm" + b"\x18\x53\x80\x67\x84" + b"\0" * 4


def ogg() -> bytes:
    """Two pages, one of ten bytes and one of none."""
    page = b"OggS\0" + b"\0" * 21
    return page + b"\1\x0a" + b"x" * 10 + page + b"\0"


def mp3(frames: int = 4) -> bytes:
    """Silent frames of 128 kbit/s at 44.1 kHz behind a tag."""
    frame = b"\xff\xfb\x90\x00" + b"\0" * 413
    return b"ID3\x03\0\0\0\0\0\x0a" + b"\0" * 10 + frame * frames


def stored(name: str, content: bytes) -> Any:
    """A document of the library, as if it had been let through."""
    document = get_document_model()(title=name, file=ContentFile(content, name=name))
    document._set_document_file_metadata()
    document.save()
    return document


def starter_files() -> None:
    """Put the files of the starter's recordings where the copied database says that they are."""
    for document in get_document_model().objects.filter(title__startswith="starter/"):
        place = Path(document.file.path)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(STARTER / document.title.removeprefix("starter/"), place)
