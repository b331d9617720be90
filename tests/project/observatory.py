"""The score of an answer by the published rules of Mozilla's HTTP Observatory (algorithm 5), as far as an answer alone shows it.

Begins with 100; what is missing takes points, what goes beyond gives some, but only where 90 are left without. 100 is an A+.
What an answer does not show counts here as its proxy does it (`deploy/`): the way from HTTP to HTTPS, no mixed hosts.
"""

import re
from http.cookies import Morsel

LEAST_AGE = 15_768_000  # seconds: half a year
BROAD = {"*", "https:", "http:", "data:", "blob:"}
UNSAFE = {"'unsafe-inline'", "'unsafe-eval'"}
TIGHT_FORMS = (["'self'"], ["'none'"])
PRIVATE_REFERRER = {
    "no-referrer",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
}
SCRIPT = re.compile(r"<script[^>]*\ssrc=[\"']([^\"']+)")


def score(answer, cookies=()):
    """The points of an answer over TLS, with the cookies (Morsel) that it sets."""
    rules = (
        policy(answer), transport(answer), framing(answer), sniffing(answer), referrer(answer), sharing(answer),
        scripts(answer), biscuits(cookies),
    )  # fmt: skip
    without = 100 + sum(points for points in rules if points < 0)
    return without if without < 90 else 100 + sum(rules)


def directives(answer):
    """The content policy, by directive."""
    parts = answer.headers.get("Content-Security-Policy", "").split(";")
    return {part.split()[0]: part.split()[1:] for part in parts if part.strip()}


def policy(answer):
    """Content-Security-Policy: -25 to 10."""
    found = directives(answer)
    if not found:
        return -25
    default = found.get("default-src", ["*"])
    script, objects = found.get("script-src", default), found.get("object-src", default)
    if (UNSAFE | BROAD) & set(script) or BROAD & set(objects):
        return -20
    if "http:" in {word for words in found.values() for word in words}:
        return -20
    if (UNSAFE | BROAD) & set(found.get("style-src", default)):
        return 0
    return 10 if default == ["'none'"] and found.get("form-action") in TIGHT_FORMS else 5


def transport(answer):
    """Strict-Transport-Security: 0, or -10 when it is short, or -20."""
    found = re.search(r"max-age=(\d+)", answer.headers.get("Strict-Transport-Security", ""))
    if not found:
        return -20
    return 0 if int(found[1]) >= LEAST_AGE else -10


def framing(answer):
    """Who may show it in a frame: 5 by policy, 0 by the older header, -20."""
    if directives(answer).get("frame-ancestors", ["*"]) in (["'none'"], ["'self'"]):
        return 5
    return 0 if answer.headers.get("X-Frame-Options", "").upper() in {"DENY", "SAMEORIGIN"} else -20


def sniffing(answer):
    """X-Content-Type-Options: 0 or -5."""
    return 0 if answer.headers.get("X-Content-Type-Options") == "nosniff" else -5


def referrer(answer):
    """Referrer-Policy: 5, 0 without one, or -5."""
    found = answer.headers.get("Referrer-Policy")
    return 0 if found is None else 5 if found in PRIVATE_REFERRER else -5


def sharing(answer):
    """Cross-origin reading: 0 for nobody or for the public, -50 for anybody as the reader; 10 where embedding is refused."""
    if answer.headers.get("Access-Control-Allow-Credentials", "") == "true":
        return -50
    tight = answer.headers.get("Cross-Origin-Resource-Policy") in {"same-origin", "same-site"}
    return 10 if tight else 0


def scripts(answer):
    """Scripts from elsewhere without a hash: -5; there are none."""
    if "html" not in answer.headers.get("Content-Type", "") or answer.streaming:
        return 0
    elsewhere = [src for src in SCRIPT.findall(answer.text) if re.match(r"(?:https?:)?//", src)]
    return -5 if elsewhere else 0


def biscuits(cookies):
    """Cookies: 5 when all are tight, 0 without any, less otherwise."""
    if not cookies:
        return 0
    if not all(cookie["secure"] for cookie in cookies):
        return -40
    if not all(cookie["httponly"] for cookie in cookies if is_secret(cookie)):
        return -30
    return 5 if all(cookie["samesite"] in {"Lax", "Strict"} for cookie in cookies) else -20


def is_secret(cookie: Morsel):
    """Whether somebody could act as the reader with it."""
    return any(word in cookie.key.lower() for word in ("sess", "csrf", "login"))
