"""Goes wherever a member of a caucus can go by its pages, and does there whatever a form offers.

It knows no address and no form by name: what is built later joins by itself. `crawl` collects; `do_everything` sends each form
once, those last that end the member's own seat.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.db import transaction
from django.test import Client
from django.utils import timezone

from caucuses.models import Seat
from core.crypto import owners

#: What belongs to caucuses: their own part, and the neutral addresses that calendar programs read.
OURS = re.compile(r"/(?:caucuses|dates)/")
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
FEED = re.compile(r"/dates/[^\s\"'<>]+")
#: Who is invited by a form: a member whom no story looks at.
INVITED = "tomas@riverton.example"
NUMBER = re.compile(r"(?<=/)\d+(?=/)")
FEW = 3  # of one shape are opened
MOST = 1_500  # requests, below which a crawl must come to its end
SOON = timedelta(days=9)


@dataclass
class Form:
    """A form as a browser has it: where it goes, how, and what it would send if nobody typed."""

    to: str
    method: str
    hidden: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)  # name -> kind
    chosen: dict[str, list[str]] = field(default_factory=dict)
    presses: list[tuple[str, str, str]] = field(default_factory=list)  # address, name, value

    @property
    def kind(self) -> tuple[str, ...]:
        """What tells it from another form, with the ids in its address left out."""
        return (self.method, ID.sub("*", self.to), *sorted({*self.typed, *self.chosen}))


class Page(HTMLParser):
    """The addresses that a page leads to, and its forms."""

    def __init__(self, text: str, at: str) -> None:
        super().__init__()
        self.at = at
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.links += FEED.findall(text)
        self._form: Form | None = None
        self._select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what leads on; what a script would ask (`data-…`) is an address, too."""
        given = {name: value or "" for name, value in attrs}
        for name, value in given.items():
            if name == "href" or (name.startswith("data-") and value.startswith("/")):
                self.links.append(self._whole(value))
        if tag == "form":
            self._form = Form(
                self._whole(given.get("action", "")), given.get("method", "get").lower()
            )
            self.forms.append(self._form)
        elif self._form is not None:
            self._control(self._form, tag, given)

    def handle_endtag(self, tag: str) -> None:
        """A form or a list ends."""
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""

    def _control(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, value, kind = given.get("name", ""), given.get("value", ""), given.get("type", "text")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            form.chosen.setdefault(self._select, []).append(value)
        elif tag == "button" or kind in {"submit", "image"}:
            to = self._whole(given["formaction"]) if "formaction" in given else form.to
            form.presses.append((to, name, value))
        elif tag == "textarea" and name:
            form.typed[name] = "textarea"
        elif tag == "input" and name:
            self._input(form, name, value, kind)

    @staticmethod
    def _input(form: Form, name: str, value: str, kind: str) -> None:
        if kind == "hidden":
            form.hidden[name] = value
        elif kind in {"radio", "checkbox"}:
            form.chosen.setdefault(name, []).append(value or "on")
        elif kind != "file":
            form.typed[name] = kind

    def _whole(self, address: str) -> str:
        parts = urlsplit(urljoin(self.at, address))
        return parts.path + (f"?{parts.query}" if parts.query else "")


@dataclass
class Found:
    """All that a crawl came across: pages, and where forms are sent with what stood in them."""

    pages: set[str] = field(default_factory=set)
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __or__(self, other: Found) -> Found:
        """Both."""
        return Found(self.pages | other.pages, self.posts | other.posts)


def crawl(client: Client, start: str = "/caucuses/", found: Found | None = None) -> Found:
    """Every address of ours that this client's pages lead to, from the list on. Sends nothing.

    Of addresses that differ by their ids alone a few are opened; all of them are found.
    """
    found = found if found is not None else Found()
    waiting, opened = deque([start]), Counter[str]()
    while waiting:
        address = waiting.popleft()
        if address in found.pages or not OURS.match(address):
            continue
        found.pages.add(address)
        assert len(found.pages) < MOST, "There is no end to what the pages lead to."
        opened[shape(address)] += 1
        if opened[shape(address)] > FEW:
            continue
        page = seen(client, address)
        waiting.extend(page.links)
        for form in page.forms:
            if form.method != "post":
                waiting.append(form.to)
            for to, data in sendings(form):
                if form.method == "post" and OURS.match(to):
                    found.posts.setdefault(to, data)
    return found


def shape(address: str) -> str:
    """The address without its ids and numbers."""
    return NUMBER.sub("#", ID.sub("*", address))


def seen(client: Client, address: str) -> Page:
    """What stands there for this client, followed where it leads on at once."""
    answer = client.get(address, follow=True)
    last = answer.redirect_chain[-1][0] if answer.redirect_chain else address
    if not answer.get("Content-Type", "").startswith("text/html"):
        return Page("", last)
    page = Page(answer.text, last)
    if answer.redirect_chain:
        page.links.append(urlsplit(last).path)
    return page


def ends_for(dev: Any, *others: Any) -> Callable[[], bool]:
    """Whether the room of these seats is not any more what it was: Dev has lost his seat or his role there, or another seat has gone.

    Else he would step back on the page of people, and go on as somebody to whom half of the room is shut.
    """
    facilitates = Seat.objects.filter(pk=dev.pk, is_facilitator=True)
    there = Seat.objects.filter(pk__in=[seat.pk for seat in others])
    return lambda: not facilitates.exists() or there.count() < len(others)


def do_everything(
    client: Client,
    *,
    ends: Callable[[], bool],
    start: str = "/caucuses/",
    last: bool = True,
) -> list[str]:
    """Send every kind of form that the pages offer, once; gives the addresses, in order, to which one was sent and taken.

    What ends something for good, so that `ends()` says so, is taken back and done at the very last, where that is wanted.
    """
    done: list[str] = []
    known: set[tuple[str, ...]] = set()
    at_last: list[tuple[str, dict[str, Any]]] = []
    waiting, opened, there = deque([start]), Counter[str](), set[str]()
    while waiting:
        address = waiting.popleft()
        if address in there or not OURS.match(address) or opened[shape(address)] >= FEW:
            continue
        there.add(address)
        opened[shape(address)] += 1
        page = seen(client, address)
        waiting.extend(page.links)
        for form in page.forms:
            if form.method != "post" or not OURS.match(form.to) or form.kind in known:
                continue
            known.add(form.kind)
            for to, data in sendings(form):
                taken, ended = _try(client, to, data, ends)
                if ended:
                    at_last.append((to, data))
                elif taken:
                    done.append(to)
                    there -= {taken, address}  # both may offer something else by now
                    waiting += [taken, address]
    for to, data in at_last if last else ():
        if client.post(to, data).status_code == 302:
            done.append(to)
            break
    return done


def _try(
    client: Client, to: str, data: dict[str, Any], ends: Callable[[], bool]
) -> tuple[str, bool]:
    """Where it led, if it was taken, and whether it ended something."""
    with transaction.atomic(), transaction.atomic(using="keys"):
        answer = client.post(to, data)
        assert answer.status_code < 500, to
        ended = ends()
        transaction.set_rollback(ended)
        transaction.set_rollback(ended, using="keys")
    owners.forget()  # what was taken back took the keys that it made with it
    return (urlsplit(answer["Location"]).path if answer.status_code == 302 else ""), ended


def sendings(form: Form) -> Iterator[tuple[str, dict[str, Any]]]:
    """The form as it is sent by each of its buttons, filled with plain words."""
    data: dict[str, Any] = dict(form.hidden)
    data.pop("csrfmiddlewaretoken", None)
    data |= {name: _typed(name, kind) for name, kind in form.typed.items()}
    data |= {name: next(filter(None, values), "") for name, values in form.chosen.items()}
    for to, name, value in form.presses or [(form.to, "", "")]:
        yield to, data | ({name: value} if name else {})


def _typed(name: str, kind: str) -> str:
    day = timezone.now() + SOON
    if kind in {"date", "time", "datetime-local"}:
        return {"date": "%Y-%m-%d", "time": "18:30", "datetime-local": "%Y-%m-%dT18:30"}[kind].replace(
            "%Y-%m-%d", day.date().isoformat()
        )  # fmt: skip
    if kind == "email" or "address" in name or "mail" in name:
        return INVITED
    if kind == "number":
        return "60"
    return f"What I want to say about {name}."
