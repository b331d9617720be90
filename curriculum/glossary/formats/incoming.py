"""What a file of terms holds once it is read, and why one is refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from curriculum.glossary.models import Wording
from curriculum.glossary.words import address_of

LARGEST = 20_000_000  # bytes
BEFORE_ALL = datetime.min.replace(tzinfo=UTC)
#: What a wording says where a file says nothing.
UNSAID: dict[str, Any] = {
    field.name: str(unsaid) if isinstance(unsaid, str) else unsaid
    for field in Wording._meta.local_fields
    for unsaid in (field.get_default(),)
}


class ImportRefused(Exception):
    """The file cannot be used; the message names the place in it and the reason."""

    def __init__(self, place: str, reason: str) -> None:
        said = {"place": place, "reason": reason}
        super().__init__(_("%(place)s: %(reason)s") % said if place else reason)


@dataclass(frozen=True)
class Said:
    """One wording: where in the file it stands, its words, and when it was adopted where it comes from."""

    place: str
    words: dict[str, Any]
    at: datetime = BEFORE_ALL


@dataclass
class Incoming:
    """One term of a file. `wordings` are in the order in which they were adopted, in each language."""

    slug: str
    place: str
    label: str
    wordings: list[Said] = field(default_factory=list)
    retired: bool = False
    retired_at: datetime = BEFORE_ALL
    replaced_by: str = ""


def text_of(path: Path) -> str:
    """The file's text. Raises ImportRefused for one that is too large or no text."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as problem:
        raise ImportRefused("", _("it cannot be read (%(problem)s).") % {"problem": problem.strerror}) from None  # fmt: skip
    if len(content) > LARGEST:
        raise ImportRefused("", _("it is larger than %(most)s megabytes. Split it.") % {"most": LARGEST // 1_000_000})  # fmt: skip
    if b"\0" in content:
        raise ImportRefused("", _("it holds NUL bytes, so it is no text. Save it as CSV or JSON in UTF-8."))  # fmt: skip
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ImportRefused("", _("it is not in UTF-8. Save it as CSV or JSON in UTF-8.")) from None


def check_address(slug: str, place: str) -> None:
    """Raise ImportRefused for a slug that no name gives."""
    if not slug or address_of(slug) != slug:
        said = _("“%(slug)s” is no address of a term: small letters, figures and hyphens, at most 120.")  # fmt: skip
        raise ImportRefused(place, said % {"slug": slug[:60]})
