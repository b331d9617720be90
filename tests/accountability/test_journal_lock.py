"""The lock of the journal: what opens it, how long it stays open, what closes it, and that nothing typed is lost or kept."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accountability.journal.models import Choice
from tests.accounts.hands import (
    NEW_PASSWORD,
    PASSWORD,
    code_in,
    code_of,
    email_of,
    give_app,
    link_in,
    log_in,
    mails_to,
)

pytestmark = pytest.mark.django_db
JOURNAL = "/journal/"
SECRET = "what I did not say in the meeting\nand why"


def later(**time):
    return time_machine.travel(timezone.now() + timedelta(**time), tick=False)


def opens(client):
    return client.get(JOURNAL).status_code == 200


def prove(client, password=PASSWORD):
    return client.post("/account/reauthenticate/", {"password": password, "next": JOURNAL})


def by_mail(name):
    """A client that is signed in by a mailed code alone."""
    client = Client()
    client.post("/account/login/code/", {"email": email_of(name)})
    client.post("/account/login/code/confirm/", {"code": code_in(mails_to(email_of(name))[-1])})
    return client


@pytest.fixture
def dev(cast):
    client = Client()
    log_in(client, "dev")
    return client


# What opens it.


def test_signing_in_with_the_password_opens_it(dev):
    assert opens(dev)


def test_a_session_that_proved_nothing_is_led_to_where_it_opens_and_on(as_):
    dev = as_("dev")

    answer = dev.get("/journal/choices/")

    assert answer.headers["Location"] == "/journal/open/?next=%2Fjournal%2Fchoices%2F"
    page = dev.get(answer.headers["Location"])
    assert "Your journal is locked" in page.text
    assert "/account/reauthenticate/?next=%2Fjournal%2Fchoices%2F" in page.text
    assert prove(dev).headers["Location"] == JOURNAL
    assert opens(dev)


def test_a_mailed_code_alone_opens_it_never(cast):
    """Ben has a password, which the code does not replace."""
    ben = by_mail("ben")

    page = ben.get("/journal/open/")

    assert not opens(ben)
    assert "Your journal is locked" in page.text


def test_who_has_neither_password_nor_passkey_is_told_what_it_needs(cast):
    cast["ben"].set_unusable_password()
    cast["ben"].save()
    ben = by_mail("ben")

    page = ben.get("/journal/open/")

    assert not opens(ben)
    assert "Your journal needs a password or a passkey" in page.text
    assert 'href="/account/password/set/"' in page.text
    assert 'href="/account/2fa/webauthn/add/"' in page.text
    assert "shut for 24 hours" in page.text


def test_who_signs_in_by_mail_opens_it_with_the_code_and_the_six_digits(cast):
    cast["ben"].set_unusable_password()
    cast["ben"].save()
    secret = give_app(cast["ben"])
    ben = by_mail("ben")
    ben.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert opens(ben)

    ben.post("/journal/lock/")
    first = ben.get("/journal/open/").text
    ben.post("/account/prove/", {"next": JOURNAL})
    ben.post("/account/prove/", {"code": code_in(mails_to(email_of("ben"))[-1]), "next": JOURNAL})
    then = ben.get("/journal/open/").text
    between = opens(ben)
    ben.post("/account/2fa/reauthenticate/", {"code": code_of(secret, 1), "next": JOURNAL})

    assert ("/account/prove/?next=" in first, "/2fa/reauthenticate/" in first) == (True, False)
    assert ("/account/prove/?next=" in then, "/2fa/reauthenticate/" in then) == (False, True)
    assert (between, opens(ben)) == (False, True)


def reset_password(name):
    client = Client()
    client.post("/account/password/reset/", {"email": email_of(name)})
    link = re.sub(r"^https?://[^/]+", "", link_in(mails_to(email_of(name))[-1]))
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})


def test_after_a_reset_it_is_shut_for_a_day_in_the_members_own_time(cast):
    cast["dev"].time_zone = "America/New_York"
    cast["dev"].save()
    with time_machine.travel("2026-11-20T15:00:00Z", tick=False):
        reset_password("dev")
        dev = Client()
        log_in(dev, "dev", NEW_PASSWORD)
        shut, page = not opens(dev), dev.get("/journal/open/")
    with time_machine.travel("2026-11-21T14:59:00Z", tick=False):
        prove(dev, NEW_PASSWORD)
        still_shut = not opens(dev)
    with time_machine.travel("2026-11-21T15:01:00Z", tick=False):
        prove(dev, NEW_PASSWORD)

        assert (shut, still_shut, opens(dev)) == (True, True, True)
    assert "Nov. 21, 2026, 10 a.m." in page.text


def test_after_a_reset_an_app_from_before_opens_it_at_once(cast):
    secret = give_app(cast["dev"])
    Authenticator.objects.update(created_at=timezone.now() - timedelta(days=3))
    reset_password("dev")
    dev = Client()
    log_in(dev, "dev", NEW_PASSWORD)

    dev.post("/account/2fa/authenticate/", {"code": code_of(secret)})

    assert opens(dev)


def test_after_a_reset_the_page_leads_to_the_app_from_before(cast, dev):
    give_app(cast["dev"])
    Authenticator.objects.update(created_at=timezone.now() - timedelta(days=3))
    cast["dev"].password_reset_at = timezone.now() - timedelta(hours=1)
    cast["dev"].save()

    page = dev.get("/journal/open/")

    assert not opens(dev)
    assert "Your journal is shut for a day" in page.text
    assert "/account/2fa/reauthenticate/?next=%2Fjournal%2F" in page.text


def test_a_way_in_that_is_made_anew_shuts_what_is_open(cast, dev):
    assert opens(dev)

    with later(minutes=1):
        cast["dev"].password_reset_at = timezone.now()
        cast["dev"].save()

        assert not opens(dev)


# How long it stays open.


def test_it_stays_open_for_fifteen_idle_minutes(dev):
    begun = timezone.now()
    seen = []
    for minute in (0, 14, 28, 42, 57):
        with time_machine.travel(begun + timedelta(minutes=minute, seconds=1), tick=False):
            seen.append(opens(dev))

    assert seen == [True, True, True, True, False]


def test_stay_is_activity_and_asking_how_long_is_none(dev):
    begun = timezone.now()
    opens(dev)
    with time_machine.travel(begun + timedelta(minutes=10), tick=False):
        asked = dev.get("/journal/stay/").json()
        told = dev.post("/journal/stay/").json()

    assert 299 <= asked["seconds"] <= 300
    assert told["seconds"] == 900
    assert sorted(told) == ["open_until", "seconds", "warning"]
    with time_machine.travel(begun + timedelta(minutes=24), tick=False):
        assert dev.get("/journal/stay/").status_code == 200
    with time_machine.travel(begun + timedelta(minutes=26), tick=False):
        assert dev.get("/journal/stay/").status_code == 423


def test_the_page_that_says_it_is_open_opens_nothing_and_is_no_activity(dev):
    """Two pages that nobody sits at would else keep it open for each other."""
    begun = timezone.now()
    opens(dev)
    with time_machine.travel(begun + timedelta(minutes=14), tick=False):
        page = dev.get("/journal/open/?next=/journal/choices/")
    with time_machine.travel(begun + timedelta(minutes=16), tick=False):
        gone = opens(dev)

    assert (page.status_code, gone) == (200, False)
    assert 'href="/journal/choices/"' in page.text


def test_a_clock_that_is_put_back_closes_it(dev):
    assert opens(dev)

    with time_machine.travel(timezone.now() - timedelta(minutes=5), tick=True):
        shut, still_shut = not opens(dev), not opens(dev)
        prove(dev)

        assert (shut, still_shut, opens(dev)) == (True, True, True)


def test_the_way_back_leads_into_the_journal_alone(dev):
    """B15."""
    for elsewhere in (
        "https://evil.example/",
        "//evil.example/",
        "/account/logout/",
        "/journal/open/",
    ):
        page = dev.get("/journal/open/", {"next": elsewhere})
        assert 'class="btn wide" href="/journal/"' in page.text


# What closes it.


def test_after_lock_what_was_proved_before_does_not_open_it_again(dev):
    begun = timezone.now()
    opens(dev)
    with time_machine.travel(begun + timedelta(seconds=20), tick=False):
        answer = dev.post("/journal/lock/")
        shut = not opens(dev)
    with time_machine.travel(begun + timedelta(seconds=40), tick=False):
        still_shut = not opens(dev)
        prove(dev)

        assert (answer.status_code, answer.headers["Location"]) == (303, "/journal/open/")
        assert (shut, still_shut, opens(dev)) == (True, True, True)


def test_what_was_proved_before_it_ran_out_does_not_open_it_again(dev):
    """A proof for another page, ten minutes in, is no word of a person at this one."""
    begun = timezone.now()
    opens(dev)
    with time_machine.travel(begun + timedelta(minutes=10), tick=False):
        prove(dev)
    with time_machine.travel(begun + timedelta(minutes=16), tick=False):
        assert not opens(dev)


def test_a_proof_before_a_lock_does_not_open_it_when_the_clock_is_put_back(dev):
    begun = timezone.now()
    with time_machine.travel(begun + timedelta(minutes=5), tick=False):
        opens(dev)
        dev.post("/journal/lock/")
    with time_machine.travel(begun + timedelta(minutes=4), tick=False):
        assert not opens(dev)
        assert not opens(dev)


def test_a_page_that_began_before_lock_was_pressed_does_not_open_it_again(dev, rf, cast):
    """The session of the slower request still holds the open journal when the other has locked it."""
    from accountability.journal import lock

    opens(dev)
    slow = rf.post("/journal/stay/")
    slow.session, slow.user = dev.session, cast["dev"]
    assert lock.is_open(slow)
    dev.post("/journal/lock/")

    lock.touch(slow)

    assert not lock.is_open(slow)
    assert not opens(dev)


def test_locking_in_one_session_leaves_the_others_alone(dev, cast):
    other = Client()
    log_in(other, "dev")
    elu = Client()
    log_in(elu, "elu")
    assert [opens(one) for one in (dev, other, elu)] == [True, True, True]

    dev.post("/journal/lock/")

    assert [opens(one) for one in (dev, other, elu)] == [False, True, True]


def test_an_end_of_all_sessions_ends_it(dev, cast):
    from accounts.sessions import end_all_sessions

    opens(dev)

    end_all_sessions(cast["dev"])

    assert dev.get(JOURNAL).headers["Location"] == "/account/login/?next=/journal/"


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
    with django_assert_num_queries(10):
        dev.get(JOURNAL)
    Choice.objects.create(member=cast["dev"], escape_hides=True)
    with django_assert_num_queries(10):
        dev.get(JOURNAL)
