"""The lock of the journal: what opens it, how long it stays open, what closes it."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from tests.accountability.hands import JOURNAL, opens, prove
from tests.accounts.hands import (
    NEW_PASSWORD,
    code_in,
    code_of,
    email_of,
    give_app,
    link_in,
    log_in,
    mails_to,
)

pytestmark = pytest.mark.django_db


def later(**time):
    return time_machine.travel(timezone.now() + timedelta(**time), tick=False)


def by_mail(name):
    """A client that is signed in by a mailed code alone."""
    client = Client()
    client.post("/account/login/code/", {"email": email_of(name)})
    client.post("/account/login/code/confirm/", {"code": code_in(mails_to(email_of(name))[-1])})
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


def test_who_presses_lock_while_a_page_is_on_its_way_is_not_answered_by_it(dev, rf, cast):
    """Activity was noted a moment ago, so that the row of the session is not written again; it is read."""
    from django.http import HttpResponse

    from accountability.journal.lock import behind_lock

    opens(dev)
    slow = rf.get("/journal/")
    slow.session, slow.user = dev.session, cast["dev"]
    assert slow.session.get("journal_lock")["active"]
    dev.post("/journal/lock/")

    answer = behind_lock(lambda _request: HttpResponse("words"))(slow)

    assert answer.status_code == 302
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
