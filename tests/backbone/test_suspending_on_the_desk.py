"""Asking for a suspension on the desk, and the second one of the team who reads the reason before confirming it."""

import pytest
from django.utils import timezone

from accounts.leaving import leave
from accounts.models import Suspension, User
from accounts.suspending import propose_suspension

pytestmark = pytest.mark.django_db

WHY = "He wrote to somebody after she had asked him to stop."


def page_of(member):
    return f"/backbone/people/{member.pk}/"


def is_open(member):
    return User.objects.get(pk=member.pk).is_active


def asked(cast, name="dev"):
    row = propose_suspension(member=cast[name], reason=WHY, until=None, by=cast["ana"])
    return f"{page_of(cast[name])}suspensions/{row.pk}/"


def test_ana_asks_and_lena_confirms(cast, as_):
    ana, lena, page = as_("ana"), as_("lena"), page_of(cast["dev"])

    after = ana.post(f"{page}suspend/", {"reason": WHY, "until": ""}, follow=True).text
    assert "another one of the backbone team confirms it" in after
    assert "Confirm, and close the account" not in after
    assert "Somebody asks to suspend Dev Banerjee" not in ana.get("/backbone/").text

    assert "Somebody asks to suspend Dev Banerjee" in lena.get("/backbone/").text
    read = lena.get(page).text
    assert WHY in read
    assert "Confirm, and close the account" in read
    row = Suspension.objects.get()
    done = lena.post(f"{page}suspensions/{row.pk}/", {"act": "confirm"}, follow=True).text
    assert "This account is suspended" in done
    assert not is_open(cast["dev"])
    assert "Somebody asks to suspend" not in lena.get("/backbone/").text
    assert "suspended" in ana.get("/backbone/people/?role=suspended").text

    ana.post(f"{page}suspensions/{row.pk}/", {"act": "end"})
    assert is_open(cast["dev"])


def test_a_suspension_needs_a_reason_and_a_day_to_come(cast, as_):
    today = timezone.localdate().isoformat()

    page = as_("ana").post(f"{page_of(cast['dev'])}suspend/", {"reason": "", "until": today}).text

    assert "Say why; the person has a right to read it." in page
    assert "This day has come already." in page
    assert not Suspension.objects.exists()


def test_withdrawn_it_leaves_no_reason(cast, as_):
    address = asked(cast)

    page = as_("lena").post(address, {"act": "withdraw"}, follow=True).text

    assert "Withdrawn. Its reason is deleted, and nobody was told." in page
    assert WHY not in page


def test_what_was_typed_stays_when_another_was_faster(cast, as_):
    asked(cast)

    answer = as_("lena").post(f"{page_of(cast['dev'])}suspend/", {"reason": "She told me so, too."})

    assert answer.status_code == 409
    assert "somebody has asked for it" in answer.text
    assert "She told me so, too." in answer.text
    assert Suspension.objects.count() == 1


def test_a_day_that_came_meanwhile_is_said(cast, as_):
    address = asked(cast)
    Suspension.objects.update(until=timezone.localdate())

    page = as_("lena").post(address, {"act": "confirm"}, follow=True).text

    assert "so nothing was closed" in page
    assert is_open(cast["dev"])


def test_nobody_asks_for_their_own(cast, as_):
    ana = as_("ana")

    assert "Ask to suspend this account" not in ana.get(page_of(cast["ana"])).text
    assert ana.post(f"{page_of(cast['ana'])}suspend/", {"reason": WHY}).status_code == 403


def test_lena_finds_nothing_of_what_waits_about_herself(cast, as_):
    address, lena = asked(cast, "lena"), as_("lena")

    assert WHY not in lena.get(page_of(cast["lena"])).text
    assert "Somebody asks" not in lena.get("/backbone/").text
    for act in ("confirm", "withdraw"):
        assert lena.post(address, {"act": act}).status_code == 404
    assert Suspension.objects.get().is_waiting


def test_what_was_asked_is_decided_also_when_its_member_has_left_meanwhile(cast, as_):
    """Without their address, and in no list."""
    address, lena, page = asked(cast), as_("lena"), page_of(cast["dev"])
    leave(by=User.objects.get(pk=cast["dev"].pk), takes_along=False)

    read = lena.get(page).text
    assert "Confirm, and close the account" in read
    assert "dev@riverton.example" not in read
    assert "They have left and may come back" in read
    confirmed = lena.post(address, {"act": "confirm"}, follow=True).text
    assert "only if they come back they are told" in confirmed
    assert not list(lena.get("/backbone/people/?role=suspended").context["page"])

    ended = lena.post(address, {"act": "end"}, follow=True)
    assert "so nobody was written to" in ended.text
    assert not is_open(cast["dev"])
    assert lena.get(page).status_code == 404
