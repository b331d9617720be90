"""A log-in or a token ends in the middle of a form: the person gets back every word, and it is stored nowhere."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

WORDS = "I wrote three paragraphs\nand do not want to lose “them”. <b>"


def test_a_post_after_the_session_ended_keeps_the_text(nobody, cast):
    answer = nobody.post(
        "/account/profile/", {"chosen_name": "Dev", "pronouns": WORDS, "time_zone": "UTC"}
    )

    assert answer.status_code == 403
    assert "I wrote three paragraphs\nand do not want to lose “them”. &lt;b&gt;" in answer.text
    assert 'action="/account/profile/"' in answer.text
    assert "/account/login/?next=%2Faccount%2Fprofile%2F" in answer.text
    assert answer["Cache-Control"] == "private, no-store"


def test_a_stale_token_gives_the_same_form_with_a_fresh_one(cast):
    dev = Client(enforce_csrf_checks=True)
    dev.force_login(cast["dev"])

    answer = dev.post("/account/profile/", {"pronouns": WORDS, "csrfmiddlewaretoken": "stale"})

    assert answer.status_code == 403
    assert "I wrote three paragraphs" in answer.text
    assert answer.text.count('name="csrfmiddlewaretoken"') >= 1
    assert 'value="stale"' not in answer.text


def test_sending_the_kept_form_again_does_what_was_meant(cast):
    dev = Client(enforce_csrf_checks=True)
    dev.force_login(cast["dev"])
    form = {"chosen_name": "Dev", "pronouns": "they", "time_zone": "UTC", "language": ""}
    kept = dev.post("/account/profile/", form)
    token = kept.context["csrf_token"]

    answer = dev.post("/account/profile/", {**form, "csrfmiddlewaretoken": str(token)})

    assert answer.status_code == 302
    cast["dev"].refresh_from_db()
    assert cast["dev"].pronouns == "they"


def test_secrets_are_not_sent_back(nobody, cast):
    answer = nobody.post(
        "/account/profile/",
        {"password": "hunter-canary", "new_password2": "hunter-canary", "code": "hunter-canary"},
    )

    assert "hunter-canary" not in answer.text


def test_the_text_is_put_in_no_session_and_no_address(nobody, cast):
    before = Session.objects.count()

    answer = nobody.post("/account/profile/", {"pronouns": "canary-words-7"})

    assert Session.objects.count() == before
    assert "canary-words-7" not in str(answer.headers)


def test_every_value_of_a_name_is_kept_in_its_order(nobody, cast):
    answer = nobody.post("/account/profile/", {"tag": ["first tag", "second tag"]})

    assert [field.value for field in answer.context["typed"]] == ["first tag", "second tag"]


def test_a_get_asks_to_sign_in_and_comes_back(nobody, cast):
    answer = nobody.get("/account/profile/?x=1")

    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('account_login')}?next=/account/profile/%3Fx%3D1"
