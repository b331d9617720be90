"""What people do from the first day of an initiative on, each in a browser of their own; and the letters that they find."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from curriculum.models import LessonPage
from tests.browser.buddies_story import follow
from tests.browser.ways import press

NAME, COHORT = "Harbor Families", "First light"
ADDRESS = "/cohorts/first-light/"
DESK = "/backbone/cohorts/first-light/"
BUDDY = "/buddy/"
#: A Monday morning.
BEGUN = datetime(2027, 1, 4, 9, tzinfo=UTC)
PASSWORD = "a-long-walk-by-the-river"
ZORA, BO, IMANI, CHIDI = (f"{name}@harbor.example" for name in ("zora", "bo", "imani", "chidi"))
TABLE = tuple(f"neighbor{number}@harbor.example" for number in range(10))
MODULE = "shared-language"

PAGE_OF_THE_JOURNAL = "I let them call it a misunderstanding, and I knew better."
SAID = "We say neighborhood, and mean the other one."
WHY = "We want to hear it from each other first."


@dataclass
class Story:
    """The clock, the way to a page in a browser, and who has one open."""

    open_page: Callable[..., Any]
    clock: Any
    now: datetime = BEGUN
    pages: dict[str, Any] = field(default_factory=dict)
    talk: str = ""  # the addresses of what Imani said, and of her pair
    pair: str = ""
    partner: str = ""  # the address of whoever was found for her

    def page(self, name: str) -> Any:
        """The page of this person, opened the first time it is asked for."""
        if name not in self.pages:
            self.pages[name] = self.open_page()
        return self.pages[name]

    def move(self, **how_much: int) -> None:
        """Time passes."""
        self.now += timedelta(**how_much)
        self.clock.move_to(self.now, tick=True)

    def later(self, **how_much: int) -> None:
        """Time passes, and the worker comes by."""
        self.move(**how_much)
        worker()


def worker() -> None:
    """One round: mail that is due, regular work, and what somebody waits for."""
    call_command("run_worker", "--once", stdout=io.StringIO())


def command(*words: str) -> str:
    """What a command on the server says."""
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def letters(address: str) -> Iterator[Any]:
    """The mail files to this address, the newest first."""
    folder = Path(settings.MAIL_DELIVERY["folder"])
    files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    for file in files:
        letter = message_from_bytes(file.read_bytes(), policy=policy.default)
        if letter["To"] == address:
            yield letter.get_body(("plain",)).get_content()


def link_to(address: str, start: str) -> str:
    """The path of the link in their newest letter that holds one which begins so."""
    for text in letters(address):
        if found := re.search(rf"https?://[^/\s]+({start}\S+)", text):
            return found[1]
    raise AssertionError(f"no letter to {address} holds a link to {start}")


def code_to(address: str) -> str:
    """The code in their newest letter that holds one."""
    for text in letters(address):
        if found := re.search(r"^\s*([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", text, re.MULTILINE):
            return found[1]
    raise AssertionError(f"no letter to {address} holds a code")


def join(page: Any, link: str, address: str, name: str, *, button: str) -> None:
    """Follow the link, make an account, prove the address with the code from the mail, and choose a name."""
    page.goto(link)
    press(page, button)
    page.get_by_label("Email", exact=True).fill(address)
    for label in ("Password", "Password (again)"):
        page.get_by_label(label, exact=True).fill(PASSWORD)
    press(page, "Create the account")
    worker()
    page.locator("main [name=code]").fill(code_to(address))
    press(page, "Confirm")
    page.goto("/account/profile/")
    page.get_by_label("Name you go by").fill(name)
    press(page, "Save")


def sign_in(page: Any, address: str) -> None:
    """Sign in with address and password, also as whoever comes back after a while."""
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.get_by_label("Email").fill(address)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")


def show_that_it_is_you(page: Any) -> None:
    """Type the password once more, where a page asks for it."""
    if page.get_by_role("link", name="Use your password").count():
        follow(page, "Use your password")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Confirm")


def make_cohort(page: Any) -> None:
    """From the desk: a cohort that begins today, with a module from its first day."""
    page.goto("/backbone/")
    follow(page, "Cohorts")
    follow(page, "A new cohort")
    page.get_by_label("Name", exact=True).fill(COHORT)
    page.get_by_label("Short name").fill("first-light")
    page.get_by_label("Purpose").fill("To say plainly what we see.")
    page.get_by_label("First day").fill(str(BEGUN.date()))
    page.get_by_label("Last day").fill(str(BEGUN.date() + timedelta(days=90)))
    press(page, "Make the cohort")
    follow(page, "Modules and opening days")
    page.get_by_label("Shared language").fill(str(BEGUN.date()))
    press(page, "Save the plan")


def invite_by_mail(page: Any, address: str, as_what: str) -> None:
    """Write to one person."""
    page.goto(f"{DESK}invite/")
    follow(page, "By mail")
    page.get_by_label("E-mail addresses").fill(address)
    page.get_by_label(as_what, exact=True).check()
    press(page, "Invite")


def link_to_join(page: Any) -> str:
    """Make a link to pass on, and copy it from the page that shows it once."""
    page.goto(f"{DESK}invite/")
    follow(page, "By link")
    page.get_by_label("How many people can join by it").fill("1")
    press(page, "Make the link")
    address: str = page.get_by_label("Link", exact=True).input_value()
    return re.sub(r"^https?://[^/]+", "", address)


def send_file(page: Any, *rows: str) -> None:
    """Send a table, and see what would happen with each row."""
    page.goto(f"{DESK}invite/")
    follow(page, "By a file")
    table = "\n".join(["email,role", *rows, ""]).encode()
    file = {"name": "people.csv", "mimeType": "text/csv", "buffer": table}
    page.locator("input[type=file]").set_input_files(file)
    press(page, "Read the file")


def want_a_match(page: Any) -> None:
    """Be in the next round, with two answers."""
    page.goto(BUDDY)
    follow(page, "Answer a few questions")
    page.get_by_label("Tuesday: Evening").check()
    page.get_by_label("English", exact=True).check()
    page.get_by_label("Put me in the next round").check()
    press(page, "Save")


def propose_agreement(page: Any) -> None:
    """Write what the two agree on."""
    page.goto(BUDDY)
    follow(page, "Write what you agree on")
    page.get_by_label("Why we do this").fill(WHY)
    page.get_by_label("How often you check in").select_option("weekly")
    page.get_by_label("The first time").fill(str(BEGUN.date() + timedelta(days=40)))
    press(page, "Propose this text")


# Ten neighbors do the same, each at a machine of their own that needs no browser here.


@dataclass
class Neighbor:
    """Somebody whom the table invited."""

    address: str
    name: str
    client: Client = field(default_factory=Client)

    def begin(self) -> None:
        """Follow the link of the invitation, and give address and password."""
        self.client.post(link_to(self.address, "/invitation/"))
        typed = {"email": self.address, "password1": PASSWORD, "password2": PASSWORD}
        assert self.client.post("/account/signup/", typed).status_code == 302

    def come_in(self) -> None:
        """Prove the address, choose a name, and wish for a buddy."""
        answer = self.client.post("/account/confirm-email/", {"code": code_to(self.address)})
        assert answer.status_code == 302
        self.client.post("/account/profile/", {"chosen_name": self.name, "time_zone": "UTC"})
        wish = {"times": ["1e"], "languages": ["en"], "wanted": "on", "outside": "any"}
        assert self.client.post(reverse("matching:answers_edit"), wish).status_code == 302

    def finish(self) -> None:
        """Read the module to its end."""
        for lesson in lessons():
            self.client.post(f"/progress/{lesson}/", {"action": "done"})


def lessons() -> list[str]:
    """The lasting keys of the module's lessons."""
    rows = LessonPage.objects.live().filter(url_path__contains=f"/{MODULE}/")
    return [str(key) for key in rows.order_by("path").values_list("translation_key", flat=True)]
