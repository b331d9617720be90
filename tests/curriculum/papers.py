"""What the stories about paper share: ask for a PDF, let the worker make it, read it back."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.management import call_command
from pypdf import PdfReader

from curriculum.glossary.linking.working import relink_all

MODULE = "/learn/how-redlining-worked/"
PRINT = f"{MODULE}print/"
PLAN = f"{MODULE}session-plan/"
RECORD = "/learn/record/"


def work() -> None:
    """One round of the worker."""
    call_command("run_worker", "--once", verbosity=0)


def made(client: Any, page: str, form: dict[str, Any] | None = None, size: str = "") -> PdfReader:
    """The PDF of a page, asked for by POST, made by the worker, downloaded and read."""
    relink_all()  # the worker was there before; what it finds later makes another PDF
    asked = client.post(f"{page}pdf/{size}", form or {})
    assert asked.status_code == 302, asked.text
    work()
    answer = client.get(f"{page}file/{size}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    return PdfReader(BytesIO(answer.content))


def words(reader: PdfReader) -> str:
    """The words of all pages, on one line."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())
