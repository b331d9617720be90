"""“Is it you?”: asked before the acts that a stolen session would want, answered by password, passkey or mailed code."""

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.permissions import recently_proved
from tests.accounts.hands import PASSWORD, code_in, email_of, log_in, mails_to

pytestmark = pytest.mark.django_db
#: Every page that changes how one signs in.
GUARDED = (
    "/account/password/change/", "/account/email/", "/account/sessions/", "/account/2fa/totp/activate/",
    "/account/2fa/webauthn/add/",
)  # fmt: skip


def an_hour_later():
    return time_machine.travel(timezone.now() + timezone.timedelta(hours=1), tick=True)


@pytest.fixture
def old_session(cast):
    client = Client()
    log_in(client, "dev")
    return client


@pytest.mark.parametrize("address", [one for one in GUARDED if "password" not in one])
def test_a_session_that_is_an_hour_old_must_prove_itself_first(old_session, address):
    """B9: for reading and for posting; nothing is changed meanwhile."""
    with an_hour_later():
        for answer in (
            old_session.get(address),
            old_session.post(address, {"email": "x@y.example"}),
        ):
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith("/account/reauthenticate/?next=")


def test_a_fresh_session_has_proved_itself(old_session):
    assert [old_session.get(address).status_code for address in GUARDED] == [200] * 5


def test_the_password_is_the_proof_and_leads_back(old_session):
    with an_hour_later():
        wrong = old_session.post(
            "/account/reauthenticate/?next=/account/sessions/", {"password": "wrong"}
        )
        right = old_session.post(
            "/account/reauthenticate/", {"password": PASSWORD, "next": "/account/sessions/"}
        )

        assert wrong.status_code == 200
        assert right.headers["Location"] == "/account/sessions/"
        assert old_session.get("/account/sessions/").status_code == 200


@pytest.fixture
def without_password(cast):
    """Dev signs in with mailed codes alone."""
    cast["dev"].set_unusable_password()
    cast["dev"].save()
    client = Client()
    client.post("/account/login/code/", {"email": email_of("dev")})
    client.post("/account/login/code/confirm/", {"code": code_in(mails_to(email_of("dev"))[-1])})
    return client


def test_who_has_neither_password_nor_passkey_proves_by_a_fresh_code(without_password):
    with an_hour_later():
        asked = without_password.get("/account/sessions/")
        assert asked.headers["Location"].startswith("/account/prove/?next=")
        before = len(mails_to(email_of("dev")))
        without_password.post("/account/prove/", {"next": "/account/sessions/"})
        mails = mails_to(email_of("dev"))
        assert len(mails) == before + 1

        answer = without_password.post(
            "/account/prove/", {"code": code_in(mails[-1]), "next": "/account/sessions/"}
        )

        assert answer.headers["Location"] == "/account/sessions/"
        assert without_password.get("/account/sessions/").status_code == 200


def test_a_mailed_proof_bears_three_tries(without_password):
    with an_hour_later():
        without_password.post("/account/prove/", {})
        code = code_in(mails_to(email_of("dev"))[-1])
        for _ in range(3):
            without_password.post("/account/prove/", {"code": "WRONG1"})

        answer = without_password.post("/account/prove/", {"code": code})

        assert "no longer works" in answer.text
        assert without_password.get("/account/sessions/").status_code == 302


def test_the_way_back_after_a_proof_is_ours(without_password):
    """B15."""
    with an_hour_later():
        without_password.post("/account/prove/", {"next": "https://evil.example/"})
        answer = without_password.post(
            "/account/prove/",
            {"code": code_in(mails_to(email_of("dev"))[-1]), "next": "https://evil.example/"},
        )

    assert answer.headers["Location"] == "/account/"


def test_who_has_a_password_does_not_prove_by_mail(old_session):
    with an_hour_later():
        answer = old_session.post("/account/prove/", {})

        assert answer.headers["Location"] == "/account/reauthenticate/"
        assert mails_to(email_of("dev")) == []


def test_a_clock_set_back_is_no_proof(old_session, cast, rf):
    request = rf.get("/")
    request.session, request.user = old_session.session, cast["dev"]

    with time_machine.travel(timezone.now() - timezone.timedelta(days=1)):
        assert recently_proved(request) is False
