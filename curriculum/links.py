"""A slow and careful look at the web addresses that lessons and facts lead to. Off unless an installation asks (CHECK_LINKS).

Editors write the addresses, so they are not trusted: a name is resolved once, every number of it must be public, and the
connection goes to the number that was looked at. Each redirect is looked at anew. No body is read, nothing is kept but whether
it answered. One address a minute at most, each once a week, so that nobody is pressed.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from curriculum.models import Fact, Finding, FindingKind, LinkCheck

EVERY = timedelta(days=7)
SECONDS = 4  # of one connection
MOST_SECONDS = 12  # of one address; the worker has other work
MOST_REDIRECTS = 4
NOT_FOR_HEAD = frozenset({400, 403, 404, 405, 501})
MOVED = frozenset({301, 302, 303, 307, 308})
#: Ranges that carry another network's address inside: 64:ff9b::/96 could name a machine in this house.
CARRIERS = tuple(
    map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
)
PORTS = {"http": 80, "https": 443}

Judge = Callable[[str], bool]


class Refused(Exception):
    """We do not ask there; the message says why."""


def check_next(*, now: datetime) -> int:
    """Look at the address whose look is due first; returns 1 when there was one. No query while it is off."""
    if not settings.CHECK_LINKS:
        return 0
    address = _due(now)
    if address is None:
        return 0
    LinkCheck.objects.update_or_create(
        address=address, defaults={"checked_at": now, "trouble": trouble_at(address)[:200]}
    )
    return 1


def _due(now: datetime) -> str | None:
    """An address that was never looked at, or not for a week."""
    links = Finding.objects.filter(kind=FindingKind.LINK, lesson__live=True)
    web = links.filter(address__startswith="http").values_list("address", flat=True)
    wanted = {*web, *Fact.objects.exclude(source_url="").values_list("source_url", flat=True)}
    seen = dict(LinkCheck.objects.values_list("address", "checked_at"))
    due = [one for one in wanted if one not in seen or seen[one] < now - EVERY]
    return min(
        due, key=lambda one: (seen[one].timestamp() if one in seen else 0, one), default=None
    )


def is_public(number: str) -> bool:
    """Whether an IP address belongs to the open internet, and to one machine of it."""
    address = ipaddress.ip_address(number.partition("%")[0])
    if any(address in one for one in CARRIERS if one.version == address.version):
        return False
    return address.is_global and not address.is_multicast


def trouble_at(address: str, *, judge: Judge = is_public) -> str:
    """What is wrong with a web address, in a sentence; empty when it answers. Never raises."""
    end = time.monotonic() + MOST_SECONDS
    try:
        for _step in range(MOST_REDIRECTS + 1):
            if time.monotonic() > end:
                raise TimeoutError
            status, moved_to = _ask(address, judge)
            if status not in MOVED or not moved_to:
                return "" if status < 400 else _("It answered %(status)s.") % {"status": status}
            address = urljoin(address, moved_to)
        return _("It leads from one address to the next without an end.")
    except Refused as refusal:
        return str(refusal)
    except ssl.SSLError:
        return _("Its certificate is not valid.")
    except (OSError, http.client.HTTPException, ValueError):
        return _("It did not answer.")


def _ask(address: str, judge: Judge) -> tuple[int, str]:
    """The status and where it leads on, by HEAD, and by GET where a server has no answer to that."""
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.password:
        raise Refused(_("This is no plain web address."))
    port = parts.port or PORTS[parts.scheme]
    number = _number_of(parts.hostname, port, judge)
    status, moved_to = _request("HEAD", parts, number, port)
    return _request("GET", parts, number, port) if status in NOT_FOR_HEAD else (status, moved_to)


def _number_of(host: str, port: int, judge: Judge) -> str:
    """The IP address to connect to. Raises Refused when any that the name has is not public, or the port is another."""
    numbers = [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if (
        not numbers
        or not all(map(judge, numbers))
        or (judge is is_public and port not in PORTS.values())
    ):
        raise Refused(_("It leads to a machine that is not on the public web, so we did not ask."))
    return numbers[0]


def _request(method: str, parts: SplitResult, number: str, port: int) -> tuple[int, str]:
    connection = http.client.HTTPConnection(str(parts.hostname), port, timeout=SECONDS)
    plain = socket.create_connection((number, port), timeout=SECONDS)
    try:
        connection.sock = plain
        if parts.scheme == "https":
            secure = ssl.create_default_context()
            connection.sock = secure.wrap_socket(plain, server_hostname=parts.hostname)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, path, headers={"User-Agent": _agent(), "Accept": "*/*", "Connection": "close"})  # fmt: skip
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", "")
    finally:
        connection.close()
        plain.close()


def _agent() -> str:
    return f"Lodestar link check (+{settings.SITE_URL})"
