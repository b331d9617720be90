"""An account is closed to a member who harms others: two decide, the member reads why, and it can be undone at any time."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import formats, timezone

from accounts.actions import end_role, restore_member
from accounts.choices import RoleKind
from accounts.models import Role, Suspension, User
from accounts.suspending import (
    NotInTime,
    can_confirm_suspension,
    can_propose_suspension,
    can_see_suspension,
    can_stop_suspension,
    confirm_suspension,
    end_due_suspensions,
    end_suspension,
    members_to_suspend,
    propose_suspension,
    prune_suspensions,
    suspensions_answerable_by,
    suspensions_stoppable_by,
    suspensions_visible_to,
    withdraw_suspension,
)
from core import doors, register
from core.crypto import owners
from core.crypto.owners import Owner
from core.models import AuditEvent, OwnerKind
from tests.accounts.hands import code_of, give_app, is_signed_in, log_in, mails_to

pytestmark = pytest.mark.django_db

SECOND = "/account/2fa/authenticate/"
WHY = "He wrote to canary-victim after she had asked him to stop."


def proposed(cast, until=None, name="dev"):
    return propose_suspension(member=cast[name], reason=WHY, until=until, by=cast["ana"])


def suspended(cast, until=None, name="dev"):
    return confirm_suspension(suspension=proposed(cast, until, name), by=cast["lena"])


def is_open(member):
    return User.objects.get(pk=member.pk).is_active


def in_days(number):
    return timezone.localdate() + timedelta(days=number)


def test_one_alone_closes_nothing_and_tells_nobody(cast, as_):
    row = proposed(cast)

    assert is_open(cast["dev"])
    assert mails_to("dev@riverton.example") == []
    with pytest.raises(PermissionDenied, match="another one has to confirm it"):
        confirm_suspension(suspension=row, by=cast["ana"])
    assert is_open(cast["dev"])
    assert WHY not in as_("dev").get("/account/visible/").text


def test_the_database_knows_that_two_are_needed(cast):
    row = proposed(cast)

    with pytest.raises(IntegrityError), transaction.atomic():
        Suspension.objects.filter(pk=row.pk).update(
            confirmed_by=cast["ana"], confirmed_at=timezone.now()
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Suspension.objects.filter(pk=row.pk).update(member=cast["ana"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Suspension.objects.create(member=cast["dev"], reason=WHY, asked_by=cast["lena"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Suspension.objects.filter(pk=row.pk).update(ended_at=timezone.now())


def test_when_another_confirms_it_every_session_ends_at_once(cast):
    """B10."""
    here, there = Client(), Client()
    log_in(here, "dev")
    log_in(there, "dev")

    suspended(cast)

    assert [is_signed_in(one) for one in (here, there)] == [False, False]
    assert not is_open(cast["dev"])


def test_a_second_press_changes_nothing(cast):
    """H9."""
    row = suspended(cast)

    confirm_suspension(suspension=row, by=cast["lena"])

    assert AuditEvent.objects.filter(verb="suspension.confirmed").count() == 1
    assert len(mails_to("dev@riverton.example")) == 1


def test_the_mail_says_until_when_and_not_why(cast):
    suspended(cast, until=in_days(14))

    (mail,) = mails_to("dev@riverton.example")
    for body in (mail.subject, mail.text, mail.html):
        assert "canary-victim" not in body
        assert "Ana" not in body
    assert formats.date_format(in_days(14), "DATE_FORMAT") in mail.text
    assert "/account/login/" in mail.html


def test_the_right_password_leads_to_the_reason_and_a_wrong_one_does_not(cast):
    suspended(cast, until=in_days(14))
    dev, other = Client(), Client()

    wrong = log_in(other, "dev", "not the password")
    right = dev.post("/account/login/", {"login": "dev@riverton.example", "password": "lodestar-demo"}, follow=True)  # fmt: skip

    assert "canary-victim" not in wrong.text
    assert "suspended" not in wrong.text
    assert right.redirect_chain == [("/account/inactive/", 302)]
    assert "Your account is suspended" in right.text
    assert "canary-victim" in right.text
    assert "hello@riverton.example" in right.text
    assert "no-store" in right.headers["Cache-Control"]
    assert not is_signed_in(dev)
    assert "canary-victim" not in other.get("/account/inactive/").text


def test_who_has_a_second_factor_reads_the_reason_after_it_alone(cast):
    """Whoever knows the password and no more is not even told that the account is closed."""
    secret = give_app(cast["dev"])
    suspended(cast)
    dev, guesser = Client(), Client()

    asked = log_in(guesser, "dev")
    log_in(dev, "dev")
    led = dev.post(SECOND, {"code": code_of(secret)}, follow=True)

    assert asked.headers["Location"].startswith(SECOND)
    assert "canary-victim" not in guesser.get("/account/inactive/").text
    assert led.redirect_chain == [("/account/inactive/", 302)]
    assert "canary-victim" in led.text
    assert [is_signed_in(one) for one in (dev, guesser)] == [False, False]


def test_the_page_says_it_once(cast):
    suspended(cast)
    dev = Client()
    log_in(dev, "dev")

    first, second = dev.get("/account/inactive/").text, dev.get("/account/inactive/").text

    assert "canary-victim" in first
    assert "canary-victim" not in second
    assert "This account is closed" in second


def test_a_page_that_was_led_to_long_ago_says_nothing(cast, monkeypatch):
    suspended(cast)
    dev = Client()
    log_in(dev, "dev")
    later = timezone.now().timestamp() + 301
    monkeypatch.setattr("accounts.inactive.time.time", lambda: later)

    assert "canary-victim" not in dev.get("/account/inactive/").text


def test_one_of_the_team_opens_it_again_and_the_member_reads_what_was(cast, as_):
    row = suspended(cast)

    end_suspension(suspension=row, by=cast["ana"])
    end_suspension(suspension=row, by=cast["ana"])

    assert is_open(cast["dev"])
    assert [mail.subject for mail in mails_to("dev@riverton.example")] == [
        "Your account is suspended",
        "Your account is open again",
    ]
    cast["dev"].refresh_from_db()  # his sessions ended
    visible = as_("dev").get("/account/visible/").text
    assert "asked for by Ana Reyes and confirmed by Lena Kowalski" in visible
    assert "canary-victim" in visible
    acts = as_("dev").get("/account/").text
    assert "Ana Reyes (Backbone team) asked for your account to be suspended." in acts
    assert "Lena Kowalski (Backbone team) confirmed that your account is suspended." in acts
    assert "Ana Reyes (Backbone team) opened your account again." in acts
    assert "canary-victim" not in as_("elu").get("/account/visible/").text


def test_what_is_withdrawn_loses_its_reason_and_is_gone_after_a_month(cast):
    row = withdraw_suspension(suspension=proposed(cast), by=cast["lena"])

    assert (row.reason, row.is_waiting) == ("", False)
    assert mails_to("dev@riverton.example") == []
    assert can_propose_suspension(cast["ana"], cast["dev"])
    assert prune_suspensions() == 0
    Suspension.objects.update(withdrawn_at=timezone.now() - timedelta(days=31))
    assert prune_suspensions() == 1


def test_whoever_withdraws_what_was_confirmed_meanwhile_opens_nothing(cast):
    row = suspended(cast)

    with pytest.raises(PermissionDenied, match="confirmed it meanwhile"):
        withdraw_suspension(suspension=row, by=cast["ana"])
    assert not is_open(cast["dev"])


def test_what_ended_is_kept_as_long_as_the_log(cast):
    end_suspension(suspension=suspended(cast), by=cast["ana"])
    Suspension.objects.update(ended_at=timezone.now() - timedelta(days=399))
    assert prune_suspensions() == 0

    Suspension.objects.update(ended_at=timezone.now() - timedelta(days=401))
    assert prune_suspensions() == 1


def test_it_ends_by_itself_on_its_day(cast):
    row = suspended(cast, until=in_days(3))
    suspended(cast, name="elu")  # without a day

    assert end_due_suspensions(today=in_days(2)) == 0
    assert not is_open(cast["dev"])
    doors.ask("hourly", now=timezone.now() + timedelta(days=4))

    row.refresh_from_db()
    assert row.ended_at is not None
    assert row.ended_by is None
    assert (is_open(cast["dev"]), is_open(cast["elu"])) == (True, False)
    assert end_due_suspensions(today=in_days(4)) == 0
    assert mails_to("dev@riverton.example")[-1].subject == "Your account is open again"


def test_a_day_that_has_come_closes_nothing(cast):
    with pytest.raises(NotInTime):
        proposed(cast, until=in_days(0))

    row = proposed(cast, until=in_days(1))
    Suspension.objects.filter(pk=row.pk).update(until=date(2026, 1, 1))
    with pytest.raises(NotInTime):
        confirm_suspension(suspension=row, by=cast["lena"])
    assert is_open(cast["dev"])


def test_opening_an_account_in_another_way_ends_its_suspension(cast):
    row = suspended(cast)

    restore_member(member=User.objects.get(pk=cast["dev"].pk), by=None)

    row.refresh_from_db()
    assert not row.is_in_force
    assert can_propose_suspension(cast["ana"], User.objects.get(pk=cast["dev"].pk))


def test_who_is_of_the_team_no_longer_confirms_nothing(cast):
    row = proposed(cast)
    role = Role.objects.in_force().get(member=cast["lena"], kind=RoleKind.BACKBONE)
    end_role(role=role, reason="Goes.", by=cast["ana"])

    with pytest.raises(PermissionDenied):
        confirm_suspension(suspension=row, by=User.objects.get(pk=cast["lena"].pk))
    assert is_open(cast["dev"])


def test_of_the_team_whoever_it_is_about_neither_sees_nor_stops_it(cast):
    row = propose_suspension(member=cast["lena"], reason=WHY, until=None, by=cast["ana"])

    assert not suspensions_visible_to(cast["lena"]).exists()
    with pytest.raises(PermissionDenied):
        withdraw_suspension(suspension=row, by=cast["lena"])
    with pytest.raises(PermissionDenied):
        confirm_suspension(suspension=row, by=cast["lena"])


def test_the_two_forms_of_each_rule_agree_for_the_whole_cast(cast):
    waits, shut = proposed(cast), suspended(cast, name="elu")
    over = end_suspension(suspension=suspended(cast, name="jo"), by=cast["ana"])
    rules = (
        (can_see_suspension, suspensions_visible_to),
        (can_confirm_suspension, suspensions_answerable_by),
        (can_stop_suspension, suspensions_stoppable_by),
    )

    for reader in User.objects.filter(pk__in=[one.pk for one in cast.values()]):
        for row in Suspension.objects.filter(pk__in=[waits.pk, shut.pk, over.pk]):
            for rule, rows in rules:
                assert rule(reader, row) == rows(reader).filter(pk=row.pk).exists()
        for member in User.objects.filter(pk__in=[one.pk for one in cast.values()]):
            may = members_to_suspend(reader).filter(pk=member.pk).exists()
            assert can_propose_suspension(reader, member) == may
    assert list(suspensions_answerable_by(cast["lena"])) == [waits]
    assert not suspensions_answerable_by(cast["ana"]).exists()
    assert list(suspensions_visible_to(cast["jo"])) == [over]
    assert not suspensions_visible_to(cast["gus"]).exists()


@pytest.mark.parametrize("name", ["dev", "mo", "rui", "gus"])
def test_nobody_else_asks_for_it_or_confirms_it(cast, name):
    row = proposed(cast, name="elu")

    for act in (
        lambda: propose_suspension(member=cast["ben"], reason=WHY, until=None, by=cast[name]),
        lambda: confirm_suspension(suspension=row, by=cast[name]),
        lambda: withdraw_suspension(suspension=row, by=cast[name]),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert is_open(cast["elu"])
    assert Suspension.objects.get().is_waiting


def test_the_reason_is_sealed_in_no_log_and_opens_for_nobody_without_its_members_key(cast, as_):
    row = suspended(cast)

    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM accounts_suspension")
        stored = bytes(cursor.fetchone()[0])
    assert b"canary-victim" not in stored
    assert "canary-victim" not in str(list(AuditEvent.objects.values_list()))
    assert "canary-victim" not in repr(Suspension.objects.get().reason)
    assert as_("gus").get(f"/backbone/people/{cast['dev'].pk}/").status_code == 404

    owners.destroy(Owner(OwnerKind.MEMBER, row.member_id))
    page = as_("ana").get(f"/backbone/people/{cast['dev'].pk}/")
    assert page.status_code == 200
    assert "canary-victim" not in page.text


def test_who_leaves_takes_their_suspensions_along(cast):
    end_suspension(suspension=suspended(cast), by=cast["ana"])
    held = next(holding for holding in register.holdings() if holding.name == "accounts")
    assert len(held.export(cast["dev"])["suspensions"]) == 1

    for _ in range(2):
        for step in held.erase(cast["dev"]):
            step()

    assert not Suspension.objects.exists()


def test_ones_own_copy_says_why_and_no_file_that_another_makes(cast):
    end_suspension(suspension=suspended(cast), by=cast["ana"])
    held = next(holding for holding in register.holdings() if holding.name == "accounts")

    (part,) = held.private_export(cast["dev"])

    assert [row["reason"] for row in part.rows()] == [WHY]
    assert "canary-victim" not in str(held.export(cast["dev"]))
