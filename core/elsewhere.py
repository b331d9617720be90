"""Whether a request was sent by another site's page, by the browser's own word (threats B13)."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import is_same_domain

#: What `Sec-Fetch-Site` says of a page that is not ours; a neighbor on the same domain is not ours either.
ELSEWHERE = frozenset({"cross-site", "same-site"})


def from_elsewhere(request: HttpRequest) -> bool:
    """Whether the browser names another site as the sender. One that names none (an old one, a script) counts as here.

    `Origin` decides, then `Sec-Fetch-Site`, then `Referer`. Ours are this host and CSRF_TRUSTED_ORIGINS. An origin of
    `null` (a sandboxed frame, a file, a redirect by way of another site) is none of ours: our own pages send theirs.
    """
    origin = request.headers.get("Origin")
    if origin is not None:
        return not _is_ours(request, origin)
    if request.headers.get("Sec-Fetch-Site", "").lower() in ELSEWHERE:
        return True
    referer = request.headers.get("Referer", "")
    return bool(referer) and not _is_ours(request, referer)


def _is_ours(request: HttpRequest, address: str) -> bool:
    try:
        parts = urlsplit(address.lower())
    except ValueError:
        return False
    if (parts.scheme, parts.netloc) == (request.scheme, request.get_host().lower()):
        return True
    trusted = (urlsplit(one) for one in settings.CSRF_TRUSTED_ORIGINS)
    return any(
        parts.scheme == one.scheme and is_same_domain(parts.netloc, one.netloc.lstrip("*"))
        for one in trusted
    )
