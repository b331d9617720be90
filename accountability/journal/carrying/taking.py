"""Everything in one zip file, in the order in which it is made: entries, JSON, the page, and the words about it last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from accountability.journal.carrying import asjson, frontmatter, reader
from accountability.journal.carrying.carried import Carried, Journal
from core.packing import File, packed


def taken_along(member: Any) -> Iterator[bytes]:
    """The pieces of the zip file with all of the member's journal, in the language and the time zone that are active now.

    It is read three times, a hundred entries at once, so that a journal of any size takes no more memory.
    """
    journal, at = Journal.of(member), timezone.localtime()
    return packed(_files(journal, at, timezone.get_current_timezone(), translation.get_language()))


def _files(journal: Journal, at: datetime, zone: tzinfo, language: str | None) -> Iterator[File]:
    yield from as_markdown(journal, zone)
    entries = (entry for entry, _html in journal.read())
    yield "journal.json", at, asjson.written_as(entries, at=at, shut=journal.shut)
    yield "index.html", at, _spoken(reader.written_as(journal, at=at, zone=zone), zone, language)
    yield "README.txt", at, _spoken(_about_it(journal, at), zone, language)


def _about_it(journal: Journal, at: datetime) -> Iterator[str]:
    yield render_to_string("journal/reader/README.txt", {"at": at, "shut": list(journal.shut)})


def _spoken(pieces: Iterator[str], zone: tzinfo, language: str | None) -> Iterator[str]:
    """The pieces in a language and a time zone: those of the request have ended when a streamed answer is made."""
    while True:
        with translation.override(language), timezone.override(zone):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


def as_markdown(journal: Journal, zone: tzinfo) -> Iterator[File]:
    """Each entry and draft as a file, in a folder for what it is."""
    taken: dict[str, int] = {}
    for entry, _html in journal.read():
        name = f"{_folder(entry)}/{frontmatter.name_of(entry, zone, taken)}"
        moment = (entry.changed or entry.written or timezone.now()).astimezone(zone)
        yield name, moment, [frontmatter.written_as(entry, zone)]


def _folder(entry: Carried) -> str:
    if entry.is_draft:
        return "drafts"
    return "deleted" if entry.deleted else "entries"
