"""What the stories of taking the journal along share: hands that export and import, and zip files of all kinds."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accountability.journal.models import Draft, Entry
from accountability.journal.texts import text_of

EXPORT, IMPORT = "/journal/export/", "/journal/import/"
ID = UUID("5f1c0000-0000-4000-8000-000000000001")


def taken(client: Client) -> zipfile.ZipFile:
    """The zip file that this member takes along."""
    answer = client.post(EXPORT)
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def bytes_of(archive: zipfile.ZipFile) -> bytes:
    """The zip file as it lies on a disk."""
    assert archive.fp is not None
    archive.fp.seek(0)
    return archive.fp.read()


def bring(client: Client, *files: tuple[str, bytes | str]) -> Any:
    """Send files, each a name and what is in it."""
    sent = [
        SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
        for name, content in files
    ]
    return client.post(IMPORT, {"files": sent})


def said(answer: Any) -> list[str]:
    """The sentences of what came of it."""
    page = answer.content.decode()
    found = re.search(r'<section class="(?:errors|card flow)".*?</section>', page, re.S)
    items = re.findall(r"<li>(.*?)</li>|<p>([^<]*)</p>", found[0] if found else "", re.S)
    return [" ".join(re.sub("<[^>]*>", "", item or more).split()) for item, more in items]


def zipped(files: dict[str, bytes | str], **options: Any) -> bytes:
    """A zip file of these."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def journal_json(*entries: dict[str, Any], **others: Any) -> str:
    """An export's JSON with these entries; what they do not say is as usual."""
    usual = {"title": "", "body": "Rain.", "tags": [], "written": "2026-11-29T08:00:00+00:00"}
    listed = [{"id": str(uuid4()), **usual, **entry} for entry in entries]
    return json.dumps({"format": "lodestar-journal", "version": 1, "entries": listed, **others})


def told(member: Any) -> list[tuple[Any, ...]]:
    """All that a member's journal says and when, ids aside."""
    entries = [
        (text_of(row), row.written_at, row.changed_at, row.deleted_at)
        for row in Entry.objects.of(member)
    ]
    drafts = [(text_of(row), row.saved_at, row.of_version) for row in Draft.objects.of(member)]
    return sorted(entries, key=repr) + sorted(drafts, key=repr)
