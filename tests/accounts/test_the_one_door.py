"""Signing in: one door, the same answer for everybody, a fresh session, and only addresses of ours come next."""

import pytest
from django.test import Client

from accounts.models import User
from tests.accounts.hands import (
    LOGIN,
    NEW_PASSWORD,
    PASSWORD,
    Counted,
    code_in,
    email_of,
    is_signed_in,
    link_in,
    log_in,
    mails_to,
)  # fmt: skip

pytestmark = pytest.mark.django_db
UNKNOWN = "nobody-here@riverton.example"


def bare(answer):
    """An answer without its token, request id and the address that was typed."""
    import re

    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.text)
    text = re.sub(r"[\w-]+@riverton\.example", "ADDRESS", text)
    return answer.status_code, answer.headers.get("Location"), text, sorted(answer.cookies)


def test_dev_signs_in_and_is_led_to_today(cast, nobody):
    answer = log_in(nobody, "dev")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/today/")
    assert is_signed_in(nobody)


def test_case_of_the_address_does_not_matter(cast, nobody):
    nobody.post(LOGIN, {"login": "  DEV@Riverton.Example ", "password": PASSWORD})

    assert is_signed_in(nobody)


@pytest.mark.parametrize(
    "door",
    ["/admin/login/", "/_util/login/", "/admin/login/?next=/admin/pages/"],
)
def test_every_other_door_leads_to_the_one(cast, door):
    """B1."""
    client = Client()

    answer = client.post(door, {"username": email_of("gus"), "password": PASSWORD})

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(LOGIN)
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "address",
    [
        "/django-admin/", "/django-admin/login/", "/admin/password_reset/", "/account/signup/passkey/",
        "/_allauth/browser/v1/auth/login/", "/account/3rdparty/", "/account/social/login/error/",
    ],
)  # fmt: skip
def test_doors_that_stock_packages_would_open_are_not_there(nobody, address):
    """B1."""
    assert nobody.post(address, {"login": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("/glossary/", "/glossary/"),
        ("https://evil.example/", "/today/"),
        ("//evil.example/", "/today/"),
        ("/\\evil.example/", "/today/"),
        ("javascript:alert(1)", "/today/"),
        ("http://testserver/today/", "/today/"),
        (" https://evil.example", "/today/"),
    ],
)
def test_only_an_address_of_ours_comes_next(cast, nobody, wanted, leads_to):
    """B15."""
    answer = nobody.post(LOGIN, {"login": email_of("dev"), "password": PASSWORD, "next": wanted})

    assert answer.headers["Location"] == leads_to


def test_signing_in_gives_a_new_session_and_a_new_token(cast, nobody):
    """B11."""
    nobody.get(LOGIN)
    token = nobody.cookies["csrftoken"].value
    nobody.cookies["sessionid"] = "chosen-by-somebody-else-0123456789"

    log_in(nobody, "dev")

    cookie = nobody.cookies["sessionid"]
    assert cookie.value != "chosen-by-somebody-else-0123456789"
    assert nobody.cookies["csrftoken"].value != token
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_signing_in_and_out_needs_a_token(cast):
    """B13."""
    strict = Client(enforce_csrf_checks=True)

    assert log_in(strict, "dev").status_code == 403
    strict.force_login(cast["dev"])
    assert strict.post("/account/logout/").status_code == 403
    assert strict.get("/account/logout/").status_code == 200
    assert is_signed_in(strict)


def test_signing_out_ends_the_session_and_clears_what_the_browser_kept(cast, nobody):
    """B10, B12."""
    log_in(nobody, "dev")
    old = nobody.cookies["sessionid"].value

    answer = nobody.post("/account/logout/")

    assert answer.headers["Clear-Site-Data"] == '"cache"'
    nobody.cookies["sessionid"] = old
    assert not is_signed_in(nobody)


def test_a_wrong_password_says_the_same_whoever_it_is_for(cast, monkeypatch):
    """B5, B6: known, unknown and suspended; the same page after the same work."""
    User.objects.filter(email=email_of("jo")).update(is_active=False)
    log_in(
        Client(), "mo", "wrong wrong"
    )  # the first count of an address begins a row, later ones add to it
    answers, works = [], []
    for email in (email_of("dev"), UNKNOWN, email_of("jo")):
        client = Client()
        client.get(LOGIN)
        with Counted(monkeypatch) as work:
            answers.append(bare(client.post(LOGIN, {"login": email, "password": "wrong wrong"})))
        works.append(work)

    assert answers[0] == answers[1] == answers[2]
    assert [work.hashes for work in works] == [1, 1, 1]
    assert works[0].queries == works[1].queries == works[2].queries
    assert [work.mails for work in works] == [0, 0, 0]


def test_asking_for_a_new_password_says_and_does_the_same(cast, monkeypatch):
    """B5, B6."""
    Client().post(
        "/account/password/reset/", {"email": email_of("mo")}
    )  # begins the count for this network address
    answers, works = [], []
    for email in (email_of("dev"), UNKNOWN):
        client = Client()
        with Counted(monkeypatch) as work:
            answers.append(bare(client.post("/account/password/reset/", {"email": email})))
        works.append(work)

    assert answers[0] == answers[1]
    assert [work.mails for work in works] == [1, 1]
    assert works[0].queries == works[1].queries
    assert len(mails_to(UNKNOWN)) == 1  # says that there is no account, to who reads that mailbox


def test_asking_for_a_code_says_and_does_the_same(cast, monkeypatch):
    """B5, B6."""
    Client().post(
        "/account/login/code/", {"email": email_of("mo")}
    )  # begins the count for this network address
    answers, works = [], []
    for email in (email_of("dev"), UNKNOWN):
        client = Client()
        with Counted(monkeypatch) as work:
            answers.append(bare(client.post("/account/login/code/", {"email": email})))
        works.append(work)

    assert answers[0] == answers[1]
    assert [work.mails for work in works] == [1, 1]
    assert works[0].queries == works[1].queries


def test_signing_up_says_and_does_the_same(cast, settings, monkeypatch):
    """B5, B6: an address that has an account gets a mail and no second account."""
    settings.SIGNUP = "open"
    answers, works = [], []
    for email in ("new@riverton.example", email_of("dev")):
        client = Client()
        typed = {"email": email, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
        with Counted(monkeypatch) as work:
            answers.append(bare(client.post("/account/signup/", typed)))
        works.append(work)

    assert answers[0] == answers[1]
    assert [work.hashes for work in works] == [1, 1]
    assert [work.mails for work in works] == [1, 1]
    assert User.objects.filter(email=email_of("dev")).count() == 1
    assert log_in(Client(), "dev").status_code == 302  # the password is the old one


def test_without_an_invitation_nobody_signs_up(nobody):
    answer = nobody.get("/account/signup/")

    assert "invitation" in answer.text
    assert 'name="password1"' not in answer.text


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        (LOGIN, {"login": "dev@riverton.example", "password": "x" * 1_000_000}),
        (LOGIN, {"login": "dev@riverton.example", "password": "x" * 257}),
        (LOGIN, {"login": "d" * 300 + "@riverton.example", "password": PASSWORD}),
        ("/account/password/reset/", {"email": "d" * 300 + "@riverton.example"}),
        ("/account/login/code/", {"email": "d" * 20_000}),
        ("/account/2fa/authenticate/", {"code": "1" * 65}),
        ("/account/reauthenticate/", {"password": "é" * 300}),
    ],
    ids=["megabyte", "password", "address", "reset", "code-address", "code", "proof"],
)
def test_what_is_too_long_is_refused_before_anything_is_hashed(
    cast, nobody, monkeypatch, address, typed
):
    """B14."""
    with Counted(monkeypatch) as work:
        answer = nobody.post(address, typed)

    assert answer.status_code == 400
    assert work.hashes == 0
    assert work.mails == 0


def test_a_code_by_mail_opens_the_door_once(cast, nobody):
    nobody.post("/account/login/code/", {"email": email_of("dev")})
    code = code_in(mails_to(email_of("dev"))[-1])

    nobody.post("/account/login/code/confirm/", {"code": code})
    assert is_signed_in(nobody)
    other = Client()
    other.post("/account/login/code/", {"email": email_of("elu")})
    other.post("/account/login/code/confirm/", {"code": code})
    assert not is_signed_in(other)


def test_links_in_mails_name_our_own_address(cast, nobody, settings):
    """G8: whatever the request called us."""
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]

    nobody.post(
        "/account/password/reset/", {"email": email_of("dev")}, headers={"host": "other.example"}
    )

    mail = mails_to(email_of("dev"))[-1]
    assert link_in(mail).startswith(settings.SITE_URL + "/account/password/reset/key/")
    assert "other.example" not in mail.text + mail.html + mail.subject


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:80@evil"])
def test_a_host_that_is_not_ours_is_refused(nobody, host):
    """G8."""
    assert nobody.get("/", headers={"host": host}).status_code == 400


def test_strange_methods_change_nothing(cast, as_):
    """G8."""
    client = as_("dev")
    for method in ("TRACE", "PUT", "PROPFIND"):
        assert client.generic(method, "/account/profile/").status_code in {400, 403, 405}
    answer = client.post("/account/logout/", headers={"x-http-method-override": "GET"})
    assert answer.status_code == 302
