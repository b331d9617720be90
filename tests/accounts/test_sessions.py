"""Sessions end at once when they should, and the member hears of what a thief would do."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.actions import restore_member, suspend_member
from accounts.models import User
from tests.accounts.hands import (
    NEW_PASSWORD,
    PASSWORD,
    code_in,
    email_of,
    is_signed_in,
    link_in,
    log_in,
    mails_to,
)  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def devs(cast):
    """Dev signed in twice: here, and on another device."""
    here, there = Client(), Client()
    log_in(here, "dev")
    log_in(there, "dev")
    assert is_signed_in(here)
    assert is_signed_in(there)
    return here, there


def test_a_new_password_ends_the_other_sessions_and_is_told(devs, cast):
    """B9, B10."""
    here, there = devs
    before = here.cookies["sessionid"].value

    here.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )

    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert here.cookies["sessionid"].value != before
    assert "password" in mails_to(email_of("dev"))[-1].text.lower()


def test_a_reset_password_ends_every_session_and_signs_nobody_in(devs, cast, nobody):
    """B7, B10."""
    nobody.post("/account/password/reset/", {"email": email_of("dev")})
    path = link_in(mails_to(email_of("dev"))[-1]).split("localhost:8000", 1)[1]
    page = nobody.get(path, follow=True)

    nobody.post(page.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert [is_signed_in(one) for one in (*devs, nobody)] == [False, False, False]
    assert User.objects.get(email=email_of("dev")).password_reset_at is not None
    again = Client().get(path, follow=True)
    assert 'name="password1"' not in again.text  # the link worked once


def test_a_changed_address_is_told_to_the_old_one_and_ends_the_other_sessions(
    devs, cast, django_capture_on_commit_callbacks
):
    """B9: the new address counts once its code came back."""
    here, there = devs
    with django_capture_on_commit_callbacks(execute=True):
        here.post("/account/email/", {"email": "dev.new@riverton.example", "action_add": ""})
        assert User.objects.filter(email=email_of("dev")).exists()
        code = code_in(mails_to("dev.new@riverton.example")[-1])
        here.post("/account/confirm-email/", {"code": code})

    assert User.objects.get(pk=cast["dev"].pk).email == "dev.new@riverton.example"
    assert "dev.new@riverton.example" not in mails_to(email_of("dev"))[-1].subject
    assert len(mails_to(email_of("dev"))) >= 1
    assert not is_signed_in(there)
    assert not EmailAddress.objects.filter(email=email_of("dev")).exists()


def test_an_address_that_another_member_has_is_not_given_away(devs, cast):
    """B5: the page is the same, and only the mailbox's owner hears of it."""
    here, _there = devs
    pages = []
    for email in (email_of("elu"), "free@riverton.example"):
        answer = here.post("/account/email/", {"email": email, "action_add": ""})
        pages.append((answer.status_code, answer.headers.get("Location")))

    assert pages[0] == pages[1]
    assert len(mails_to(email_of("elu"))) == 1


def test_signing_out_everywhere_else(devs):
    """B10."""
    here, there = devs

    here.post("/account/sessions/")

    assert is_signed_in(here)
    assert not is_signed_in(there)


def test_the_list_of_sessions_names_browsers_in_words(cast):
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0"
    client = Client(headers={"user-agent": agent})
    log_in(client, "dev")

    page = client.get("/account/sessions/")

    assert "Firefox on Windows" in page.text
    assert "Mozilla/5.0" not in page.text


def test_a_suspended_member_is_out_at_once_and_cannot_come_back(devs, cast, nobody):
    """B10."""
    suspend_member(member=cast["dev"], by=cast["ana"])

    assert [is_signed_in(one) for one in devs] == [False, False]
    log_in(nobody, "dev")
    assert not is_signed_in(nobody)

    restore_member(member=User.objects.get(pk=cast["dev"].pk), by=cast["ana"])
    log_in(nobody, "dev")
    assert is_signed_in(nobody)
    assert "confirmed that your account is suspended" in nobody.get("/account/").text  # F10


def test_a_deleted_member_is_out_at_once(devs, cast):
    """B10."""
    User.objects.filter(pk=cast["dev"].pk).delete()

    assert [one.get("/today/").status_code for one in devs] == [302, 302]


def test_a_browser_that_is_new_to_the_account_is_told_by_mail(cast):
    known, new = Client(), Client()
    log_in(known, "dev")
    known.post("/account/logout/")
    assert mails_to(email_of("dev")) == []  # the first sign-in of an account tells nobody

    log_in(known, "dev")
    assert mails_to(email_of("dev")) == []
    log_in(new, "dev")

    assert "has not been used for it before" in mails_to(email_of("dev"))[-1].text
    assert len(mails_to(email_of("dev"))) == 1


def test_no_mail_about_signing_in_says_what_is_written_here(devs):
    """E1: fixed text, one recipient, nothing of cohorts or lessons."""
    here, _there = devs
    here.post("/account/password/reset/", {"email": email_of("dev")})

    for mail in mails_to(email_of("dev")):
        assert not re.search(r"Spring|redlin|Hana|Mo Haddad", mail.subject + mail.text + mail.html)
