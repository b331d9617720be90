"""Looking into a zip file that somebody sent: how much is in it, where its names lead, and never more than is allowed.

Nothing is unpacked onto the disk. A zip file may lie about itself: what it says of a size is taken off the budget of the
whole upload first, and no more than that is ever unpacked.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _

from accountability.journal.carrying.asjson import NotRead
from accountability.journal.carrying.budget import Budget
from accountability.journal.carrying.carried import MOST_ENTRIES

JOURNAL = "journal.json"
OTHERS_OF_OURS = (
    50  # names in a zip file that are no entries: folders, the page, the words about it
)
MOST_TIMES, WORTH_ASKING = (
    500,
    1024 * 1024,
)  # bytes: text of people packs ten times, a bomb a thousand times
ENCRYPTED = 0x1
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
LISTED = b"PK\x01\x02"  # begins each line of the table of contents
LEFT_BY_SYSTEMS = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Part:
    """One file of a zip file, unpacked, or the sentence that says why it is not."""

    name: str
    content: bytes = b""
    problem: str = ""


def parts_of(data: bytes, budget: Budget) -> Iterator[Part]:
    """The files of a zip file; of an export of ours, its JSON alone. Raises NotRead when the whole cannot be used, and
    TooMuch when it holds more than is left.
    """
    archive = _opened(data)
    files = [info for info in archive.infolist() if not _is_left_over(info)]
    wrong = [Part(info.orig_filename, problem=why) for info in files if (why := _refused(info))]
    if wrong:
        yield from wrong
        return
    ours = [info for info in files if info.filename.rpartition("/")[2] == JOURNAL]
    wanted = ours[:1] or files
    budget.spend(sum(info.file_size for info in wanted))
    for info in wanted:
        yield _part(archive, info)


def _opened(data: bytes) -> zipfile.ZipFile:
    """The archive, once it is sure that its table of contents is no attack by itself."""
    if data.count(LISTED) > MOST_ENTRIES + OTHERS_OF_OURS:
        raise NotRead(
            _("It holds more than %(most)s files. Bring them in in several parts.")
            % {"most": f"{MOST_ENTRIES:,}"}
        )
    try:
        return zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise NotRead(_("This zip file is damaged or not complete.")) from None


def _is_left_over(info: zipfile.ZipInfo) -> bool:
    """Folders, and what systems leave in them."""
    last = info.filename.rpartition("/")[2]
    return info.is_dir() or info.filename.startswith(LEFT_BY_SYSTEMS) or last in LEFT_BY_SYSTEMS


def _refused(info: zipfile.ZipInfo) -> str:
    """Why no part of this zip file is read; empty when this file is as it should be."""
    name, mode = info.orig_filename, info.external_attr >> 16
    parts = name.split("/")
    if "\x00" in name or "\\" in name or name.startswith("/") or ".." in parts or ":" in parts[0]:
        return _("Its name leads to another place. The zip file is not as it should be.")
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
        return _("It is no file but a link to one.")
    if info.flag_bits & ENCRYPTED:
        return _("It is locked with a password. Unpack it first, and send what is inside.")
    if info.compress_type not in PACKINGS:
        return _("It is packed in a way that is not read here. Pack it as an ordinary zip file.")
    if info.file_size > max(WORTH_ASKING, info.compress_size * MOST_TIMES):
        return _("It would unpack to far more than it is. This is no journal.")
    return ""


def _part(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Part:
    try:
        with archive.open(info) as file:
            content = file.read(info.file_size)  # a stream that holds more is cut off, and damaged
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):  # fmt: skip
        return Part(info.filename, problem=_("It is damaged."))
    return Part(info.filename, content)
