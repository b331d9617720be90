"""`/.well-known/security.txt` is one that a finder can use (RFC 9116)."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts.models import Initiative

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ADDRESS = "/.well-known/security.txt"


def fields(answer):
    rows = [line.split(": ", 1) for line in answer.text.splitlines()]
    assert len({name for name, _value in rows}) == len(rows)
    return dict(rows)


@pytest.mark.parametrize("year", [2026, 2031, 2099])
def test_it_is_always_in_force_and_never_for_longer_than_a_year(nobody, settings, year):
    settings.SITE_URL = "https://equity.example.org"
    now = datetime(year, 2, 28, 23, 59, 59, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        answer = nobody.get(ADDRESS)

    told = fields(answer)
    expires = datetime.fromisoformat(told["Expires"])
    assert timedelta(days=30) < expires - now < timedelta(days=365)
    assert told["Canonical"] == f"https://equity.example.org{ADDRESS}"
    assert told["Preferred-Languages"] == "en, es"
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("setting", "public", "contact"),
    [
        ("safe@riverton.example", "hello@riverton.example", "mailto:safe@riverton.example"),
        ("https://riverton.example/report", "", "https://riverton.example/report"),
        ("", "hello@riverton.example", "mailto:hello@riverton.example"),
        ("", "", "mailto:site@riverton.example"),
    ],
)
def test_there_is_always_somebody_to_write_to(nobody, settings, setting, public, contact):
    settings.SECURITY_CONTACT = setting
    settings.DEFAULT_FROM_EMAIL = "Riverton <site@riverton.example>"
    initiative = Initiative.load()
    initiative.contact_email = public
    initiative.save()

    assert fields(nobody.get(ADDRESS))["Contact"] == contact


def test_the_address_for_alarms_is_told_to_nobody(nobody, settings):
    settings.ALERT_EMAIL = "keeper-at-home@riverton.example"

    assert "keeper" not in nobody.get(ADDRESS).text
    assert nobody.head(ADDRESS).status_code == 200
