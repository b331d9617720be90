"""How long a refused sign-in takes for a known and for an unknown address, asked in turn."""

from __future__ import annotations

import re
import statistics
import time
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener


def sign_in_times(base: str, *, rounds: int) -> tuple[float, float]:
    """Medians in milliseconds for a known and an unknown address, `rounds` posts each, one after the other."""
    opener = build_opener(HTTPCookieProcessor(CookieJar()))
    address = f"{base}/account/login/"
    with opener.open(address, timeout=30) as page:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
    if not token:
        raise RuntimeError("The sign-in page has no token.")
    times: dict[bool, list[float]] = {True: [], False: []}
    for number in range(rounds):
        for known in (True, False):
            email = "dev@riverton.example" if known else f"nobody{number}@riverton.example"
            times[known].append(_post(opener, address, email, token[1]))
    return statistics.median(times[True]), statistics.median(times[False])


def _post(opener: OpenerDirector, address: str, email: str, token: str) -> float:
    form = {"login": email, "password": "not the password", "csrfmiddlewaretoken": token}
    begun = time.perf_counter()
    try:
        with opener.open(address, urlencode(form).encode(), timeout=30) as answer:
            answer.read()
    except HTTPError as refused:
        refused.read()
    return (time.perf_counter() - begun) * 1000
