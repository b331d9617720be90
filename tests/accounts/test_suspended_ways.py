"""Whoever is suspended keeps two rights: their own copy of everything, and leaving. Nothing else opens."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from accountability.buddies.mydata import own_copy as own_copy_of_buddies
from accountability.checkins.actions.notes import save_notes
from accounts.leaving import come_back
from accounts.models import Departure, OwnCopy, User
from accounts.permissions import is_suspended, suspended_members
from accounts.sessions import end_all_sessions
from accounts.suspending import confirm_suspension, end_suspension, propose_suspension
from tests.accounts.copies import SECRET, content_of, entry_of, unpacked, worker
from tests.accounts.hands import (
    PASSWORD,
    code_in,
    code_of,
    email_of,
    give_app,
    is_signed_in,
    log_in,
    mails_to,
)
from tests.sweep.planting.kinds import pair_of

pytestmark = pytest.mark.django_db
TOLD, DATA, FILE = "/account/inactive/", "/account/inactive/data/", "/account/inactive/data/file/"
LEAVE, DOOR = "/account/inactive/leave/", "/account/login/"


def suspend(cast, name="dev"):
    asked = propose_suspension(member=cast[name], reason="Harms.", until=None, by=cast["ana"])
    return confirm_suspension(suspension=asked, by=cast["lena"])


def at_the_door(name="dev", password=PASSWORD):
    """A browser in which somebody has typed address and password."""
    client = Client()
    log_in(client, name, password)
    return client


def leads_to_the_door(answer):
    return (answer.status_code, answer.headers.get("Location")) == (302, DOOR)


def fresh(member):
    return User.objects.get(pk=member.pk)


def test_the_page_that_tells_of_it_offers_both_and_the_copy_holds_what_is_theirs(cast):
    entry_of(cast["dev"], body=SECRET)
    suspend(cast)
    dev = at_the_door()

    told = dev.get(TOLD).text
    dev.post(DATA)
    waits = dev.get(DATA).text
    made = worker()
    ready = dev.get(DATA).text
    copy = unpacked(content_of(dev.post(FILE)))

    assert f'href="{DATA}"' in told
    assert f'href="{LEAVE}"' in told
    assert ("Your copy is being made" in waits, made, "Download it" in ready) == (True, 1, True)
    words = "".join(copy.read(name).decode("utf-8", "replace") for name in copy.namelist())
    assert "interrupted" in words
    assert not OwnCopy.objects.exists()
    assert not is_signed_in(dev)


def test_the_copy_of_a_suspended_member_holds_nothing_that_their_buddy_wrote_since(cast):
    """Elu is not told that Dev is suspended, and goes on writing to him."""
    pair = pair_of(cast["dev"], cast["elu"])
    save_notes(pair=pair, by=cast["elu"], body="Before it.", seen=0)
    before = read_in_the_copy(cast, "Before it.")
    suspend(cast)
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        save_notes(pair=pair, by=cast["elu"], body="Since then.", seen=1)
        since = [read_in_the_copy(cast, words) for words in ("Before it.", "Since then.")]

    assert (before, since) == (True, [False, False])


def read_in_the_copy(cast, words):
    """Whether Dev's own copy holds these words."""
    (pairs, _requests) = own_copy_of_buddies(fresh(cast["dev"]))
    return words in repr([list(row.items()) for row in pairs.rows()])


def test_the_copy_of_a_suspended_member_lacks_no_file(cast):
    entry_of(cast["hana"], body=SECRET)  # who has a buddy, and is in a caucus
    before = Client()
    log_in(before, "hana")
    before.post("/account/export/")
    worker()
    open_account = set(unpacked(content_of(before.post("/account/export/file/"))).namelist())

    suspend(cast, "hana")
    after = at_the_door("hana")
    after.post(DATA)
    worker()

    names = set(unpacked(content_of(after.post(FILE))).namelist())
    assert {name.partition("/")[2] for name in open_account - names} == set()


def test_leaving_needs_one_press_and_a_mail_says_how_to_come_back(cast):
    suspend(cast)
    dev = at_the_door()

    page = dev.get(LEAVE).text
    answer = dev.post(LEAVE, {})
    again = dev.post(LEAVE, {})

    assert "your account is then suspended as it is now" in page
    assert 'id="leave-stays"' in page
    assert answer.headers["Location"] == "/account/leave/done/"
    assert leads_to_the_door(again)
    assert Departure.objects.of(cast["dev"].pk).count() == 1
    assert fresh(cast["dev"]).chosen_name == ""
    assert [mail.subject for mail in mails_to(email_of("dev"))][-1] == "You have left"
    assert leads_to_the_door(dev.get(DATA))


def test_who_comes_back_within_seven_days_is_still_suspended(cast):
    row = suspend(cast)
    at_the_door().post(LEAVE, {})

    led = log_in(Client(), "dev")
    assert come_back(departure=Departure.objects.of(cast["dev"].pk).get())

    row.refresh_from_db()
    assert led.headers["Location"].startswith("/account/leave/undo/")
    assert (row.is_in_force, fresh(cast["dev"]).is_active) == (True, False)
    assert fresh(cast["dev"]).chosen_name == cast["dev"].chosen_name
    assert mails_to(email_of("dev"))[-1].subject == "Your account is suspended"
    assert "Your account is suspended" in at_the_door().get(TOLD).text


def test_nothing_else_opens(cast):
    """Every address of the site that takes no id: as for somebody who never came by the door."""
    suspend(cast)
    dev, nobody = at_the_door(), Client()
    dev.get(TOLD)
    plain = {
        f"/{pattern.pattern}"
        for pattern in get_resolver().url_patterns
        if hasattr(pattern, "callback") and "<" not in str(pattern.pattern)
    } | {"/today/", "/journal/", "/account/", "/account/export/", "/account/leave/", "/buddy/"}
    plain |= {"/commitments/", "/cohorts/spring/", "/caucuses/", "/account/visible/", "/care/"}

    for address in sorted(plain - {TOLD, DATA, FILE, LEAVE}):
        if "(" in address or "^" in address:
            continue
        theirs, others = dev.get(address), nobody.get(address)
        assert theirs.status_code == others.status_code, address
        assert theirs.headers.get("Location") == others.headers.get("Location"), address
    assert dev.post("/account/export/").status_code == nobody.post("/account/export/").status_code
    assert not is_signed_in(dev)
    assert not OwnCopy.objects.exists()


def test_without_the_right_password_there_is_no_way(cast):
    suspend(cast)

    for client in (Client(), at_the_door(password="not the password"), at_the_door("elu")):
        assert leads_to_the_door(client.get(DATA))
        assert leads_to_the_door(client.post(DATA))
        assert leads_to_the_door(client.post(FILE))
        assert leads_to_the_door(client.post(LEAVE, {}))
    assert not OwnCopy.objects.exists()
    assert not Departure.objects.exists()


def test_who_has_a_second_factor_shows_it_first(cast):
    secret = give_app(cast["dev"])
    suspend(cast)
    dev = at_the_door()

    before = dev.get(LEAVE)
    dev.post("/account/2fa/authenticate/", {"code": code_of(secret)})

    assert leads_to_the_door(before)
    assert dev.get(LEAVE).status_code == 200
    dev.post(DATA)
    assert OwnCopy.objects.count() == 1


def test_after_a_quarter_of_an_hour_the_ways_are_shut(cast):
    suspend(cast)
    dev = at_the_door()
    assert dev.get(DATA).status_code == 200

    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        assert leads_to_the_door(dev.get(DATA))
        assert leads_to_the_door(dev.post(LEAVE, {}))
    assert not Departure.objects.exists()


def test_they_end_when_every_session_is_ended_and_when_the_account_is_opened_again(cast):
    row = suspend(cast)
    dev, other = at_the_door(), at_the_door()

    end_all_sessions(fresh(cast["dev"]))
    assert leads_to_the_door(dev.get(DATA))

    other = at_the_door()
    end_suspension(suspension=row, by=cast["ana"])
    assert leads_to_the_door(other.get(DATA))
    assert leads_to_the_door(other.post(LEAVE, {}))
    assert fresh(cast["dev"]).is_active


def test_within_a_day_of_a_new_password_one_leaves_and_no_copy_is_made(cast):
    """The bar of the journal, which is in the copy: whoever has the mailbox has the new password, too."""
    suspend(cast)
    User.objects.filter(pk=cast["dev"].pk).update(password_reset_at=timezone.now())
    dev = at_the_door()

    dev.post(DATA)

    assert "within 24 hours of a new password" in dev.get(DATA).text
    assert not OwnCopy.objects.exists()
    assert dev.post(FILE).headers["Location"] == DATA
    assert dev.get(LEAVE).status_code == 200


def by_mailed_code():
    """A browser in which somebody has typed the code that was mailed to Dev."""
    dev = Client()
    dev.post("/account/login/code/", {"email": email_of("dev")})
    dev.post("/account/login/code/confirm/", {"code": code_in(mails_to(email_of("dev"))[-1])})
    return dev


def test_a_mailed_code_opens_neither_to_who_has_a_password(cast):
    suspend(cast)
    dev = by_mailed_code()

    assert "Your account is suspended" in dev.get(TOLD).text
    assert leads_to_the_door(dev.get(DATA))
    assert leads_to_the_door(dev.get(LEAVE))


def test_who_has_nothing_but_mailed_codes_leaves_by_one_and_sets_a_password_for_the_copy(cast):
    cast["dev"].set_unusable_password()
    cast["dev"].save()
    suspend(cast)
    dev = by_mailed_code()

    dev.post(DATA)

    assert "after a code by mail alone" in dev.get(DATA).text
    assert not OwnCopy.objects.exists()
    assert dev.get(LEAVE).status_code == 200
    dev.post("/account/password/reset/", {"email": email_of("dev")})
    assert "/account/password/reset/key/" in mails_to(email_of("dev"))[-1].text


def test_another_who_signs_in_at_this_browser_finds_no_ways(cast):
    suspend(cast)
    dev = at_the_door()
    log_in(dev, "elu")

    assert dev.get(DATA).headers["Location"].startswith(DOOR)
    dev.post(LEAVE, {})
    assert not Departure.objects.exists()


def test_it_still_takes_two_to_suspend_and_who_was_asked_about_alone_goes_on(cast):
    propose_suspension(member=cast["dev"], reason="Harms.", until=None, by=cast["ana"])
    dev = at_the_door()

    assert is_signed_in(dev)
    assert not is_suspended(fresh(cast["dev"]))
    assert leads_to_the_door(Client().get(DATA))


def test_both_forms_of_the_rule_agree(cast):
    suspend(cast)
    suspend(cast, "elu")
    at_the_door("elu").post(LEAVE, {})

    members = User.objects.filter(pk__in=[one.pk for one in cast.values()])
    assert [one for one in members if is_suspended(one)] == list(suspended_members()) == [cast["dev"]]  # fmt: skip
