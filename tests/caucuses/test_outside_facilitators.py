"""Somebody from outside is invited by a mail that says nothing, signs up without a cohort, and finds the invitation."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import TestCase

from accounts.models import User
from caucuses.models import Invitation
from caucuses.permissions import seat_in
from cohorts.actions import invite as invite_to_initiative
from cohorts.actions.invitations import hash_of
from cohorts.models import Cohort, Membership
from notices.models import OutboxMail
from tests.caucuses.comings import page_of, path
from tests.caucuses.story import NAME, PURPOSE, a_room
from tests.cohorts.test_invitations import sign_up

pytestmark = pytest.mark.django_db

NEW = "amara@riverton.example"


@pytest.fixture(autouse=True)
def own_outbox(settings):
    """Mail waits in the outbox, as it does on a site; pytest-django swaps it."""
    settings.EMAIL_BACKEND = "notices.backends.OutboxEmailBackend"


@pytest.fixture
def seat(cast):
    OutboxMail.objects.all().delete()
    return a_room(cast["dev"], cast["elu"])[0]


def send(client, seat, address=NEW):
    form = {"address": address, "words": "Help us.", "as_facilitator": "on", "with_mail": "on"}
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post(path(seat, "coming/invite/"), {**form, "once": "5f1c2e0a-8f5d-4a52-9a52-0c6a1f6f0a01"})  # fmt: skip
    return OutboxMail.objects.get(recipient=address)


def link_in(mail):
    return re.search(r"/invitation/[^/\s]+/", mail.text)[0]


def test_the_mail_is_that_of_any_invitation_to_the_initiative(as_, cast, seat):
    mail = send(as_("dev"), seat)
    invite_to_initiative(email="other@riverton.example", by=cast["ana"])
    other = OutboxMail.objects.get(recipient="other@riverton.example")

    assert mail.subject == other.subject
    for part in ("text", "html"):
        one, two = getattr(mail, part), getattr(other, part)
        assert one.replace(link_in(mail), "") == two.replace(link_in(other), "")
        for word in (NAME, PURPOSE, "caucus", "facilitat", "Dev", str(seat.caucus_id), "Help us."):
            assert word.lower() not in one.lower().replace(settings.SITE_URL, "")


def test_it_goes_out_whether_or_not_the_address_has_an_account(as_, cast, seat):
    """No oracle."""
    mail = send(as_("dev"), seat, cast["gus"].email)

    assert mail.recipient == cast["gus"].email
    assert "/invitation/" in mail.text


def test_without_the_tick_no_mail_goes_out(as_, cast, seat):
    as_("dev").post(path(seat, "coming/invite/"), {"address": NEW})

    assert not OutboxMail.objects.exists()


def test_the_page_behind_the_link_is_neutral_for_everybody(as_, cast, nobody, seat):
    link = link_in(send(as_("dev"), seat))

    for client in (nobody, as_("gus"), as_("dev")):
        page = client.get(link).text
        assert "You are invited to" in page
        for word in (NAME, PURPOSE, "acilitat", str(seat.caucus_id), "Help us.", NEW):
            assert word not in page.replace('href="/caucuses/"', "")


def test_a_link_that_was_never_sent_and_one_that_is_gone_look_alike(as_, nobody, seat):
    link = link_in(send(as_("dev"), seat))
    Invitation.objects.all().delete()

    gone, unknown = nobody.get(link), nobody.get("/invitation/never-sent/")

    assert (gone.status_code, unknown.status_code) == (404, 404)
    assert page_of(gone) == page_of(unknown)


def test_the_session_says_nothing_and_is_empty_after_the_log_in(as_, nobody, seat):
    link = link_in(send(as_("dev"), seat))

    assert nobody.post(link)["Location"].startswith("/account/signup/")
    kept = dict(nobody.session)
    assert kept["invitation"] == hash_of(link.split("/")[2])
    assert link.split("/")[2] not in str(kept)
    assert "caucus" not in str(kept)
    sign_up(nobody, NEW)

    assert "invitation" not in nobody.session
    assert "caucus" not in str(dict(nobody.session))


def test_they_sign_up_join_no_cohort_and_find_it(as_, nobody, seat, settings):
    settings.SIGNUP = "invite"
    link = link_in(send(as_("dev"), seat))
    assert "password1" not in nobody.get("/account/signup/").text

    nobody.post(link)
    assert NEW in nobody.get("/account/signup/").text
    sign_up(nobody, NEW)
    member = User.objects.get(email=NEW)
    nobody.force_login(member)
    page = nobody.get("/caucuses/").text
    nobody.post(path(seat, "door/accept/"), {"name": "Amara"})

    assert not Membership.objects.filter(member=member).exists()
    assert not Cohort.objects.of(member).exists()
    assert not member.role_names
    assert NAME in page
    assert seat_in(member, seat.caucus_id).is_facilitator
    assert nobody.get(link).status_code == 404


def test_who_has_an_account_is_led_to_the_log_in(as_, nobody, seat):
    link = link_in(send(as_("dev"), seat))

    assert nobody.post(link, {"have_account": "1"})["Location"].startswith("/account/login/")


def test_the_address_stands_nowhere_readable_but_in_the_waiting_mail(as_, seat):
    send(as_("dev"), seat)
    found = set()
    for model in apps.get_models():
        if model._meta.managed and not model._meta.proxy:
            with connection.cursor() as cursor:
                try:
                    cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
                except Exception:
                    continue
                if any(NEW in str(value) for row in cursor.fetchall() for value in row):
                    found.add(model._meta.label)

    assert found == {"notices.OutboxMail"}
