"""What the stories about signing in share: the hands of a person at the door, and counts of the work it made."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from notices.models import OutboxMail

PASSWORD = "lodestar-demo"
NEW_PASSWORD = "seven quiet herons"
LOGIN = "/account/login/"


def email_of(name: str) -> str:
    """The address of one of the cast."""
    return f"{name}@riverton.example"


def log_in(client: Client, name: str, password: str = PASSWORD, **extra: Any) -> Any:
    """Post the log-in form."""
    return client.post(LOGIN, {"login": email_of(name), "password": password}, **extra)


def is_signed_in(client: Client) -> bool:
    """Whether a member's page opens for this client."""
    return bool(client.get("/today/").status_code == 200)


def mails_to(email: str) -> list[OutboxMail]:
    """What waits in the outbox for this address, oldest first."""
    return list(OutboxMail.objects.filter(recipient=email).order_by("created_at"))


def code_in(mail: OutboxMail) -> str:
    """The code that stands alone on its line in a mail."""
    found = re.search(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})*)\s*$", mail.text, re.MULTILINE)
    assert found, mail.text
    return found.group(1)


def link_in(mail: OutboxMail) -> str:
    """The first link in a mail."""
    found = re.search(r"https?://\S+", mail.text)
    assert found, mail.text
    return found.group(0)


def give_app(member: Any) -> str:
    """Give the member an authenticator app; returns its secret."""
    secret = generate_totp_secret()
    TOTP.activate(member, secret)
    return secret


def give_recovery_codes(member: Any) -> list[str]:
    """Give the member recovery codes."""
    return list(RecoveryCodes.activate(member).get_unused_codes())


def code_of(secret: str, step: int = 0) -> str:
    """What the app shows now, or that many steps of 30 seconds away."""
    now = sorted(yield_hotp_counters_from_time())[1]
    return str(format_hotp_value(hotp_value(secret, now + step)))


def factors(member: Any) -> list[str]:
    """The kinds of second factor a member has."""
    return sorted(Authenticator.objects.filter(user=member).values_list("type", flat=True))


@dataclass
class Work:
    """What a request did: hashes, queries by kind, mails."""

    hashes: int = 0
    queries: list[str] = field(default_factory=list)
    mails: int = 0


class Counted:
    """Counts the hashes, queries and mails of what happens inside: `with Counted(monkeypatch) as work`."""

    def __init__(self, monkeypatch: Any) -> None:
        self.patch, self.work = monkeypatch, Work()

    def __enter__(self) -> Work:
        stock = MD5PasswordHasher.encode

        def encode(hasher: Any, password: str, salt: str) -> str:
            self.work.hashes += 1
            return stock(hasher, password, salt)

        self.patch.setattr(MD5PasswordHasher, "encode", encode)
        self.before = OutboxMail.objects.count()
        self.queries = CaptureQueriesContext(connection)
        self.queries.__enter__()
        return self.work

    def __exit__(self, *problem: Any) -> None:
        self.queries.__exit__(*problem)
        self.patch.undo()
        self.work.queries = [
            one["sql"].split()[0] for one in self.queries.captured_queries if one["sql"]
        ]
        self.work.mails = OutboxMail.objects.count() - self.before
