"""What people do while things go wrong: the form each act is sent from, and the words that mark it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from faults.browser import Answer, Browser
from faults.surroundings import Broken

Fields = Callable[[str], dict[str, str]]
Done = Callable[[Answer], bool]


def words(marker: str) -> str:
    """A text that shows whether all of it was kept: the marker stands at its beginning and at its end."""
    return f"{marker} is how it begins, and so that it is long enough: {'a line of plain words. ' * 12}It ends in {marker}."


def led_on(answer: Answer) -> bool:
    """Whether the answer leads on to what was written, and not to the log-in."""
    return answer.status == 302 and "/account/" not in answer.location


def _invited(answer: Answer) -> bool:
    """Whether the page says what became of the addresses."""
    return answer.status == 200 and ARRIVALS in answer.text


#: What stands on the page that says whom an invitation has gone to.
ARRIVALS = 'aria-labelledby="came"'


@dataclass(frozen=True)
class Act:
    """One kind of thing a person does. `page` holds the form, `to` is where it is sent, `done` knows the answer to it."""

    kind: str
    page: str
    to: str
    fields: Fields
    replaces: bool = False  # one text that each save replaces, instead of one more row
    done: Done = led_on


@dataclass(frozen=True)
class Form:
    """A form as it stood on the page, with what was typed into it: sent again, it is the same form."""

    act: Act
    marker: str
    values: dict[str, str] = field(repr=False)


@dataclass
class Person:
    """Somebody of the demonstration at their browser, and what they do."""

    name: str
    browser: Browser
    acts: list[Act] = field(default_factory=list)

    def open(self, act: Act, marker: str) -> Form | None:
        """The form of an act, filled in; None when its page is not there now. Raises NoAnswer."""
        page = self.browser.get(act.page)
        return filled(page, act, marker) if page.status == 200 and page.token else None


def filled(page: Answer, act: Act, marker: str) -> Form:
    """What a browser would send from this page."""
    from filled_forms import hidden_fields

    hidden = hidden_fields(page.text, at=act.page, to=act.to)
    return Form(act, marker, {"csrfmiddlewaretoken": page.token, **hidden, **act.fields(marker)})


JOURNAL = Act(
    "entry",
    "/journal/write/",
    "/journal/write/",
    lambda m: {"title": m, "body": words(m), "act": "save"},
)
COMMITMENT = Act(
    "commitment", "/commitments/new/", "/commitments/new/",
    lambda m: {"will": f"{m} {m}", "by": m, "know": m, "first_step": m, "levels": "personal", "review_on": ""},
)  # fmt: skip
ANNOUNCEMENT = Act(
    "announcement",
    "/cohorts/spring/",
    "/cohorts/spring/announcements/",
    lambda m: {"text": words(m)},
)
INVITATION = Act(
    "invitation", "/backbone/invitations/new/", "/backbone/invitations/new/",
    lambda m: {"addresses": f"{m.lower()}@example.org", "cohort": "spring", "as_what": "participant", "role": ""},
    done=_invited,
)  # fmt: skip


def people(port: int, *, in_season: bool = True, host: str = "127.0.0.1") -> list[Person]:
    """Five people who are signed in, each with what they can do here.

    Not `in_season`, as when the clock stands a year ahead, cohorts and pairs are over: they do what has no end.
    """
    five = [_signed_in(name, port, host) for name in ("dev", "hana", "ines", "mo", "ana")]
    dev, hana, ines, mo, ana = five
    if not in_season:
        for person in five:
            person.acts = [JOURNAL, COMMITMENT]
        return five
    talk = _found(dev, "/cohorts/spring/", r"/cohorts/spring/talk/[0-9a-f-]{36}/")
    reply = Act("reply", talk, f"{talk}replies/", lambda m: {"text": words(m)})
    room = _found(hana, "/caucuses/", r"/caucuses/[0-9a-f-]{36}/(?!door)")
    begin = f"{room}threads/new/"
    thread = Act("post", begin, begin, lambda m: {"title": m, "text": words(m), "act": "post"})
    notes = _found(hana, "/buddy/", r"/buddy/check-ins/notes/[0-9a-f-]{36}/")
    page = Act(
        "notes", f"{notes}edit/", f"{notes}edit/", lambda m: {"body": words(m)}, replaces=True
    )
    coming = _found(hana, "/buddy/", r"/buddy/check-ins/[0-9a-f-]{36}/(?=move/)")
    check_in = Act(
        "check_in", coming, coming, lambda m: {"did": words(m)[:900], "act": "save"}, replaces=True
    )
    dev.acts = [JOURNAL, COMMITMENT, reply]
    hana.acts = [thread, page, check_in, JOURNAL]
    ines.acts = [thread, reply, JOURNAL]
    mo.acts = [ANNOUNCEMENT, JOURNAL]
    ana.acts = [INVITATION, COMMITMENT]
    return five


def probe(port: int, host: str = "127.0.0.1") -> Person:
    """Elu, who asks whether the site is back: reads Today and writes in her journal."""
    elu = _signed_in("elu", port, host)
    elu.acts = [JOURNAL]
    return elu


def _signed_in(name: str, port: int, host: str) -> Person:
    person = Person(name, Browser(port, host=host))
    person.browser.sign_in(name)
    return person


def _found(person: Person, path: str, pattern: str) -> str:
    page = person.browser.get(path)
    found = re.search(pattern, page.text)
    if found is None:
        raise Broken(f"{person.name} finds no {pattern} on {path} (status {page.status}).")
    return found[0]
