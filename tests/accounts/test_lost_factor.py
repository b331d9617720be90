"""A lost second factor: asked for at the second step, 72 hours, three mails, a link that stops it, a log, a word to the member."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.actions import remind_second_factor_resets
from accounts.models import SecondFactorReset
from core.audit import pseudonym
from core.models import AuditEvent
from tests.accounts.hands import (
    code_of,
    email_of,
    factors,
    give_app,
    give_recovery_codes,
    is_signed_in,
    link_in,
    log_in,
    mails_to,
)  # fmt: skip

pytestmark = pytest.mark.django_db
LOST = "/account/second-factor/lost/"


@pytest.fixture
def asked(cast):
    """Dev has lost the phone and asked at the second step."""
    give_app(cast["dev"])
    give_recovery_codes(cast["dev"])
    client = Client()
    log_in(client, "dev")
    client.post(LOST)
    return SecondFactorReset.objects.get(member=cast["dev"])


def reset():
    out = StringIO()
    call_command("reset_second_factor", email_of("dev"), stdout=out)
    return out.getvalue()


def later(request, hours):
    """As if the request had been made that many hours ago."""
    ago = timedelta(hours=hours)
    request.requested_at, request.ready_at = request.requested_at - ago, request.ready_at - ago
    request.save(update_fields=["requested_at", "ready_at"])


def test_whoever_has_not_taken_the_first_step_cannot_ask(cast, nobody, as_):
    give_app(cast["dev"])

    assert nobody.post(LOST).headers["Location"] == "/account/login/"
    assert as_("elu").post(LOST).headers["Location"] == "/account/login/"
    assert SecondFactorReset.objects.count() == 0


def test_the_page_says_when_and_asking_twice_is_asking_once(asked):
    client = Client()
    log_in(client, "dev")
    client.post(LOST)

    page = client.get(LOST)

    assert SecondFactorReset.objects.count() == 1
    assert round((asked.ready_at - asked.requested_at) / timedelta(hours=1), 3) == 72
    assert "can remove your second step" in page.text
    assert len(mails_to(email_of("dev"))) == 1


def test_before_72_hours_it_stays(asked, cast):
    later(asked, 71)

    with pytest.raises(CommandError, match="1 hours are left") as refused:
        reset()

    assert refused.value.returncode == 1
    assert factors(cast["dev"]) == ["recovery_codes", "totp"]


def test_three_mails_warn_and_each_is_sent_once(asked):
    for hours in (0, 24, 24, 24):
        later(asked, hours)
        remind_second_factor_resets(now=timezone.now())
        remind_second_factor_resets(now=timezone.now())

    assert len(mails_to(email_of("dev"))) == 3


def test_without_all_the_mails_it_stays(asked, cast):
    later(asked, 73)

    with pytest.raises(CommandError, match="has not had all their warnings"):
        reset()

    assert factors(cast["dev"]) == ["recovery_codes", "totp"]


def test_after_72_hours_it_goes_and_is_told_and_logged(asked, cast, as_):
    signed_in = as_("dev")
    assert is_signed_in(signed_in)
    later(asked, 73)
    remind_second_factor_resets(now=timezone.now())
    SecondFactorReset.objects.update(mails_sent=3)

    said = reset()

    assert "was removed" in said
    assert factors(cast["dev"]) == []
    assert not is_signed_in(signed_in)
    assert "second" in mails_to(email_of("dev"))[-1].text
    event = AuditEvent.objects.get(verb="second_factor.reset")
    assert event.subject == pseudonym(cast["dev"].pk)
    client = Client()
    log_in(client, "dev")
    assert "removed your second factor, after your request" in client.get("/account/").text


def test_the_link_in_the_mail_stops_it_by_a_press_and_not_by_being_opened(asked, cast, nobody):
    """E8: mail scanners open links."""
    link = link_in(mails_to(email_of("dev"))[-1]).split("localhost:8000", 1)[1]
    nobody.get(link)
    asked.refresh_from_db()
    assert asked.state == "waiting"

    page = nobody.post(link)

    asked.refresh_from_db()
    assert asked.state == "cancelled"
    assert email_of("dev") not in page.text
    later(asked, 73)
    with pytest.raises(CommandError, match="Nobody asked"):
        reset()


def test_using_the_factor_after_all_stops_it(cast):
    secret = give_app(cast["dev"])
    client = Client()
    log_in(client, "dev")
    client.post(LOST)

    client.post("/account/2fa/authenticate/", {"code": code_of(secret)})

    assert is_signed_in(client)
    assert SecondFactorReset.objects.get().state == "cancelled"


def test_a_made_up_link_is_no_page(nobody):
    assert nobody.get("/account/second-factor/cancel/made:up:token/").status_code == 404


@pytest.mark.parametrize(
    ("email", "sentence"),
    [("nobody-here@riverton.example", "No member"), ("elu@riverton.example", "no second factor")],
)
def test_where_nothing_is_to_do_the_command_says_so(cast, email, sentence):
    with pytest.raises(CommandError, match=sentence) as refused:
        call_command("reset_second_factor", email)

    assert refused.value.returncode == 2
