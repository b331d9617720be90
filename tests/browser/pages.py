"""Every page of the site, and the way there: a walk is one person in one browser, going from page to page.

`test_every_page.py` asks each for barriers, `pictures.py` takes pictures of them, and a test of the project sees to it
that no address of the access table is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.browser.journal_ways import (
    import_done,
    import_wrong,
    journal_kept,
    journal_open,
    journal_shut,
    journal_warning,
)
from tests.browser.reading_ways import READING
from tests.browser.visits import WALKS as OF_THE_ROOMS
from tests.browser.ways import (
    ANNOUNCEMENT,
    HEARD,
    LANGUAGE_LESSONS,
    LESSON,
    PROPOSAL,
    PROPOSAL_ROUTE,
    REPLY,
    RESET_KEY,
    TALK,
    Scene,
    Visit,
    address_changing,
    address_to_confirm,
    all_unfolded,
    at,
    code_sent,
    code_to_sign_in,
    conflict,
    first_password,
    gated,
    invited,
    is_it_you,
    kept_form,
    key_removed,
    key_renamed,
    keys,
    mailbox,
    new_password,
    one_mail,
    opening_soon,
    proof_by_code,
    proposal_conflict,
    record_asked_for,
    record_made,
    recovery_codes,
    removal_asked_for,
    reply_conflict,
    reset_asked_for,
    route_of,
    second_step,
    sessions,
    signing_up,
    stopped,
    tried,
    wrong_password,
    wrong_profile,
)
from tests.browser.writing_ways import WRITING
from tests.project.walk import made_for_dev

PUBLIC = (
    at("/"), at("/learn/"), at("/learn/how-redlining-worked/"), at(LESSON),
    at("/learn/shared-language/print/"), at("/learn/shared-language/print/?size=large"),
    at("/learn/shared-language/print/pdf/"),
    at(HEARD), Visit("transcript-open", all_unfolded, "learn/<slug:module>/<slug:lesson>/"), at(f"{LESSON}map/"),
    *(at(f"/learn/how-redlining-worked/{name}/") for name in ("underwriting-by-race", "what-historians-argue-about")),
    *(at(f"{LANGUAGE_LESSONS}{name}/") for name in ("four-levels-of-racism", "words-that-travel-badly", "agreeing-our-meanings")),
    tried("answer-check", LESSON, "choice"), tried("answer-sorting", f"{LANGUAGE_LESSONS}four-levels-of-racism/", "case"),
    tried("answer-understanding", f"{LANGUAGE_LESSONS}agreeing-our-meanings/", "cell"), at("/glossary/"),
    at("/glossary/?letter=E&lang=es", "glossary-letter"), at("/glossary/?q=okapi", "glossary-nothing"),
    at("/glossary/structural-racism/"), at("/glossary/assimilation/", "term-retired"), at("/glossary/equity/versions/?from=1&to=2", "versions-compared"), at("/search/"), at("/search/?q=redlining"), at("/search/?q=zzzz"),
    at("/search/?q=redlining&kind=facts", "search-facts"), at("/search/?q=undewriting", "search-other-spelling"),
    at("/privacy/"), at("/privacy/retention/"), at("/privacy/parts/"), at("/accessibility/"), at("/away/"), at("/help/"), at("/nothing-here/", status=404),
)  # fmt: skip
AT_THE_DOOR = (
    at("/account/login/"), Visit("wrong-password", wrong_password, "account/login/"), at("/account/login/code/"),
    at("/account/signup/", "signup-closed"), at("/account/inactive/"), at("/account/password/reset/"),
    Visit("reset-asked-for", reset_asked_for, "account/password/reset/done/"),
    Visit("new-password", new_password, RESET_KEY),
    at("/account/password/reset/key/1-none/", "reset-link-gone"), at("/account/password/reset/key/done/"),
    at("/account/second-factor/cancel/{cancel}/", "reset-cancel"), at("/account/notices/stop/{stop}/", "mail-stop"),
    Visit("mail-stopped", stopped, "account/notices/stop/<str:token>/"), at("/invitation/none/", "invitation-gone", 404),
    Visit("invitation", invited, "invitation/<str:token>/"), Visit("signup-open", signing_up, "account/signup/"),
    Visit("confirm-email", address_to_confirm, "account/confirm-email/"),
)  # fmt: skip
SECOND_STEP = (
    Visit("second-step", second_step, "account/2fa/authenticate/"),
    at("/account/second-factor/lost/", "factor-lost"),
    Visit("factor-lost-noted", removal_asked_for, "account/second-factor/lost/"),
)
SIGN_IN_CODE = (Visit("login-code", code_to_sign_in, "account/login/code/confirm/"),)
DEV = (
    at("/today/"), at("/", "front-dev"), at("/learn/", "learn-dev"), at(LESSON, "lesson-dev"), at("/cohorts/spring/"), at("/cohorts/spring/insights/"),
    at(TALK, "talk"), at(f"{REPLY}/edit/", "reply-edit"), at(f"{REPLY}/delete/", "reply-delete"),
    Visit("reply-conflict", reply_conflict, "cohorts/<slug:slug>/talk/<uuid:prompt_id>/replies/<uuid:reply_id>/edit/", 409),
    Visit("lesson-gated", gated, "learn/<slug:module>/<slug:lesson>/"),
    Visit("module-opening", opening_soon),
    at("/account/"), at("/account/profile/"), Visit("profile-wrong", wrong_profile, "account/profile/"),
    at("/account/visible/"), at("/account/acts/"), at("/account/notices/"), at("/account/notices/preferences/"), at("/account/logout/"),
    at("/learn/record/"), Visit("record-asked", record_asked_for, "learn/record/pdf/"),
    Visit("record-made", record_made, "learn/record/pdf/"),
    at("/admin/", "forbidden", 403), Visit("is-it-you", is_it_you, "account/reauthenticate/"),
    Visit("kept-form", kept_form, "account/profile/", 403),
)  # fmt: skip
WAYS_IN = (
    Visit("sessions", sessions, "account/sessions/"),
    at("/account/email/"), Visit("email-changing", address_changing, "account/confirm-email/"),
    at("/account/password/change/"),
    at("/account/2fa/"), at("/account/2fa/totp/activate/"),
    Visit("recovery-codes", recovery_codes, "account/2fa/recovery-codes/"),
    at("/account/2fa/recovery-codes/generate/"), at("/account/2fa/totp/deactivate/"), at("/account/2fa/reauthenticate/"),
    at("/account/2fa/webauthn/", "no-keys"), at("/account/2fa/webauthn/add/"),
    Visit("keys", keys, "account/2fa/webauthn/"),
    Visit("key-edit", key_renamed, "account/2fa/webauthn/keys/<int:pk>/edit/"),
    Visit("key-remove", key_removed, "account/2fa/webauthn/keys/<int:pk>/remove/"),
    at("/account/2fa/webauthn/reauthenticate/"), at("/account/2fa/", "2fa-with-all"),
)  # fmt: skip
JOURNAL = (
    Visit("journal", journal_open, "journal/"), at("/journal/export/"), at("/journal/import/"),
    Visit("journal-import-wrong", import_wrong, "journal/import/", 400), Visit("journal-import-done", import_done, "journal/import/"),
    at("/journal/choices/"),
    Visit("journal-kept", journal_kept, "journal/choices/", 403), at("/journal/open/", "journal-locked"), at("/away/", "away-dev"),
    Visit("journal-shut", journal_shut, "journal/open/"), Visit("journal-warning", journal_warning, "journal/"),
)  # fmt: skip
NO_PASSWORD = (
    at("/journal/open/", "journal-needs-password"),
    Visit("code-prove", proof_by_code, "account/prove/"),
    Visit("code-prove-sent", code_sent, "account/prove/"),
    Visit("password-set", first_password, "account/password/set/"),
)
LANGUAGE = (
    at("/glossary/equity/", "term-dev"), at("/glossary/propose/"), at("/glossary/equity/propose/"), at("/glossary/equity/retire/"),
    at("/glossary/proposals/", "proposals-dev"), at(PROPOSAL, "proposal-own"), at(f"{PROPOSAL}edit/", "proposal-edit"),
    Visit("proposal-conflict", proposal_conflict, f"{PROPOSAL_ROUTE}edit/", 409),
)  # fmt: skip
BODY = (at("/glossary/proposals/", "proposals-body"), at(PROPOSAL, "proposal-to-decide"))
FACILITATOR = (
    at("/cohorts/spring/", "cohort-facilitator"), at(f"{ANNOUNCEMENT}/edit/", "announcement-edit"),
    Visit("announcement-conflict", conflict, "cohorts/<slug:slug>/announcements/<uuid:announcement_id>/edit/", 409),
    at(f"{ANNOUNCEMENT}/delete/", "announcement-delete"), at(HEARD, "lesson-facilitator"),
    Visit("notes-open", all_unfolded, "learn/<slug:module>/<slug:lesson>/"),
    at("/learn/how-redlining-worked/session-plan/"), at("/learn/how-redlining-worked/session-plan/pdf/"),
    at(TALK, "talk-facilitator"), at(f"{REPLY}/remove/", "reply-remove"),
)  # fmt: skip
TROUBLE = (
    at("/learn/%00/", "400", 400), Visit("429", lambda page, _: page.goto("/too-often/"), "", 429),
    Visit("500", lambda page, _: page.goto("/broken/"), "", 500),
    Visit("503", lambda page, _: page.goto("/account/away/"), "", 503),
    Visit("mailbox", mailbox), Visit("mail", one_mail),
)  # fmt: skip

#: Name of the walk -> who walks (None: nobody), and where.
WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "public": (None, PUBLIC),
    "door": (None, AT_THE_DOOR),
    "second-step": (None, SECOND_STEP),
    "sign-in-code": (None, SIGN_IN_CODE),
    "dev": ("dev", DEV),
    "ways-in": (None, WAYS_IN),
    "language": ("dev", LANGUAGE),
    "body": ("marisol", BODY),
    "journal": (None, JOURNAL),
    "reading": (None, READING),
    "writing": (None, WRITING),
    "no-password": ("ben", NO_PASSWORD),
    "facilitator": ("mo", FACILITATOR),
    "newcomer": ("fay", (at("/today/", "today-fay"), at("/account/notices/", "notices-fay"))),
    "backbone": ("ana", (at("/today/", "today-ana"), at("/cohorts/autumn/", "cohort-ana"))),
    "spanish": ("chioma", (at("/today/", "today-es"), at("/cohorts/spring/", "cohort-es"))),
    "trouble": (None, TROUBLE),
    **OF_THE_ROOMS,
}
#: Walks on the addresses of the demonstration and of faults, see urls.py.
WITH_TROUBLE = {"trouble"}


def set_the_scene(cast: dict[str, Any]) -> Scene:
    """One of everything to look at; Ben has no password."""
    scene = Scene(cast, made_for_dev(cast))
    cast["ben"].set_unusable_password()
    cast["ben"].save(update_fields=["password"])
    return scene


def walk(page: Any, name: str, scene: Scene) -> Iterator[Visit]:
    """Go from page to page; gives each visit when its page is there. Raises AssertionError where another page came."""
    statuses = {}
    page.on("response", lambda answer: statuses.update({answer.url: answer.status}))
    for visit in WALKS[name][1]:
        visit.go(page, scene)
        status = statuses.get(page.url.partition("#")[0])
        assert status == visit.status, (visit.name, page.url, status)
        if visit.route:
            assert route_of(page.url) == visit.route, (visit.name, page.url)
        yield visit
