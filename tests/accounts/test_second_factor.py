"""The second step: codes work once, nonsense is refused in words, the staff cannot do without."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.accounts.hands import (
    PASSWORD,
    code_in,
    code_of,
    email_of,
    factors,
    give_app,
    give_recovery_codes,
    is_signed_in,
    log_in,
    mails_to,
)  # fmt: skip

pytestmark = pytest.mark.django_db
SECOND = "/account/2fa/authenticate/"


def at_second_step(name):
    client = Client()
    answer = log_in(client, name)
    assert answer.headers["Location"].startswith(SECOND)
    return client


def test_the_password_alone_opens_nothing(cast):
    """B7."""
    give_app(cast["dev"])
    client = at_second_step("dev")

    for address in (
        "/today/",
        "/account/",
        "/account/2fa/",
        "/account/sessions/",
        "/cohorts/spring/",
    ):
        assert client.get(address).status_code == 302, address


def test_a_code_by_mail_does_not_replace_the_second_step(cast, nobody):
    """B7."""
    give_app(cast["dev"])
    nobody.post("/account/login/code/", {"email": email_of("dev")})

    answer = nobody.post(
        "/account/login/code/confirm/", {"code": code_in(mails_to(email_of("dev"))[-1])}
    )

    assert answer.headers["Location"].startswith(SECOND)
    assert not is_signed_in(nobody)


def test_a_new_password_does_not_replace_the_second_step(cast, nobody):
    """B7: nor does the reset sign anybody in."""
    from tests.accounts.hands import NEW_PASSWORD, link_in

    give_app(cast["dev"])
    nobody.post("/account/password/reset/", {"email": email_of("dev")})
    path = link_in(mails_to(email_of("dev"))[-1]).split("localhost:8000", 1)[1]
    page = nobody.get(path, follow=True)
    nobody.post(page.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert not is_signed_in(nobody)
    answer = log_in(nobody, "dev", NEW_PASSWORD)
    assert answer.headers["Location"].startswith(SECOND)


def test_each_code_of_the_app_counts_once(cast):
    """B8."""
    secret = give_app(cast["dev"])
    code = code_of(secret)
    first, second = at_second_step("dev"), at_second_step("dev")

    first.post(SECOND, {"code": code})
    answer = second.post(SECOND, {"code": code})

    assert is_signed_in(first)
    assert "was used already" in answer.text
    assert not is_signed_in(second)


@pytest.mark.parametrize(("step", "opens"), [(-1, True), (0, True), (1, True), (-10, False), (60, False)])  # fmt: skip
def test_a_clock_that_is_a_little_off_is_forgiven(cast, step, opens):
    """B8: one period of 30 seconds either way."""
    secret = give_app(cast["dev"])
    client = at_second_step("dev")

    client.post(SECOND, {"code": code_of(secret, step)})

    assert is_signed_in(client) is opens


def test_a_recovery_code_works_once(cast):
    give_app(cast["dev"])
    codes = give_recovery_codes(cast["dev"])
    first, second = at_second_step("dev"), at_second_step("dev")

    first.post(SECOND, {"code": codes[0]})
    second.post(SECOND, {"code": codes[0]})

    assert is_signed_in(first)
    assert not is_signed_in(second)
    second.post(SECOND, {"code": codes[1]})
    assert is_signed_in(second)


def test_guesses_at_the_code_are_counted(cast):
    """B2: five, then even the right one must wait."""
    secret = give_app(cast["dev"])
    client = at_second_step("dev")
    for guess in range(5):
        client.post(SECOND, {"code": f"00000{guess}"})

    answer = client.post(SECOND, {"code": code_of(secret)})

    assert "Too many attempts" in answer.text
    assert not is_signed_in(client)


NONSENSE = (
    "", "null", "[]", "{", "{}", "1e999", '"x"', '{"id": 1}', "[" * 5_000,
    '{"type": "public-key", "id": "AA", "rawId": "AA", "response": {}}',
    '{"type":"public-key","id":"AA","rawId":"AA","response":{"clientDataJSON":"!","authenticatorData":"!","signature":"!"}}',
)  # fmt: skip


@pytest.mark.parametrize("address", ["/account/2fa/webauthn/login/", SECOND, "/account/2fa/webauthn/add/"])  # fmt: skip
def test_nonsense_in_place_of_a_passkey_is_refused_in_words(cast, as_, address):
    """G1: never an error page, never a session."""
    client = as_("dev") if "add" in address else Client(raise_request_exception=False)
    if "add" in address:
        client.post("/account/reauthenticate/", {"password": PASSWORD})
    if address == SECOND:
        give_app(cast["dev"])
        log_in(client, "dev")

    codes = {client.post(address, {"credential": typed}).status_code for typed in NONSENSE}

    assert max(codes) < 500
    assert Authenticator.objects.filter(type="webauthn").count() == 0
    if "add" not in address:
        assert not is_signed_in(client)


@pytest.mark.parametrize("name", ["ana", "mo", "rui", "gus"])
def test_the_staff_cannot_do_without(cast, as_, settings, name):
    """B7: backbone, facilitators, editors, operators are led to set one up before anything else."""
    settings.STAFF_SECOND_FACTOR = "required"
    client = as_(name)

    for address in ("/today/", "/cohorts/spring/", "/admin/", "/account/profile/"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/account/2fa/"), address
    assert client.get("/help/").status_code == 200

    give_app(cast[name])
    assert client.get("/today/").status_code == 200


def test_a_participant_may_do_without(cast, as_, settings):
    settings.STAFF_SECOND_FACTOR = "required"

    assert as_("dev").get("/today/").status_code == 200


def test_the_last_factor_of_the_staff_stays(cast, nobody, settings):
    """B7."""
    settings.STAFF_SECOND_FACTOR = "required"
    secret = give_app(cast["ana"])
    log_in(nobody, "ana")
    nobody.post(SECOND, {"code": code_of(secret)})

    answer = nobody.post("/account/2fa/totp/deactivate/")

    assert "Your role needs a second step" in answer.text
    assert factors(cast["ana"]) == ["totp"]


def test_setting_up_the_app_tells_by_mail_and_the_first_code_is_used_up(
    cast, nobody, django_capture_on_commit_callbacks
):
    """B8, B9."""
    log_in(nobody, "dev")
    page = nobody.get("/account/2fa/totp/activate/")
    secret = page.context["form"].secret
    code = code_of(secret)

    with django_capture_on_commit_callbacks(execute=True):
        nobody.post("/account/2fa/totp/activate/", {"code": code})

    assert factors(cast["dev"]) == ["recovery_codes", "totp"]
    assert "authenticator" in mails_to(email_of("dev"))[-1].text.lower()
    other = at_second_step("dev")
    other.post(SECOND, {"code": code})
    assert not is_signed_in(other)
