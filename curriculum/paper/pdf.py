"""HTML as a PDF, where the machine can make one: tagged for screen readers (PDF/UA), with nothing fetched from elsewhere."""

from __future__ import annotations

import ctypes
import logging
import re
import sys
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage

from curriculum.models import RedliningMap

#: What WeasyPrint loads of the system, by platform.
PANGO = {
    "linux": "libpango-1.0.so.0",
    "darwin": "libpango-1.0.dylib",
    "win32": "libpango-1.0-0.dll",
}
SHEET = "css/pdf.css"
DRAWING_SHEET = "css/drawing-pdf.css"
VARIANT = "pdf/ua-1"
TYPES = {
    ".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp", ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg", ".gif": "image/gif",
}  # fmt: skip
DRAWING = re.compile(r"^/maps/([0-9a-f]{64})\.svg$")
STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
SVG = re.compile(r"<svg\b[^>]*>")


class NothingFromElsewhere(ValueError):
    """An address that a PDF may not show anything from."""


@cache
def is_possible() -> bool:
    """Whether WeasyPrint is installed and Pango is on the system. Neither is loaded into this process by asking."""
    if find_spec("weasyprint") is None:
        return False
    try:
        ctypes.CDLL(PANGO.get(sys.platform, PANGO["linux"]))
    except OSError:
        return False
    return True


def render(html: str) -> bytes:
    """The document as a PDF. Raises ImportError or OSError where `is_possible` says no."""
    # Loaded by the worker when the first PDF is made: it is optional, large, and needs the system's Pango.
    from weasyprint import CSS, HTML

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it would log addresses and words
    fetch = fetcher()
    sheet = CSS(string=read_static(SHEET).decode(), url_fetcher=fetch)
    html = SVG.sub(lambda opened: opened[0] + _drawing_rules(), html)
    document = HTML(string=html, base_url=f"{settings.SITE_URL}/", url_fetcher=fetch)
    made: bytes = document.write_pdf(stylesheets=[sheet], pdf_variant=VARIANT, pdf_tags=True)
    return made


def fetcher() -> Any:
    """What WeasyPrint asks for pictures: it opens nothing but what `content_at` gives."""
    # As in `render`.
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OurFilesAlone(URLFetcher):
        """No file, no network, no data in an address."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            """The content of one of our own addresses. Raises NothingFromElsewhere for any other."""
            content, kind = content_at(url)
            return URLFetcherResponse(url, BytesIO(content), {"Content-Type": kind})

    return OurFilesAlone()


def content_at(url: str) -> tuple[bytes, str]:
    """What a document may show: static pictures, resized pictures of published pages, drawings of maps.

    Raises NothingFromElsewhere for everything else, be it a file of the machine or an address on the network.
    """
    asked, own = urlsplit(url), urlsplit(settings.SITE_URL)
    path = unquote(asked.path)
    kind = TYPES.get(path[path.rfind(".") :].lower(), "")
    if (asked.scheme, asked.netloc) != (own.scheme, own.netloc) or not kind:
        raise NothingFromElsewhere("This is none of our pictures.")
    if DRAWING.match(path):
        return _drawing(path), kind
    if path.startswith(settings.STATIC_URL):
        return read_static(path.removeprefix(settings.STATIC_URL)), kind
    if path.startswith(f"{settings.MEDIA_URL}images/") and ".." not in path:
        with default_storage.open(path.removeprefix(settings.MEDIA_URL)) as picture:
            return picture.read(), kind
    raise NothingFromElsewhere("This is none of our pictures.")


def read_static(name: str) -> bytes:
    """A static file by its name without a hash. Raises NothingFromElsewhere when there is none."""
    found = None if ".." in name else finders.find(name)
    if not isinstance(found, str):
        raise NothingFromElsewhere("There is no such static file.")
    with open(found, "rb") as file:
        return file.read()


def _drawing(path: str) -> bytes:
    """A map's drawing, its colors in words that a PDF knows."""
    found = DRAWING.match(path)
    row = RedliningMap.objects.filter(svg_sha256=found[1]).first() if found else None
    if row is None:
        raise NothingFromElsewhere("There is no such map.")
    return STYLE.sub(lambda _old: _drawing_rules(), row.svg, count=1).encode()


def _drawing_rules() -> str:
    """The rules of a drawing: each picture has to bring its own, as the page's do not reach into it."""
    return f"<style>{read_static(DRAWING_SHEET).decode()}</style>"
