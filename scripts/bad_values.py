"""Values that nobody means, for every place in a request where one can stand. Standard library only.

Each is here because it has broken programs like this one: NUL and halves of letters, numbers past every column, markup, SQL,
templates, formulas, paths, letters that look alike or turn the line around, and things much too large.
"""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
import zlib
from random import Random

#: Stands in an answer as it is only when nobody escaped it.
MARKUP = "<img src=x onerror=lodestar7>"
SCRIPT = "<script>lodestar7()</script>"
TEMPLATE = "{{ 7919*7907 }}{% 7919*7907 %}${7919*7907}"
COMPUTED = "62615533"  # what the template comes to where somebody runs it
ELSEWHERE = "elsewhere.example"
HUGE_NUMBER = "9" * 400
UNUSED = "00000000-0000-4000-8000-000000000000"

TEXTS = (
    "", " ", "\0", "a\0b", '"', "'", "\\", "%", "%s%n%x", "null", "undefined", "NaN", "Infinity", "-0", "1e999", "0x10",
    "-1", "0", "2147483648", "9223372036854775808", HUGE_NUMBER, "٣٤", "½", "true", "[]", "{}", "on",
    MARKUP, SCRIPT, f'">{MARKUP}', f"'>{MARKUP}", f"</textarea>{SCRIPT}", f"</title>{SCRIPT}", "<svg/onload=lodestar7()>",
    f"[a](javascript:lodestar7) {MARKUP}", "javascript:lodestar7()", "data:text/html,<b>", "![](x" * 200, "[" * 3000,
    "*a **b " * 800, "> " * 900 + "x", "`" * 3000, "- " * 600 + "x", "<" * 4000, "&#0;&#xD800;&#x110000;",
    "' OR 1=1 --", "'; DROP TABLE accounts_user; --", "1 UNION SELECT password FROM accounts_user", 'a" AND "b" NOT NEAR(',
    "%' ESCAPE '", TEMPLATE, "{0.__class__}", "=cmd|'/C calc'!A0", "+1+1", "@SUM(1)", "-2+3", "\t=1",
    "../../../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/passwd\0.png", "file:///etc/passwd", "C:\\con", "a/../b",
    "a\r\nX-Injected: lodestar7", "a\nBcc: x@elsewhere.example", "x@elsewhere.example\r\nBcc: y@elsewhere.example",
    f"//{ELSEWHERE}/", f"https://{ELSEWHERE}/", f"/\\{ELSEWHERE}", f"\thttps://{ELSEWHERE}",
    "\u202egnp.exe", "\u2066\u2069\u200b\ufeff", "\u0440\u0430\u0443\u0440\u0430l", "D\u0435v B\u0430nerjee", "\U0001f600\U000e0041",
    "Z\u0351\u036b" * 400, "ﷺ" * 300, "\u0130I\u0131i", "é" * 3000, "a" * 20_000, "x " * 10_000, "\n" * 5000, "2026-02-30", "0000-00-00",
    "9999-12-31T23:59:60Z", "24:61", "99999999999-01-01", "Europe/../UTC", "a@b", "a" * 300 + "@elsewhere.example",
    '{"a":' * 500, "[" * 900 + "]" * 900, "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
)  # fmt: skip
#: In a path or a query as they travel, escaped by nobody.
RAW = (
    "%00", "%ff", "%ed%a0%80", "%c0%af", "%", "%2", "%zz", "%252e%252e%252f", "..%2f..%2fetc%2fpasswd", "%2e%2e/", "....//",
    "%0d%0aX-Injected:%20lodestar7", "%5c..%5c", ";a=b", "%u0041", "%f0%9f%98%80", "%e2%80%ae", "x" * 3000, "%41" * 1000, "a%00.html",
    "%3Cimg%20src%3Dx%20onerror%3Dlodestar7%3E", "%22", "%27", "~", "*", "@", "%23", "%3F", "{}", "%7B%7B7919*7907%7D%7D",
)  # fmt: skip
NUMBERS = (
    "0",
    "1",
    "2",
    "3",
    "-1",
    "00",
    "2147483648",
    "9223372036854775808",
    "9" * 40,
    HUGE_NUMBER,
)
IDS = (UNUSED, UNUSED.upper(), "ffffffff-ffff-ffff-ffff-ffffffffffff", "0" * 32, "1", "not-an-id")
SLUGS = ("spring", "autumn", "pilot", "nowhere", "x" * 300, HUGE_NUMBER, "-", "_", "constructor")
#: Names that pages of this kind read.
NAMES = (
    "q", "page", "next", "lang", "id", "p", "order", "ordering", "kind", "which", "format", "language", "grade", "csrfmiddlewaretoken",
    "act", "action", "once", "revision", "owner", "is_staff", "is_superuser", "caucus", "sealed", "role", "member", "status", "search",
    "q[]", "q.a", "__proto__", "_method", "fields", "limit", "offset", "export", "mode", "edition", "seen", "turn",
)  # fmt: skip
HEADERS: tuple[tuple[str, str], ...] = (
    ("Host", ELSEWHERE), ("Host", "localhost:99999"), ("Host", ""), ("Host", "localhost/../x"), ("X-Forwarded-Host", ELSEWHERE),
    ("X-Forwarded-For", "1, 2, a, ::1, " * 50), ("X-Forwarded-Proto", "gopher"), ("Forwarded", f"host={ELSEWHERE}"),
    ("X-Original-URL", "/admin/"), ("X-Rewrite-URL", "/admin/"), ("X-HTTP-Method-Override", "DELETE"),
    ("Accept-Language", "xx-" * 500), ("Accept-Language", "es;q=nan, *;q=1e9"), ("Accept-Language", "\xff\xfe"), ("Accept", "a/" * 900),
    ("Accept", "application/json"), ("Accept-Encoding", "gzip;q=-1, \xff"), ("Cookie", "session=" + "A" * 4000),
    ("Cookie", "session=a:b:c; csrftoken=\x01; django_language=../../x"), ("Cookie", ";;;=;a"), ("Cookie", 'messages="[[1]]"; session=""'),
    ("Range", "bytes=0-,0-,0-,0-,0-"), ("Range", "bytes=-1-9"), ("Range", f"bytes={HUGE_NUMBER}-"), ("Range", "bytes=5-2"), ("Range", "lines=1"),
    ("If-Modified-Since", "yesterday"), ("If-Modified-Since", "Sat, 99 Foo 99999 99:99:99 GMT"), ("If-None-Match", '"' * 900), ("If-None-Match", "*"),
    ("Origin", f"https://{ELSEWHERE}"), ("Origin", "null"), ("Referer", f"https://{ELSEWHERE}/"), ("Referer", "\xff"), ("Referer", "http://[::1"),
    ("Authorization", "Bearer " + "a" * 3000), ("Authorization", "Basic !!!"), ("User-Agent", MARKUP + "x" * 3000), ("X-Requested-With", "XMLHttpRequest"),
    ("Sec-Fetch-Site", "cross-site"), ("Content-Length", "-1"), ("Expect", "200-maybe"), ("X-Long", "y" * 30_000), ("Upgrade", "websocket"),
    ("X-CSRFToken", "x" * 900), ("Content-Language", "zz\tzz"),
)  # fmt: skip
#: What a body says it is, and is not.
KINDS = (
    "application/x-www-form-urlencoded; charset=utf-7", "application/x-www-form-urlencoded; charset=no-such", "application/json",
    "application/json; charset=utf-16", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\xff",
    "multipart/form-data; boundary=" + "b" * 400, "text/plain", "application/xml", "text/csv", "", "a", "application/octet-stream",
    "application/x-www-form-urlencoded; charset=rot13", "multipart/mixed; boundary=x", "application/csp-report",
)  # fmt: skip
METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "PATCH", "PROPFIND", "get")
BOUNDARY = "lodestarboundary"


def nested_json(chance: Random) -> bytes:
    """JSON that is deep, of the wrong kind, doubled, or not JSON."""
    return chance.choice([
        b"[" * 50_000, b'{"a":' * 20_000 + b"1" + b"}" * 20_000, b"null", b"0", b'"x"', b'{"a":1,"a":2}', b"\xff\xfe{}",
        json.dumps({name: [{name: None}] for name in NAMES}).encode(), b'{"__proto__":{"is_staff":true}}', b"1" * 5000, b"NaN", b"{",
    ])  # fmt: skip


def picture(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it is of this size."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = b"IDAT" + zlib.compress(b"\0" * 2000)
    parts = (head, rows, b"IEND")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part))
        for part in parts
    )


def packed_bomb() -> bytes:
    """A zip of some kilobytes that holds eight megabytes, with a name that climbs."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("../../escaped.txt", b"\0" * 8_000_000)
    return into.getvalue()


def files() -> tuple[tuple[str, str, bytes], ...]:
    """Name, kind and content of what is sent where a file is wanted."""
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' onload='lodestar7()'>{SCRIPT}</svg>".encode()
    return (
        ("a.png", "image/png", picture(10_000, 10_000)), ("a.png", "image/png", picture(0, 0)), ("a.png", "image/png", svg),
        ("a.svg", "image/svg+xml", svg), ("a.jpg", "image/jpeg", b"\xff\xd8\xff" + b"\0" * 200), ("a.gif", "image/gif", b"GIF89a" + MARKUP.encode()),
        ("a.html", "text/html", SCRIPT.encode()), ("a.pdf", "application/pdf", b"%PDF-1.4\n" + SCRIPT.encode()), ("a.zip", "application/zip", packed_bomb()),
        ("a.docx", "application/zip", packed_bomb()), ("../../a.csv", "text/csv", b"email,role\n=1+1,\xff\n" * 500), ("a.csv", "text/csv", b'"' * 9000),
        ("a.csv", "text/csv", b"email\n" + b"a@b.example\n" * 30_000), ("a.vtt", "text/vtt", b"WEBVTT\n\n" + b"00:00 --> x\n" * 500),
        ("a.geojson", "application/json", b'{"type":"FeatureCollection","features":' + b"[" * 20_000), ("a\0.png", "image/png", b""),
        ("x" * 400 + ".png", "image/png", picture(1, 1)), ("\u202egnp.exe", "image/png", gzip.compress(b"\0" * 900_000)), ("", "", b"a"),
    )  # fmt: skip
