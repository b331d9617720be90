"""The page in the zip file that shows the journal without a network: one file, with its style and its search inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo
from functools import cache

from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from accountability.journal.carrying.carried import Carried, Journal
from core.text import trusted

STYLES = ("css/foundation.css", "css/journal-reader.css")
SCRIPT = "js/journal/reader.js"
OWN_LINK = re.compile(r'(<a\b[^>]*? href=")/(?!/)')


def written_as(journal: Journal, *, at: datetime, zone: tzinfo) -> Iterator[str]:
    """The page in pieces, in the language that is active."""
    years = sorted({row.written.astimezone(zone).year for row in journal.rows}, reverse=True)
    yield render_to_string(
        "journal/reader/head.html",
        {
            "style": trusted(f"<style>\n{_inside(*STYLES)}</style>"),
            "years": years,
            "at": at,
            "count": len(journal.rows),
            "language": get_language(),
            "direction": "rtl" if get_language_bidi() else "ltr",
        },
    )
    template, named = get_template("journal/reader/entry.html"), set[int]()
    for entry, html in journal.read(html=True):
        written = (entry.written or at).astimezone(zone)
        anchor = "" if written.year in named else f"y{written.year}"
        named.add(written.year)
        yield template.render(
            {
                "text": entry.text,
                "body": trusted(OWN_LINK.sub(rf"\1{settings.SITE_URL}/", html)),
                "written": written,
                "state": _state(entry),
                "anchor": anchor,
                "prompt_url": _whole(entry.text.prompt.url if entry.text.prompt else ""),
                "about_url": _whole(entry.text.about.url if entry.text.about else ""),
            }
        )
    yield render_to_string(
        "journal/reader/foot.html",
        {
            "shut": list(journal.shut),
            "script": trusted(f"<script>\n{_inside(SCRIPT)}</script>"),
        },
    )


def _state(entry: Carried) -> str:
    if entry.is_draft:
        return _("Draft")
    return _("Deleted") if entry.deleted else ""


def _whole(url: str) -> str:
    """An address of this site, for a page that is read elsewhere."""
    return f"{settings.SITE_URL}{url}" if url.startswith("/") else ""


@cache
def _inside(*names: str) -> str:
    """Our own files, as they are served. None of them may hold the end of the element they stand in."""
    text = "\n".join((settings.ROOT / "static" / name).read_text(encoding="utf-8") for name in names)  # fmt: skip
    if "</" in text:
        raise ValueError("A style or script that ends its own element.")
    return text
