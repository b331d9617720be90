"""The drawing of a map at an address of its own, which names its content and so never changes."""

from __future__ import annotations

import gzip
import re
from base64 import b64encode
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from core.access import ANYONE, open_to, visible_or_404
from core.content import FOREVER
from curriculum.models import RedliningMap

NO_GZIP = re.compile(r"\bgzip\s*;\s*q\s*=\s*0(?:\.0*)?\s*(?:,|$)")
STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


@open_to(ANYONE)
@require_safe
def map_drawing(request: HttpRequest, drawing: str) -> HttpResponse:
    """The drawing whose content has this hash, packed for who takes gzip. 404 for any other hash.

    Open to all, whatever lesson shows it: a map is published content that is drawn from a public survey and says
    nothing about members, and its address cannot be guessed by who has not seen a page with it or the same file.
    """
    drawings = RedliningMap.objects.only("svg_gzip", "svg_sha256")
    packed = bytes(visible_or_404(drawings, svg_sha256=drawing).svg_gzip)
    plain = gzip.decompress(packed)
    takes_gzip = _takes_gzip(request.headers.get("Accept-Encoding", ""))
    answer = HttpResponse(packed if takes_gzip else plain, content_type="image/svg+xml")
    if takes_gzip:
        answer["Content-Encoding"] = "gzip"
    answer["Cache-Control"] = FOREVER
    answer["Content-Security-Policy"] = _policy(plain)
    patch_vary_headers(answer, ["Accept-Encoding"])
    return answer


def _takes_gzip(accepted: str) -> bool:
    accepted = accepted.lower()
    return "gzip" in accepted and not NO_GZIP.search(accepted)


def _policy(svg: bytes) -> str:
    """Nothing but the drawing's own rules, named by their hash: no script, no other file, no frame around it."""
    found = STYLE.search(svg)
    rules = b64encode(sha256(found[1] if found else b"").digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{rules}'; frame-ancestors 'none'; sandbox"
