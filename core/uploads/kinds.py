"""Whether a file is what its ending says. Of sound and film the whole file is walked, so that nothing rides along behind it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from typing import IO

from django.utils.translation import gettext as _

from core.uploads.captions import check_captions
from core.uploads.refusal import refused

VIDEO = frozenset({"mp4", "webm"})
AUDIO = frozenset({"mp3", "m4a", "ogg", "wav"})
CAPTIONS = "vtt"
MOST_STEPS = 2_000_000  # boxes, pages or frames of one file: a day of sound
MOST_CHUNKS = 1_000  # of a WAV file
LONGEST_TEXT = 20_000_000  # bytes that a csv or txt is read for

SEGMENT, CLUSTER = b"\x18\x53\x80\x67", b"\x1f\x43\xb6\x75"
#: Those of a segment and of a cluster, which may be of unknown length in what a browser recorded.
ELEMENTS = {SEGMENT, CLUSTER} | {bytes.fromhex(name) for name in (
    ["114d9b74", "1549a966", "1654ae6b", "1c53bb6b", "1254c367", "1043a770", "ec", "bf", "e7", "a3", "a0", "a7", "ab"]
)}  # fmt: skip

BIT_RATES = {
    1: (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    2: (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
}  # of MPEG 1 by layer, in kbit/s
LOW_BIT_RATES = {
    1: (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}  # of MPEG 2 and 2.5: layer 1, and the two others
SAMPLE_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}  # fmt: skip


def check_document(file: IO[bytes], name: str) -> None:
    """Raise ValidationError, in a sentence, unless the file is what the ending of its name says. Leaves it at its beginning."""
    ending = ending_of(name)
    file.seek(0)
    try:
        if ending == CAPTIONS:
            check_captions(file)
        elif ending in CHECKS and not _passes(CHECKS[ending], file):
            raise refused(
                _("This file cannot be used: %(why)s. Nothing was stored. Export it anew from the program that made it."),
                _("what is inside is no %(kind)s, as its name says, or something else is attached to it") % {"kind": ending},
            )  # fmt: skip
    finally:
        file.seek(0)


def ending_of(name: str) -> str:
    """The ending of a file's name in small letters, without the dot."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def _passes(check: Callable[[IO[bytes]], bool], file: IO[bytes]) -> bool:
    """What the check says; a file that makes it stumble (a length beyond all numbers, a missing byte) is refused."""
    try:
        return check(file)
    except (ValueError, IndexError, OverflowError, OSError):
        return False


def is_mp4(file: IO[bytes]) -> bool:
    """Boxes of the ISO base media format from end to end, the first of them `ftyp`, one of them `moov`."""
    size, seen = _size(file), set[str]()
    for _step in range(MOST_STEPS):
        place = file.tell()
        if place == size:
            return "moov" in seen
        head = file.read(8)
        kind = head[4:].decode("latin-1")
        if (
            len(head) < 8
            or not (kind.isascii() and kind.isalnum())
            or (not seen and kind != "ftyp")
        ):
            return False
        length = int.from_bytes(head[:4])
        if length == 1:
            length = int.from_bytes(file.read(8))
        elif length == 0:
            length = size - place  # the last box may reach to the end of the file
        if length < 8 or place + length > size:
            return False
        seen.add(kind)
        file.seek(place + length)
    return False


def is_webm(file: IO[bytes]) -> bool:
    """An EBML header that says webm, then a segment whose elements reach to the end, also where it does not say how long it is."""
    size, head = _size(file), file.read(4)
    if head != b"\x1a\x45\xdf\xa3":
        return False
    length = _ebml_number(file)
    if length is None or length > 100 or b"\x42\x82\x84webm" not in file.read(length):
        return False
    segments = 0
    for _step in range(MOST_STEPS):
        if file.tell() == size:
            return segments > 0
        element = _ebml_name(file)
        segments += element == SEGMENT
        if element not in ELEMENTS or not segments:
            return False
        length = _ebml_number(file)
        if length is None and element not in (SEGMENT, CLUSTER):
            return False
        if length is not None and file.seek(length, 1) > size:
            return False
    return False


def is_ogg(file: IO[bytes]) -> bool:
    """Pages from end to end, each beginning with OggS."""
    size, pages = _size(file), 0
    while file.tell() < size and pages < MOST_STEPS:
        head = file.read(27)
        if len(head) < 27 or head[:5] != b"OggS\x00":
            return False
        file.seek(sum(file.read(head[26])), 1)
        pages += 1
    return pages > 0 and file.tell() == size


def is_wav(file: IO[bytes]) -> bool:
    """RIFF chunks from end to end, `fmt ` and `data` among them."""
    size, head, seen = _size(file), file.read(12), set[bytes]()
    if (
        head[:4] != b"RIFF"
        or head[8:] != b"WAVE"
        or int.from_bytes(head[4:8], "little") + 8 != size
    ):
        return False
    for _step in range(MOST_CHUNKS):
        if file.tell() >= size:
            return {b"fmt ", b"data"} <= seen
        chunk = file.read(8)
        length = int.from_bytes(chunk[4:], "little")
        if len(chunk) < 8 or file.tell() + length > size:
            return False
        seen.add(chunk[:4])
        file.seek(length + length % 2, 1)
    return False


def is_mp3(file: IO[bytes]) -> bool:
    """MPEG frames from end to end; a tag may stand before them and a short one of the old kind behind."""
    size, head, frames = _size(file), file.read(10), 0
    if head[:3] == b"ID3" and len(head) == 10:
        file.seek(10 + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True)))  # fmt: skip
    else:
        file.seek(0)
    while file.tell() < size and frames < MOST_STEPS:
        place, head = file.tell(), file.read(4)
        if head[:3] == b"TAG" and size - place == 128:
            return frames > 0
        length = _frame_length(head)
        if not length:
            return False
        file.seek(place + length)
        frames += 1
    return frames > 1 and file.tell() >= size  # the last one may be cut short


def _frame_length(head: bytes) -> int:
    """The length in bytes of the MPEG frame that begins so; 0 when none does."""
    bits = int.from_bytes(head.ljust(4, b"\x00"))
    version, layer = bits >> 19 & 3, 4 - (bits >> 17 & 3)
    rate, sample, padding = bits >> 12 & 15, bits >> 10 & 3, bits >> 9 & 1
    if bits >> 21 != 0x7FF or version == 1 or layer == 4 or rate in (0, 15) or sample == 3:
        return 0
    rates = BIT_RATES[layer] if version == 3 else LOW_BIT_RATES[min(layer, 2)]
    if layer == 1:
        return (12_000 * rates[rate] // SAMPLE_RATES[version][sample] + padding) * 4
    samples = 72_000 if layer == 3 and version != 3 else 144_000
    return samples * rates[rate] // SAMPLE_RATES[version][sample] + padding


def _ebml_name(file: IO[bytes]) -> bytes:
    """The name of an EBML element; empty when none begins here."""
    first = file.read(1)
    return first + file.read(8 - first[0].bit_length()) if first and first[0] > 15 else b""


def _ebml_number(file: IO[bytes]) -> int | None:
    """The length of an EBML element; None when it is not known beforehand. Raises ValueError where there is no number."""
    first = file.read(1)
    width = 9 - first[0].bit_length() if first else 9
    rest = file.read(width - 1)
    if width > 8 or len(rest) < width - 1:
        raise ValueError
    value = int.from_bytes(bytes([first[0] & (0xFF >> width)]) + rest)
    return None if value == (1 << 7 * width) - 1 else value


def _is_pdf(file: IO[bytes]) -> bool:
    return file.read(5) == b"%PDF-"


def _is_office(file: IO[bytes]) -> bool:
    """A zip archive from its first byte, as the formats of office programs are."""
    return file.read(4) == b"PK\x03\x04" and zipfile.is_zipfile(file)


def _is_text(file: IO[bytes]) -> bool:
    return b"\x00" not in file.read(LONGEST_TEXT)


def _size(file: IO[bytes]) -> int:
    size = file.seek(0, 2)
    file.seek(0)
    return size


CHECKS: dict[str, Callable[[IO[bytes]], bool]] = {
    "mp4": is_mp4, "m4a": is_mp4, "webm": is_webm, "ogg": is_ogg, "wav": is_wav, "mp3": is_mp3,
    "pdf": _is_pdf, "docx": _is_office, "xlsx": _is_office, "odt": _is_office, "ods": _is_office,
    "csv": _is_text, "txt": _is_text,
}  # fmt: skip
