"""The frame of the journal: nothing typed is lost or kept when it has locked, hiding says nothing, no cache keeps a page."""

import re

import pytest
from django.contrib.sessions.models import Session

from accountability.journal.models import Choice
from tests.accountability.hands import JOURNAL, opens, prove

pytestmark = pytest.mark.django_db
SECRET = "what I did not say in the meeting\nand why"


# What is typed meanwhile.


def test_a_form_that_comes_when_it_is_locked_comes_back_and_is_stored_nowhere(dev):
    opens(dev)
    dev.post("/journal/lock/")
    before = Session.objects.get(pk=dev.session.session_key).session_data

    answer = dev.post("/journal/choices/", {"title": "Alder Street", "body": SECRET})

    assert answer.status_code == 403
    assert SECRET in answer.text
    assert "Alder Street" in answer.text
    assert 'href="/journal/open/" target="_blank"' in answer.text
    assert 'action="/journal/choices/"' in answer.text
    assert Session.objects.get(pk=dev.session.session_key).session_data == before
    assert re.search("<title>(.*)</title>", answer.text)[1].startswith("Journal · ")


def test_the_kept_form_can_be_sent_again_after_the_proof(dev, cast):
    dev.post("/journal/lock/")
    kept = dev.post("/journal/choices/", {"escape_hides": ""})
    prove(dev)

    answer = dev.post("/journal/choices/", {})

    assert (kept.status_code, answer.status_code) == (403, 302)
    assert Choice.objects.get(member=cast["dev"]).escape_hides is False


def test_a_script_that_posts_when_it_is_locked_gets_423(dev):
    dev.post("/journal/lock/")

    answer = dev.post("/journal/choices/", {"body": SECRET}, headers={"Sec-Fetch-Mode": "cors"})

    assert (answer.status_code, answer.content) == (423, b"")


def test_what_a_script_saves_opens_nothing(dev):
    """Signed in a moment ago, and still locked until the person comes."""
    assert dev.post("/journal/stay/").status_code == 423
    assert opens(dev)
    assert dev.post("/journal/stay/").status_code == 200


# Hiding, headers, the page.


def test_hiding_works_without_a_script_and_locks(dev):
    opens(dev)

    answer = dev.post("/journal/lock/", {"hide": "1"})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/away/")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert not opens(dev)


def test_a_script_that_locks_is_led_nowhere(dev):
    answer = dev.post("/journal/lock/", {"hide": "1"}, headers={"Sec-Fetch-Mode": "cors"})

    assert (answer.status_code, "Location" in answer.headers) == (204, False)
    assert answer.headers["Clear-Site-Data"] == '"cache"'


def test_signing_out_clears_the_browsers_cache(dev):
    """B12."""
    assert dev.post("/account/logout/").headers["Clear-Site-Data"] == '"cache"'


def test_every_answer_is_stored_by_nobody_and_names_nothing(dev):
    opened = [dev.get(address) for address in (JOURNAL, "/journal/choices/", "/journal/open/", "/journal/stay/")]  # fmt: skip
    closed = [dev.post("/journal/lock/"), dev.get(JOURNAL), dev.post("/journal/choices/"), dev.get("/journal/open/")]  # fmt: skip

    for answer in opened + closed:
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert re.findall("<title>(.*?) · ", answer.text) in ([], ["Journal"])


def test_the_neutral_page_says_nothing_of_a_journal_nor_of_who_sat_here(dev, nobody):
    for client in (dev, nobody):
        page = client.get("/away/")

        assert page.status_code == 200
        assert page.headers["Cache-Control"] == "private, no-store"
        assert "ournal" not in page.text
        assert "Dev Banerjee" not in page.text
        assert "does not erase the history of your browser" in page.text
    assert opens(dev)  # who only looks at it stays signed in


def test_a_message_that_waits_is_not_shown_on_the_neutral_page(dev):
    dev.post("/journal/choices/", {"escape_hides": "on"})

    page = dev.get("/away/")

    assert "Saved." not in page.text


def test_the_line_of_the_navigation_is_for_members(dev, nobody):
    line = '<li><a href="/journal/">Journal</a></li>'

    assert line in dev.get("/today/").text
    assert line not in nobody.get("/").text


def test_escape_can_be_turned_off(dev, cast):
    before = "data-escape-hides" in dev.get(JOURNAL).text

    dev.post("/journal/choices/", {})

    assert (before, "data-escape-hides" in dev.get(JOURNAL).text) == (True, False)


def test_without_a_script_a_page_leaves_the_screen_a_little_after_it_locked(dev):
    page = dev.get(JOURNAL).text

    assert re.findall(r'<noscript><meta http-equiv="refresh" content="(\d+);url=/journal/open/">', page) in (["909"], ["910"])  # fmt: skip


def test_the_same_work_whether_or_not_somebody_chose(dev, cast, django_assert_num_queries):
    opens(dev)
    with django_assert_num_queries(9):
        dev.get(JOURNAL)
    Choice.objects.create(member=cast["dev"], escape_hides=True)
    with django_assert_num_queries(9):
        dev.get(JOURNAL)
