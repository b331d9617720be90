"""A log-in or a token ends in the middle of a form: the person gets back every word, and it is stored nowhere."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

EVIL = "https://evil.example"
FROM_ELSEWHERE = {
    "origin": {"Origin": EVIL},
    "a sandboxed frame": {"Origin": "null"},
    "no origin, but the browser says so": {"Sec-Fetch-Site": "cross-site"},
    "a neighbor": {"Sec-Fetch-Site": "same-site", "Referer": "http://blog.testserver/"},
    "referrer": {"Referer": f"{EVIL}/trap.html"},
    "an origin that begins like ours": {"Origin": "http://testserver.evil.example"},
    "our host on another port": {"Origin": "http://testserver:8001"},
    "a malformed origin": {"Origin": "http://["},
}
FROM_HERE = {
    "origin": {"Origin": "http://testserver"},
    "origin in capitals": {"Origin": "http://TESTSERVER"},
    "the browser says so": {"Sec-Fetch-Site": "same-origin"},
    "referrer": {"Referer": "http://testserver/account/profile/"},
    "a browser that says nothing": {},
    "a host that we trust": {"Origin": "https://forms.trusted.example", "Sec-Fetch-Site": "cross-site"},
}  # fmt: skip

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


@pytest.fixture
def strict(cast):
    """Dev's browser at a site that checks the tokens of its forms."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast["dev"])
    return client


def shown(answer):
    """What the person sees of the kept form: label and text of each field."""
    return [(str(field.label), field.value) for field in answer.context["typed"]]


@pytest.mark.parametrize("headers", FROM_ELSEWHERE.values(), ids=FROM_ELSEWHERE)
def test_a_form_that_another_site_sent_is_not_given_back(strict, nobody, cast, headers):
    """B13: with its text and a fresh token, one press would do what the other site wants."""
    sent = {"chosen_name": "canary-of-evil", "action": "canary-of-evil", "next": "/canary-of-evil/"}

    for client in (strict, nobody):
        answer = client.post("/account/profile/?x=canary-of-evil", sent, headers=headers)

        assert answer.status_code == 403
        assert "A page of another site sent us a form in your name" in answer.text
        assert re.findall("<form|<input|<textarea|<button|csrf|canary-of-evil", answer.text) == []
        assert answer["Cache-Control"] == "private, no-store"
    cast["dev"].refresh_from_db()
    assert cast["dev"].chosen_name == "Dev Banerjee"


def test_nobody_is_signed_in_by_another_sites_form(cast):
    """B13: log-in CSRF."""
    client = Client(enforce_csrf_checks=True)
    typed = {"login": "elu@riverton.example", "password": "lodestar-demo"}

    answer = client.post("/account/login/", typed, headers={"Origin": EVIL})

    assert (answer.status_code, "elu@" in answer.text) == (403, False)
    assert client.get("/today/").status_code == 302


@pytest.mark.parametrize("headers", FROM_HERE.values(), ids=FROM_HERE)
def test_a_form_of_ours_comes_back(strict, nobody, cast, settings, headers):
    settings.CSRF_TRUSTED_ORIGINS = ["https://*.trusted.example"]

    for client in (strict, nobody):
        answer = client.post("/account/profile/", {"pronouns": WORDS}, headers=headers)

        assert answer.status_code == 403
        assert shown(answer) == [("Pronouns", WORDS)]


def test_who_is_signed_out_finds_the_way_to_sign_in_whatever_the_token_says(cast):
    expired = Client(enforce_csrf_checks=True)

    answer = expired.post("/account/profile/", {"pronouns": WORDS, "csrfmiddlewaretoken": "stale"})

    assert "You were signed out in the meantime" in answer.text
    assert "/account/login/?next=%2Faccount%2Fprofile%2F" in answer.text


def test_who_is_signed_in_is_not_asked_to_sign_in(strict):
    answer = strict.post("/account/profile/", {"pronouns": WORDS})

    assert "The form had been open for too long" in answer.text
    assert "Sign in (opens a new tab)" not in answer.text


def test_the_log_in_itself_is_not_told_to_sign_in_first(db):
    answer = Client(enforce_csrf_checks=True).post(
        "/account/login/", {"login": "dev@riverton.example"}
    )

    assert shown(answer) == [("E-mail address", "dev@riverton.example")]
    assert "Sign in (opens a new tab)" not in answer.text


def test_fields_have_the_words_of_their_form(nobody, cast):
    profile = nobody.post("/account/profile/", {"chosen_name": "Dev", "pronouns": "he"})
    announcement = nobody.post("/cohorts/spring/announcements/", {"text": "Bring a question."})

    assert shown(profile) == [("Name you go by", "Dev"), ("Pronouns", "he")]
    assert shown(announcement) == [("Announcement", "Bring a question.")]


def test_digits_that_a_person_typed_are_shown(nobody, cast):
    answer = nobody.post(
        "/cohorts/spring/announcements/", {"text": "1936", "revision": "7", "note": "1968"}
    )

    assert shown(answer) == [("Announcement", "1936"), ("Note", "1968")]


def test_what_nobody_types_travels_unseen(nobody, cast):
    key = "0b0c6d7e-6e0e-4f8b-9c2a-3d5b1c0f9a11"
    profile = {"once": key, "next": "/", "organization": key, "time_zone": "UTC", "pronouns": ""}

    answers = [
        nobody.post("/account/profile/", profile),
        nobody.post("/account/notices/preferences/", {"rhythm-cohorts-news": "daily", "is_paused": "on"}),
        nobody.post(f"/progress/{key}/", {"action": "done", "edition": "3"}),
        nobody.post("/progress/keep/", {"lessons": f"{key}:3 {key}"}),
    ]  # fmt: skip

    assert [shown(answer) for answer in answers] == [[], [], [], []]
    assert f'<input type="hidden" name="organization" value="{key}">' in answers[0].text
    assert '<input type="hidden" name="edition" value="3">' in answers[2].text


def test_a_secret_is_known_by_a_word_of_its_name(nobody, cast):
    kept = {"postcode": "60612", "decoder": "ring", "encoded-name": "x"}
    secrets = {"oldpassword": "s", "new_password2": "s", "recovery_code": "s", "form-0-otp": "s", "code1": "s"}  # fmt: skip

    answer = nobody.post("/account/profile/", {**kept, **secrets})

    assert [field.name for field in answer.context["fields"]] == list(kept)


class TestARefusal:
    """Whoever typed something for what they may not do, or what is gone, gets it back; a form from elsewhere shows nothing."""

    ADDRESS = "/cohorts/spring/announcements/"

    def test_what_was_typed_stands_in_the_refusal_and_is_kept_nowhere(self, as_):
        answer = as_("dev").post(self.ADDRESS, {"text": WORDS, "once": "11111111-1111-4111-8111-111111111111"})  # fmt: skip

        assert answer.status_code == 403
        assert "I wrote three paragraphs\nand do not want to lose “them”. &lt;b&gt;" in answer.text
        assert "11111111" not in answer.text
        assert answer["Cache-Control"] == "private, no-store"

    def test_the_same_404_gives_the_same_words_back(self, as_):
        dev = as_("dev")

        hidden, unknown = (
            dev.post(f"/cohorts/{slug}/announcements/", {"text": WORDS}) for slug in ("autumn", "of-no-one")
        )  # fmt: skip

        assert (hidden.status_code, unknown.status_code) == (404, 404)
        for answer in (hidden, unknown):
            assert "I wrote three paragraphs" in answer.text
        token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
        assert token.sub("", hidden.text) == token.sub("", unknown.text)

    def test_a_page_that_is_only_asked_for_shows_nothing(self, as_):
        answer = as_("dev").get("/cohorts/autumn/?text=canary-words-8")

        assert "canary-words-8" not in answer.text
        assert "What you typed" not in answer.text

    @pytest.mark.parametrize("address", [ADDRESS, "/cohorts/autumn/announcements/"])
    def test_what_another_site_sent_is_not_shown(self, as_, address):
        answer = as_("dev").post(address, {"text": WORDS}, headers={"Origin": EVIL})

        assert "I wrote three paragraphs" not in answer.text

    def test_secrets_are_not_sent_back_here_either(self, as_):
        answer = as_("dev").post(self.ADDRESS, {"text": "", "password": "hunter-canary"})

        assert answer.status_code == 403
        assert "hunter-canary" not in answer.text
