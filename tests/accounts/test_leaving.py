"""Hana leaves: gone at once, back with one press for seven days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accountability.buddies.models import Place
from accounts.actions import (
    give_role,
    remind_second_factor_resets,
    request_second_factor_reset,
)
from accounts.choices import ResetState, RoleKind
from accounts.leaving import (
    LastBackbone,
    come_back,
    departure_of,
    departure_of_token,
    leave,
    link_token,
)
from accounts.models import Departure, Role, User
from accounts.suspending import (
    confirm_suspension,
    end_due_suspensions,
    end_suspension,
    propose_suspension,
)
from cohorts.models import Cohort
from core.models import AuditEvent
from tests.accounts.hands import (
    code_of,
    email_of,
    give_app,
    is_signed_in,
    link_in,
    log_in,
    mails_to,
)

LEAVE = "/account/leave/"
SECOND = "/account/2fa/authenticate/"


def _fresh(member: Any) -> User:
    return User.objects.get(pk=member.pk)


def _subjects(name: str) -> list[str]:
    return [mail.subject for mail in mails_to(email_of(name))]


def _path(link: str) -> str:
    return "/" + link.split("/", 3)[3]


@pytest.mark.django_db
def test_the_page_says_what_happens_before_anything_does(cast):
    client = Client()
    log_in(client, "hana")

    page = client.get(LEAVE).content.decode()

    assert "At once" in page
    assert "In seven days" in page
    assert "What stays, and where" in page
    assert "Your place beside your buddy rests" in page
    assert "for 30 days after that, unless you take it with you" in page
    assert "If you are in a caucus, your seat stays there" in page
    assert "7 days at most" in page
    assert _fresh(cast["hana"]).is_active
    assert not Departure.objects.exists()


@pytest.mark.django_db
def test_who_is_in_no_caucus_reads_the_same_of_caucuses(as_):
    pages = {}
    for name in ("hana", "elu"):
        client = Client()
        log_in(client, name)
        page = client.get(LEAVE).content.decode()
        pages[name] = [line for line in page.splitlines() if "aucus" in line and "<li>" in line and "If you" in line]  # fmt: skip

    found = {name: [part for line in lines for part in line.split("<li>") if "If you are in a caucus" in part] for name, lines in pages.items()}  # fmt: skip
    assert len(found["hana"]) == 3
    assert found["hana"] == found["elu"]


@pytest.mark.django_db
def test_leaving_needs_a_proof_of_today(as_):
    client = as_("hana")  # signed in without one

    assert client.get(LEAVE).status_code == 302
    assert client.post(LEAVE).status_code == 302
    assert not Departure.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_leaving_ends_every_session_and_a_mail_says_how_to_come_back(cast):
    client, elsewhere = Client(), Client()
    log_in(client, "hana")
    log_in(elsewhere, "hana")

    answer = client.post(LEAVE, {}, follow=True)

    assert "You have left" in answer.content.decode()
    assert not is_signed_in(client)
    assert not is_signed_in(elsewhere)
    member = _fresh(cast["hana"])
    assert (member.is_active, member.chosen_name, member.pronouns) == (False, "", "")
    assert str(member) == "Former member"
    departure = departure_of(member.pk)
    assert departure.chosen_name == "Hana Sato"
    assert departure.erase_after - departure.asked_at == timedelta(days=7)
    mail = mails_to(email_of("hana"))[-1]
    assert mail.subject == "You have left"
    assert "Hana" not in mail.text
    start, token, end = _path(link_in(mail)).rsplit("/", 2)
    assert (start, departure_of_token(token), end) == ("/account/leave/undo", departure, "")
    assert AuditEvent.objects.filter(verb="member.left").count() == 1


@pytest.mark.django_db(transaction=True)
def test_signing_in_with_the_right_password_leads_to_the_way_back_and_nowhere_else(cast):
    leave(by=cast["hana"], takes_along=False)
    client, guesser = Client(), Client()

    wrong = log_in(guesser, "hana", "wrong horse")
    right = log_in(client, "hana")

    assert wrong.status_code == 200
    assert "undo" not in wrong.content.decode()
    assert right["Location"].startswith("/account/leave/undo/")
    assert not is_signed_in(client)
    assert "Come back" in client.get(right["Location"]).content.decode()
    assert not _fresh(cast["hana"]).is_active  # opening it changes nothing

    back = client.post(right["Location"])

    assert "Good to have you back" in back.content.decode()
    mail = mails_to(email_of("hana"))[-1]
    assert mail.subject == "You are back"  # so that they learn of it if it was another
    assert "Hana" not in mail.text
    assert not is_signed_in(client)
    log_in(client, "hana")
    assert is_signed_in(client)


@pytest.mark.django_db
def test_who_has_a_second_factor_finds_the_way_back_after_it_alone(cast):
    """Whoever knows the password and no more brings nothing back."""
    secret = give_app(cast["hana"])
    leave(by=cast["hana"], takes_along=False)
    client, guesser = Client(), Client()

    asked = log_in(guesser, "hana")
    log_in(client, "hana")
    led = client.post(SECOND, {"code": code_of(secret)})

    assert asked["Location"].startswith(SECOND)
    assert led["Location"].startswith("/account/leave/undo/")
    assert [is_signed_in(one) for one in (client, guesser)] == [False, False]
    assert not _fresh(cast["hana"]).is_active


@pytest.mark.django_db
def test_coming_back_brings_everything_back(cast, as_):
    hana, ines = cast["hana"], cast["ines"]
    place = Place.objects.open().get(member=hana)
    departure = leave(by=hana, takes_along=False)
    place.refresh_from_db()
    assert place.resting_since is not None
    assert "Hana" not in as_("ines").get("/buddy/").content.decode()

    client = Client()
    client.post(f"/account/leave/undo/{link_token(departure)}/")

    member = _fresh(hana)
    assert (member.is_active, member.chosen_name, member.pronouns) == (True, "Hana Sato", "she")
    place.refresh_from_db()
    assert (place.left_at, place.resting_since) == (None, None)
    assert "Hana" in as_("ines").get("/buddy/").content.decode()
    assert Cohort.objects.get(slug="spring").memberships.current().filter(member=ines).exists()
    assert not Departure.objects.exists()
    assert client.get(f"/account/leave/undo/{link_token(departure)}/").status_code == 404


@pytest.mark.django_db
def test_a_place_that_rested_before_rests_after_coming_back(cast):
    rested = timezone.now() - timedelta(days=3)
    Place.objects.filter(member=cast["hana"]).update(resting_since=rested)
    departure = leave(by=cast["hana"], takes_along=False)

    Client().post(f"/account/leave/undo/{link_token(departure)}/")

    assert Place.objects.open().get(member=cast["hana"]).resting_since == rested


@pytest.mark.django_db
def test_after_seven_days_there_is_no_way_back(cast):
    departure = leave(by=cast["hana"], takes_along=False)
    Departure.objects.update(
        asked_at=timezone.now() - timedelta(days=8),
        erase_after=timezone.now() - timedelta(seconds=1),
    )

    page = Client().post(f"/account/leave/undo/{link_token(departure)}/")

    assert "This comes too late" in page.content.decode()
    assert not _fresh(cast["hana"]).is_active
    assert "This account is closed" in Client().get(log_in(Client(), "hana")["Location"]).content.decode()  # fmt: skip


@pytest.mark.django_db
def test_the_last_of_the_backbone_team_cannot_leave(cast):
    Role.objects.filter(member=cast["lena"]).delete()
    client = Client()
    log_in(client, "ana")

    page = client.post(LEAVE, {}).content.decode()

    assert "You are the last of the backbone team" in page
    assert not Departure.objects.exists()
    with pytest.raises(LastBackbone):
        leave(by=_fresh(cast["ana"]), takes_along=False)
    give_role(member=cast["mo"], kind=RoleKind.BACKBONE, reason="Ana leaves.", by=None)
    leave(by=_fresh(cast["ana"]), takes_along=False)
    assert not _fresh(cast["ana"]).is_active


@pytest.mark.django_db
def test_a_suspension_is_not_escaped_by_leaving_and_coming_back(cast):
    """It is confirmed while she is away: no mail goes to who has left, and she is told when she is back."""
    asked = propose_suspension(member=cast["hana"], reason="Harms.", until=None, by=cast["ana"])
    departure = leave(by=_fresh(cast["hana"]), takes_along=False)
    confirm_suspension(suspension=asked, by=cast["lena"])
    assert _subjects("hana") == ["You have left"]

    Client().post(f"/account/leave/undo/{link_token(departure)}/")

    assert not _fresh(cast["hana"]).is_active
    assert _fresh(cast["hana"]).chosen_name == "Hana Sato"
    assert _subjects("hana") == ["You have left", "Your account is suspended"]
    end_suspension(suspension=asked, by=cast["ana"])
    assert _fresh(cast["hana"]).is_active


@pytest.mark.django_db
@pytest.mark.parametrize("by_itself", [False, True])
def test_a_suspension_that_ends_while_its_member_is_away_opens_nothing(cast, by_itself):
    until = timezone.localdate() + timedelta(days=2)
    asked = propose_suspension(member=cast["hana"], reason="Harms.", until=until, by=cast["ana"])
    departure = leave(by=_fresh(cast["hana"]), takes_along=False)
    confirm_suspension(suspension=asked, by=cast["lena"])

    if by_itself:
        assert end_due_suspensions(today=until) == 1
    else:
        end_suspension(suspension=asked, by=cast["ana"])

    assert not _fresh(cast["hana"]).is_active
    assert _fresh(cast["hana"]).chosen_name == ""
    assert _subjects("hana") == ["You have left"]
    assert come_back(departure=departure)
    assert _fresh(cast["hana"]).is_active
    assert _subjects("hana") == ["You have left", "You are back"]


@pytest.mark.django_db
def test_a_request_about_a_lost_second_factor_writes_to_nobody_who_has_left(cast):
    give_app(cast["hana"])
    reset = request_second_factor_reset(by=cast["hana"])
    leave(by=_fresh(cast["hana"]), takes_along=False)
    written = _subjects("hana")

    sent = remind_second_factor_resets(now=timezone.now() + timedelta(hours=49))

    assert sent == 0
    assert _subjects("hana") == written
    reset.refresh_from_db()
    assert reset.state == ResetState.CANCELLED


@pytest.mark.django_db
def test_a_made_up_link_is_no_link():
    assert Client().get("/account/leave/undo/no:such:token/").status_code == 404


@pytest.mark.django_db
def test_a_facilitator_is_told_that_the_cohort_goes_on_without_them():
    client = Client()
    log_in(client, "mo")

    page = client.get(LEAVE).content.decode()

    assert "is without you as its facilitator" in page
    assert "The meetings that you called" in page
