"""A database that does not answer is a 503, and what was typed comes back in it (threats H3)."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

WORDS = "three paragraphs\nthat took an hour <b>"


@pytest.fixture
def dev(cast, settings):
    settings.ROOT_URLCONF = "tests.core.urls_that_break"
    client = Client(raise_request_exception=False)
    client.force_login(cast["dev"])
    return client


def test_the_page_says_so_and_keeps_what_was_typed(dev):
    typed = {"text": WORDS, "csrfmiddlewaretoken": "of-the-form", "password": "hunter-canary"}

    answer = dev.post("/breaks/database/", typed)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "three paragraphs\nthat took an hour &lt;b&gt;</textarea>" in answer.text
    assert 'action="/breaks/database/"' in answer.text
    assert 'name="csrfmiddlewaretoken" value="of-the-form"' in answer.text
    assert "hunter-canary" not in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_disk_that_is_full_keeps_what_was_typed_too(dev):
    """H4: it passes, so it is no fault of the site, and the words come back."""
    answer = dev.post("/breaks/disk/", {"text": WORDS})

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "three paragraphs\nthat took an hour &lt;b&gt;</textarea>" in answer.text


def test_a_page_that_was_only_read_has_nothing_to_keep(dev):
    answer = dev.get("/breaks/database/")

    assert answer.status_code == 503
    assert "<form" not in answer.text
    assert "To the front page" in answer.text


def test_what_another_site_sent_does_not_come_back(dev):
    answer = dev.post("/breaks/database/", {"text": WORDS}, headers={"origin": "https://evil.example"})  # fmt: skip

    assert answer.status_code == 503
    assert "three paragraphs" not in answer.text
