"""Limits on guessing: exact over threads, per account and per network address, never reset by a success."""

import threading

import pytest
from django.db import connection, connections
from django.test import Client

from accounts.models import User
from notices.models import OutboxMail
from tests.accounts.hands import LOGIN, PASSWORD, Counted, email_of, is_signed_in, log_in, mails_to

WRONG = "wrong wrong wrong"


def tries(name, count, **extra):
    return [log_in(Client(), name, WRONG, **extra) for _ in range(count)]


@pytest.mark.django_db
def test_after_five_wrong_passwords_the_right_one_must_wait(cast, nobody):
    """B2: the account is guarded whatever the network address."""
    for number in range(5):
        tries("dev", 1, REMOTE_ADDR=f"198.51.100.{number}")

    answer = log_in(nobody, "dev", REMOTE_ADDR="198.51.100.77")

    assert "Too many attempts" in answer.text
    assert not is_signed_in(nobody)
    elu = Client()
    log_in(elu, "elu", REMOTE_ADDR="198.51.100.77")
    assert is_signed_in(elu)


@pytest.mark.django_db
def test_an_address_without_an_account_is_guarded_alike(cast):
    """B5: the sixth try says the same for both."""
    last = {}
    for name in ("dev", "nobody-here"):
        for number in range(6):
            last[name] = log_in(Client(), name, WRONG, REMOTE_ADDR=f"198.51.100.{number}")

    assert [answer.status_code for answer in last.values()] == [200, 200]
    assert all("Too many attempts" in answer.text for answer in last.values())


@pytest.mark.django_db
def test_a_network_address_gets_ten_wrong_tries_a_minute(cast, monkeypatch):
    """B2: many accounts from one place; past the limit nothing is hashed."""
    names = ("ben", "dev", "elu", "jo", "hana", "ines", "mo", "ana", "rui", "fay")
    for name in names:
        tries(name, 1)

    with Counted(monkeypatch) as work:
        answer = log_in(Client(), "gus", WRONG)

    assert "Too many attempts" in answer.text
    assert work.hashes == 0


@pytest.mark.django_db
def test_a_success_gives_back_its_own_attempt_and_no_other(cast):
    """B4: whoever owns one account cannot clear the count of their network address by signing in."""
    for name in ("ben", "dev", "elu", "jo", "hana", "ines", "mo", "ana", "rui"):
        tries(name, 1)
        log_in(Client(), "lena")
    tries("fay", 1)

    answer = log_in(Client(), "lena")

    assert "Too many attempts" in answer.text


@pytest.mark.django_db
def test_a_forwarded_address_counts_only_behind_a_proxy_that_we_trust(cast, settings):
    """B3."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    for number, name in enumerate(("ben", "dev", "elu", "jo", "hana", "ines", "mo", "ana", "rui", "fay")):  # fmt: skip
        tries(name, 1, headers={"x-forwarded-for": f"203.0.113.{number}"})

    answer = log_in(Client(), "gus", headers={"x-forwarded-for": "203.0.113.99"})

    assert "Too many attempts" in answer.text


@pytest.mark.django_db
def test_mails_to_one_address_are_few(cast):
    """B2: nobody fills another's mailbox."""
    answers = [
        Client().post("/account/password/reset/", {"email": email_of("dev")}) for _ in range(5)
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 429, 429]
    assert len(mails_to(email_of("dev"))) == 3
    assert "Too many" in answers[-1].text or "wait" in answers[-1].text


@pytest.mark.django_db(transaction=True)
def test_the_limit_is_exact_when_many_try_at_once(cast):
    """B2: ten threads, as ten workers; five may try."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
    answers, start = [], threading.Barrier(10)

    def guess(number):
        start.wait()
        try:
            answers.append(log_in(Client(), "dev", WRONG, REMOTE_ADDR=f"198.51.100.{number}").text)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == 10
    assert sum("Too many attempts" in text for text in answers) == 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("address", "typed"),
    [
        (LOGIN, {"login": "dev@riverton.example", "password": PASSWORD}),
        ("/account/password/reset/", {"email": "dev@riverton.example"}),
        ("/account/login/code/", {"email": "dev@riverton.example"}),
    ],
    ids=["log-in", "reset", "code"],
)
def test_without_a_store_for_the_counts_nobody_may_guess(cast, address, typed):
    """B17: 503 in a sentence, neither an error page nor a free try."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE shared_cache")
    client = Client(raise_request_exception=False)

    answer = client.post(address, typed)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "Traceback" not in answer.text
    assert not is_signed_in(client)
    assert OutboxMail.objects.filter(recipient=email_of("dev")).count() == 0
    assert User.objects.get(email=email_of("dev")).last_login is None
