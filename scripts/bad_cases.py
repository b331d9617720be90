"""Makes the bad requests: every address as every role once, then real forms, files and bodies, all from one seed. Standard library only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote, quote_plus

from bad_asking import Case
from bad_forms import Field, Form
from bad_values import (
    BOUNDARY,
    HEADERS,
    IDS,
    KINDS,
    METHODS,
    NAMES,
    NUMBERS,
    RAW,
    SLUGS,
    TEXTS,
    files,
    nested_json,
)  # fmt: skip

PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
GROUP = re.compile(r"\((?:[^()]|\([^()]*\))*\)[*+?]?")
#: Stands for the form token, which is put in its place when a case is sent: it is as long, and changes with each log-in.
TOKEN = "T" * 64
FORM_KIND = "application/x-www-form-urlencoded"
BROWSING = {"submit", "button", "checkbox", "radio", "hidden", "image"}
BY_KIND = {"int": NUMBERS, "uuid": IDS, "slug": SLUGS, "str": SLUGS, "path": RAW}
#: How often each way to be bad is taken at an address that is only gone to, and in what is sent besides.
AT_ADDRESSES = ("path", "path", "query", "query", "header", "method", "fields", "fields", "body")
BESIDES = ("form", "form", "form", "form", "form", "form", "file", "fields", "body", "cut", "query")


@dataclass
class Known:
    """What a look around has found: addresses, ids of rows by the name they have in an address, and for each role its links and forms."""

    routes: list[str]
    ids: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    forms: dict[str, list[Form]] = field(default_factory=dict)

    def learn(self, path: str) -> None:
        """Take the ids out of an address that a page leads to."""
        for route in self.routes:
            found = _pattern(route).fullmatch(path.lstrip("/"))
            for name, value in (found.groupdict() if found else {}).items():
                if value not in self.ids.setdefault(name, []):
                    self.ids[name].append(value)

    def add(self, ids: Iterable[str]) -> None:
        """Let these ids of planted rows stand wherever an address names a row by such an id."""
        for found in self.ids.values():
            if any(UUID.fullmatch(one) for one in found):
                found.extend(one for one in ids if one not in found)


_patterns: dict[str, re.Pattern[str]] = {}


def _pattern(route: str) -> re.Pattern[str]:
    if route not in _patterns:
        seen: set[str] = set()
        pieces = PARAMETER.split(route)
        made = re.escape(pieces[0])
        for name, text in zip(pieces[2::3], pieces[3::3], strict=True):
            made += ("[^/]+" if name in seen else f"(?P<{name}>[^/]+)") + re.escape(text)
            seen.add(name)
        _patterns[route] = re.compile(made)
    return _patterns[route]


class Maker:
    """Makes cases from what is known, by a seeded chance."""

    def __init__(self, known: Known, seed: str, role: str) -> None:
        self.known, self.role, self.files = known, role, files()
        self.chance = Random(f"{seed} {role}")  # noqa: S311 (a seed is wanted)

    def cases(self, number: int) -> Iterator[Case]:
        """So many cases: every address once, as far as the number reaches; then the other kinds."""
        routes = list(self.known.routes)
        self.chance.shuffle(routes)
        for one, route in enumerate(routes[:number]):
            yield self._case(one, self.chance.choice(AT_ADDRESSES), self.filled(route))
        for one in range(len(routes), number):
            yield self._case(one, self.chance.choice(BESIDES), self._somewhere())

    def filled(self, route: str) -> str:
        """The address of a route with values in it: those of real rows, unused ones, or such as nobody means."""
        if route.endswith("*)$"):  # whatever page the CMS has there
            return self.chance.choice(self.known.links[self.role] or ["/"])
        pieces = PARAMETER.split(GROUP.sub(lambda _group: self._in_path("", ""), route))
        made = pieces[0]
        for kind, name, text in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
            made += self._in_path(kind or "", name) + text
        return "/" + re.sub(r"[\^$\\]|\.\*", "", made)

    def _in_path(self, kind: str, name: str) -> str:
        real, way = self.known.ids.get(name, []), self.chance.random()
        if way < 0.5 and real:
            return self.chance.choice(real)
        if way < 0.75:
            return self.chance.choice(BY_KIND.get(kind, SLUGS))
        return self.chance.choice(RAW)

    def _somewhere(self) -> str:
        """An address that this role was shown, or any other."""
        if self.chance.random() < 0.5 and self.known.links[self.role]:
            return self.chance.choice(self.known.links[self.role])
        return self.filled(self.chance.choice(self.known.routes))

    def _case(self, number: int, kind: str, target: str) -> Case:
        return {
            "path": self._path, "query": self._query, "header": self._header, "method": self._method, "fields": self._fields,
            "body": self._body, "form": self._form, "file": self._file, "cut": self._cut,
        }[kind](number, target)  # fmt: skip

    def _path(self, number: int, target: str) -> Case:
        tail = self.chance.choice(("", "", "/", "//", "?", ".json", "%00", "/..", ";x"))
        return Case(number, self.role, "path", "GET", target + tail)

    def _query(self, number: int, target: str) -> Case:
        pairs = [
            f"{self.chance.choice(NAMES)}={self._in_query()}"
            for _ in range(self.chance.choice((1, 2, 5, 40)))
        ]
        method = self.chance.choice(("GET", "GET", "GET", "HEAD"))
        between = "&" if "?" in target else "?"
        return Case(number, self.role, "query", method, target + between + "&".join(pairs)[:60_000])

    def _in_query(self) -> str:
        if self.chance.random() < 0.4:
            return self.chance.choice(RAW)
        return quote_plus(self.chance.choice(TEXTS))[:8_000]

    def _header(self, number: int, target: str) -> Case:
        chosen = tuple(self.chance.choice(HEADERS) for _ in range(self.chance.choice((1, 1, 2, 4))))
        return Case(number, self.role, "header", self.chance.choice(("GET", "GET", "POST")), target, chosen)  # fmt: skip

    def _method(self, number: int, target: str) -> Case:
        method = self.chance.choice(METHODS)
        return Case(
            number, self.role, "method", method, target, (), self.chance.choice((b"", b"a=b"))
        )

    def _fields(self, number: int, target: str) -> Case:
        """A form with the right token whose fields nobody knows, or too many of them."""
        many = self.chance.choice((1, 5, 20, 20, 200, 2_500))
        most = 20_000 if many < 200 else 40
        pairs = [("csrfmiddlewaretoken", TOKEN)]
        pairs += [(self._name(), self.chance.choice(TEXTS)[:most]) for _ in range(many)]
        return self._sent(number, "fields", target, pairs)

    def _name(self) -> str:
        if self.chance.random() < 0.1:
            return self.chance.choice(TEXTS)[:300]
        known = [one.name for forms in self.known.forms.values() for form in forms[:20] for one in form.fields]  # fmt: skip
        return self.chance.choice(NAMES if self.chance.random() < 0.4 or not known else known)

    def _body(self, number: int, target: str) -> Case:
        """A body that is not what it says it is; now and then as large as is taken, and larger."""
        body = self.chance.choice((
            nested_json(self.chance), b"\xff\xfe\0" * 900, b"&" * 5000, b"=" * 5000, b"%" * 900, b"a=" + b"%00" * 900,
            b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--", b"a=" + b"b" * self.chance.choice((16_000, 1_000_000, 2_600_000)),
            f"csrfmiddlewaretoken={TOKEN}&a=%ff%fe&b=%".encode(),
        ))  # fmt: skip
        said: tuple[tuple[str, str], ...] = (("Content-Type", self.chance.choice(KINDS)), ("X-CSRFToken", TOKEN))  # fmt: skip
        if self.chance.random() < 0.2:
            said += (("Content-Encoding", self.chance.choice(("gzip", "br", "no-such"))),)
        method = self.chance.choice(("POST", "POST", "POST", "PUT"))
        return Case(number, self.role, "body", method, target, said, body)

    def _form(self, number: int, target: str) -> Case:
        """A form that this role was shown, filled as a person would, but for some of its fields."""
        forms = self.known.forms[self.role]
        if not forms:
            return self._fields(number, target)
        form = self.chance.choice(forms)
        bad = self._bad_ones(form.fields)
        pairs = []
        for one in form.fields:
            for _ in range(self.chance.choice((1, 1, 1, 1, 1, 1, 0, 2)) if one in bad else 1):
                pairs.append((one.name, self._typed(one, is_bad=one in bad)))
        if self.chance.random() < 0.2:
            pairs.append((self.chance.choice(NAMES), self.chance.choice(TEXTS)))
        if form.method == "GET":
            query = "&".join(f"{quote_plus(name)}={_quoted(value)}" for name, value in pairs)
            path = form.path.partition("?")[0]
            return Case(number, self.role, "form", "GET", f"{path}?{query[:30_000]}")
        if form.is_multipart:
            return self._packed(number, "form", form.path, pairs, None)
        return self._sent(number, "form", form.path, pairs)

    def _bad_ones(self, fields: list[Field]) -> list[Field]:
        typed = [one for one in fields if one.kind not in BROWSING] or fields
        way = self.chance.random()
        if way < 0.5 or not typed:
            return [self.chance.choice(typed)] if typed else []
        return typed if way < 0.7 else [one for one in fields if self.chance.random() < 0.5]

    def _typed(self, one: Field, *, is_bad: bool) -> str:
        if one.name == "csrfmiddlewaretoken":
            return TOKEN
        if is_bad:
            return self.chance.choice(TEXTS)
        if one.choices:
            return self.chance.choice(one.choices)
        return one.value or {"email": "x@elsewhere.example", "number": "3", "date": "2026-12-01", "time": "17:30"}.get(one.kind, "In plain words")  # fmt: skip

    def _file(self, number: int, target: str) -> Case:
        """A file that is not what it says, sent where files are taken, or where none is."""
        taking = [form for form in self.known.forms[self.role] if any(one.kind == "file" for one in form.fields)]  # fmt: skip
        if not taking or self.chance.random() < 0.2:
            pairs = [("csrfmiddlewaretoken", TOKEN)]
            return self._packed(number, "file", target, pairs, "file")
        form = self.chance.choice(taking)
        pairs = [(one.name, self._typed(one, is_bad=False)) for one in form.fields if one.kind != "file"]  # fmt: skip
        wanted = next(one.name for one in form.fields if one.kind == "file")
        return self._packed(number, "file", form.path, pairs, wanted)

    def _packed(
        self, number: int, kind: str, target: str, pairs: list[tuple[str, str]], file: str | None
    ) -> Case:  # fmt: skip
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode(errors="replace")
            for name, value in pairs
        ]  # fmt: skip
        if file:
            name, says, content = self.chance.choice(self.files)
            head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{file}"; filename="{name}"\r\nContent-Type: {says}\r\n\r\n'
            parts.append(head.encode(errors="replace") + content + b"\r\n")
        body = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
        cut = self.chance.choice((0, 0, 0, 0, 30, len(body) // 2))
        said = (("Content-Type", f"multipart/form-data; boundary={BOUNDARY}"),)
        if cut:  # its end is missing, and what it says of its length agrees
            return Case(number, self.role, kind, "POST", target, said, body[: len(body) - cut])
        return Case(number, self.role, kind, "POST", target, said, body)

    def _cut(self, number: int, target: str) -> Case:
        """A form of which the last part never comes."""
        whole = self._form(number, target)
        return Case(number, self.role, "cut", whole.method, whole.target, whole.headers, whole.body, len(whole.body) // 2)  # fmt: skip

    def _sent(self, number: int, kind: str, target: str, pairs: list[tuple[str, str]]) -> Case:  # fmt: skip
        body = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs).encode()
        return Case(number, self.role, kind, "POST", target, (("Content-Type", FORM_KIND),), body)


def _quoted(value: str) -> str:
    return quote(value, safe="", errors="replace")
