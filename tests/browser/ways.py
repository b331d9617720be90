"""The ways to pages: what a visit is, and what a person does to reach pages that have no address of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.core.management import call_command
from django.test import Client
from django.urls import resolve

from cohorts.actions import edit_announcement, edit_reply
from cohorts.models import Announcement, Cohort, Reply
from curriculum.glossary.actions import change_proposal
from curriculum.glossary.models import WORDS, Proposal
from curriculum.models import LessonPage, ModulePage, Opening
from tests.accounts.hands import code_in, code_of, email_of, give_app, link_in, log_in, mails_to
from tests.browser.hands import passkey_device, sign_in
from tests.cohorts.house import mails

LESSON = "/learn/how-redlining-worked/grading-a-city/"
HEARD = "/learn/how-redlining-worked/taken-twice/"
PROPOSAL = "/glossary/equity/proposals/{proposal}/"
PROPOSAL_ROUTE = "glossary/<slug:slug>/proposals/<uuid:proposal_id>/"
TALK = "/cohorts/spring/talk/{prompt}/"
REPLY = TALK + "replies/{reply}"
ANNOUNCEMENT = "/cohorts/spring/announcements/{announcement}"
LANGUAGE_LESSONS = "/learn/shared-language/"
TRY_ROUTE = "learn/<slug:module>/<slug:lesson>/try/<slug:block>/"
RESET_KEY = r"account/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"

TELEPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"
)


@dataclass
class Scene:
    """What a walk stands on: the cast, one of everything that an address can name, and what is found on the way."""

    cast: dict[str, Any]
    made: dict[str, str]
    found: dict[str, Any] = field(default_factory=dict)

    def newest_mail(self, name: str) -> Any:
        """The last mail that waits for a person of the cast."""
        return mails_to(email_of(name))[-1]


Way = Callable[[Any, Scene], object]


@dataclass(frozen=True)
class Visit:
    """One page: a name for its picture, the way there, the line of the access table it is, the status it comes with."""

    name: str
    go: Way
    route: str = ""
    status: int = 200


def route_of(address: str) -> str:
    """The line of the access table that an address belongs to, as `plain_route` writes it."""
    return plain_route(resolve(urlsplit(address).path).route)


def plain_route(route: str) -> str:
    """A pattern without the sign for a beginning that packages write in the middle of it."""
    return route.replace("/^", "/")


def at(address: str, name: str = "", status: int = 200) -> Visit:
    """The page at an address; `{announcement}` and the like stand for what was made."""
    sample = re.sub(r"{\w+}", str(UUID(int=1)), address)
    route = "" if status in {400, 404} else route_of(sample)

    def go(page: Any, scene: Scene) -> None:
        page.goto(address.format(**scene.made))

    return Visit(name or re.sub(r"\W+", "-", address).strip("-") or "front", go, route, status)


def press(page: Any, name: str) -> None:
    """Press a button and wait for the page that follows."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


# The way to pages that have no address of their own, or need a state first.


def invited(page: Any, scene: Scene) -> None:
    """The page behind the link of an invitation."""
    page.goto(scene.made["invitation"])


def signing_up(page: Any, _scene: Scene) -> None:
    """The form for a new account, which the invitation opened."""
    press(page, "Accept and make an account")


def address_to_confirm(page: Any, _scene: Scene) -> None:
    """The question for the code that was mailed to a new address."""
    page.get_by_label("Email", exact=True).fill("new@riverton.example")
    for label in ("Password", "Password (again)"):
        page.get_by_label(label, exact=True).fill("seven quiet herons")
    press(page, "Create the account")


def code_to_sign_in(page: Any, _scene: Scene) -> None:
    """The question for the code that was mailed to sign in."""
    page.goto("/account/login/code/")
    page.get_by_label("Email").fill(email_of("elu"))
    page.locator("main form button").first.click()
    page.wait_for_url("**/confirm/")


def wrong_password(page: Any, _scene: Scene) -> None:
    """The log-in after a wrong password."""
    page.goto("/account/login/")
    page.get_by_label("Email").fill(email_of("elu"))
    page.get_by_label("Password", exact=True).fill("not this one")
    press(page, "Sign in")


def reset_asked_for(page: Any, _scene: Scene) -> None:
    """What is said after asking for a new password."""
    page.goto("/account/password/reset/")
    page.get_by_label("Email").fill(email_of("elu"))
    press(page, "Send the mail")


def new_password(page: Any, scene: Scene) -> None:
    """The form behind the mailed link."""
    page.goto(urlsplit(link_in(scene.newest_mail("elu"))).path)


def second_step(page: Any, scene: Scene) -> None:
    """The question for the six digits, after the password."""
    give_app(scene.cast["hana"])
    sign_in(page, "hana")
    page.wait_for_url("**/2fa/authenticate/**")


def removal_asked_for(page: Any, _scene: Scene) -> None:
    """What is said after asking for the removal of a lost second step."""
    press(page, "Ask for its removal")


def is_it_you(page: Any, _scene: Scene) -> None:
    """The proof that is asked before the list of sessions."""
    page.goto("/account/sessions/")


def sessions(page: Any, _scene: Scene) -> None:
    """The list of sessions: this one, and one on a telephone."""
    log_in(Client(), "dev", HTTP_USER_AGENT=TELEPHONE)
    sign_in(page, "dev")
    page.wait_for_url("**/today/")
    page.goto("/account/sessions/")


def address_changing(page: Any, _scene: Scene) -> None:
    """The question for the code that was mailed to another address."""
    page.get_by_label("New address").fill("dev.banerjee@riverton.example")
    press(page, "Change the address")


def recovery_codes(page: Any, _scene: Scene) -> None:
    """The codes that are made with the first second step."""
    page.goto("/account/2fa/totp/activate/")
    secret = page.locator("#authenticator_secret").input_value()
    page.get_by_label("Authenticator code").fill(code_of(secret))
    press(page, "Turn on")
    page.goto("/account/2fa/recovery-codes/")


def keys(page: Any, _scene: Scene) -> None:
    """The list of passkeys with one in it."""
    passkey_device(page)
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_role("button", name="Make the key").click()
    page.wait_for_url(re.compile(r"/account/2fa/(?!webauthn/add/)"))
    page.goto("/account/2fa/webauthn/")


def key_renamed(page: Any, scene: Scene) -> None:
    """The form for another name of the key."""
    scene.found["keys"] = page.url
    page.get_by_role("link", name="Rename").click()
    page.wait_for_url("**/edit/")


def key_removed(page: Any, scene: Scene) -> None:
    """The question before a key goes."""
    page.goto(scene.found["keys"])
    page.get_by_role("link", name="Remove").click()
    page.wait_for_url("**/remove/")


def wrong_profile(page: Any, _scene: Scene) -> None:
    """A form with a mistake in it."""
    page.goto("/account/profile/")
    page.get_by_label("Pronouns").evaluate("field => field.removeAttribute('maxlength')")
    page.get_by_label("Pronouns").fill("as you like " * 20)
    press(page, "Save")


def kept_form(page: Any, _scene: Scene) -> None:
    """What was typed, after the session had ended."""
    page.goto("/account/profile/")
    page.context.clear_cookies(name="sessionid")
    press(page, "Save")


def proof_by_code(page: Any, scene: Scene) -> None:
    """The proof of who has neither password nor passkey."""
    page.goto("/account/password/set/")


def code_sent(page: Any, _scene: Scene) -> None:
    """The question for the code of that proof."""
    press(page, "Mail me a code")


def first_password(page: Any, scene: Scene) -> None:
    """The form for a first password, after the proof."""
    page.get_by_label("Code").fill(code_in(scene.newest_mail("ben")))
    press(page, "Confirm")


def conflict(page: Any, scene: Scene) -> None:
    """Two texts of one announcement, when it was changed elsewhere meanwhile."""
    page.goto(f"{ANNOUNCEMENT}/edit/".format(**scene.made))
    page.get_by_role("textbox", name="Announcement").fill("Bring *two* questions.")
    row = Announcement.objects.get(pk=scene.made["announcement"])
    edit_announcement(
        announcement=row, text="Bring a chair.", seen_revision=row.revision, by=scene.cast["mo"]
    )
    press(page, "Save")


def all_unfolded(page: Any, _scene: Scene) -> None:
    """A lesson with everything open that can be opened: notes for who may read them, transcripts."""
    page.goto(HEARD)
    page.locator(".prose details").evaluate_all(
        "parts => parts.forEach(part => { part.open = true; })"
    )


def reply_conflict(page: Any, scene: Scene) -> None:
    """Two texts of one reply, when it was changed elsewhere meanwhile."""
    page.goto(f"{REPLY}/edit/".format(**scene.made))
    page.get_by_role("textbox", name="Your reply").fill("Ours has *two* pencils.")
    row = Reply.objects.get(pk=scene.made["reply"])
    edit_reply(reply=row, text="Ours has ink.", seen_revision=row.revision, by=scene.cast["dev"])
    press(page, "Save")


def mailbox(page: Any, _scene: Scene) -> None:
    """The demonstration's mailbox after the worker has run."""
    call_command("run_worker", "--once", verbosity=0)
    page.goto("/demo/mail/")


def one_mail(page: Any, _scene: Scene) -> None:
    """One mail of it."""
    page.goto(f"/demo/mail/{mails()[-1].name}/")


def stopped(page: Any, scene: Scene) -> None:
    """What is said after stopping the mail about notices."""
    page.goto("/account/notices/stop/{stop}/".format(**scene.made))
    press(page, "Stop this mail")


def tried(name: str, address: str, field: str) -> Visit:
    """The page with the answer to a block of a lesson: the first of its choices is taken, or nothing is written."""

    def go(page: Any, _scene: Scene) -> None:
        page.goto(address)
        part = page.locator(f"[data-answers]:has([name^={field}])")
        for choice in part.locator("input[value='1']").all()[:3]:
            choice.check()
        part.locator("form").evaluate(
            "form => { form.dataset.plain = '1' }"
        )  # a page, not a part of one
        part.get_by_role("button").last.click()
        page.wait_for_url("**/try/**")

    return Visit(name, go, TRY_ROUTE)


def record_asked_for(page: Any, _scene: Scene) -> None:
    """What is said while the PDF of a record is being made."""
    page.goto("/learn/record/")
    press(page, "Make a PDF")


def record_made(page: Any, _scene: Scene) -> None:
    """What is said when it is made."""
    call_command("run_worker", "--once", verbosity=0)
    page.goto("/learn/record/pdf/")


def gated(page: Any, _scene: Scene) -> None:
    """A lesson that asks for the one before it first, for a member whose cohort does not read it yet."""
    Opening.objects.all().delete()
    lesson = LessonPage.objects.get(slug="underwriting-by-race")
    lesson.gate_reason = "It uses the four grades that the lesson before explains."
    lesson.save_revision().publish()
    page.goto("/learn/how-redlining-worked/underwriting-by-race/")


def opening_soon(page: Any, _scene: Scene) -> None:
    """A module that the member's cohort begins in three days."""
    module = ModulePage.objects.get(slug="how-redlining-worked")
    spring, day = Cohort.objects.get(slug="spring"), date.today() + timedelta(days=3)
    Opening.objects.update_or_create(cohort=spring, module=module, defaults={"opens_on": day})
    page.goto("/learn/how-redlining-worked/")


def proposal_conflict(page: Any, scene: Scene) -> None:
    """Two texts of one proposal, when it was changed elsewhere meanwhile."""
    page.goto(f"{PROPOSAL}edit/".format(**scene.made))
    page.get_by_label("Definition", exact=True).fill("What each of us needs.")
    row = Proposal.objects.get(pk=scene.made["proposal"])
    words = {name: getattr(row, name) for name in WORDS} | {"definition": "What all of us need."}
    change_proposal(proposal=row, words=words, seen_revision=row.revision, by=scene.cast["dev"])
    press(page, "Save")
