"""The member's rights over notices: export is complete, erasing leaves nothing, waiting mail is cancelled (F1, F5, F12)."""

import json

import pytest
from django.core.mail import EmailMessage

from cohorts.actions import post_announcement
from core import register
from notices.actions import choose_mail
from notices.choices import Rhythm
from notices.models import MailChoice, Notice, OutboxMail, Preference

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def holding():
    return next(row for row in register.holdings() if row.name == "notices")


def live(house):
    """Dev has notices, wishes and mail that waits; Elu has notices."""
    choose_mail(
        rhythms={"cohorts.announcement": Rhythm.DAILY}, is_paused=False,
        quiet_from=None, quiet_until=None, by=house.dev,
    )  # fmt: skip
    announcement = post_announcement(cohort=house.larch, text="Hello", by=house.mo)
    EmailMessage("Code", "123", to=["dev@riverton.example"]).send()
    return announcement


def test_the_export_holds_ones_own_notices_and_wishes(house):
    announcement = live(house)

    exported = json.loads(json.dumps(holding().export(house.dev)))

    assert [row["about"] for row in exported["notices"]] == [{"announcement": str(announcement.pk)}]
    assert exported["by_mail"] == {"cohorts.announcement": "daily"}
    assert exported["paused"] is False


def test_erasing_leaves_nothing_of_the_member_and_all_of_the_others(house):
    live(house)

    for _ in range(2):  # a step may run again
        for step in holding().erase(house.dev):
            step()

    mine = [
        model.objects.filter(member=house.dev).count()
        for model in (Notice, Preference, MailChoice, OutboxMail)
    ]
    assert mine == [0, 0, 0, 0]
    assert OutboxMail.objects.filter(recipient="dev@riverton.example").count() == 0
    assert Notice.objects.count() == 2
    assert OutboxMail.objects.count() == 2
