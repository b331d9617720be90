"""A small cohort beside those of the demonstration, so that stories can count: Larch, with four people of the cast."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings

from accounts.models import User
from cohorts.actions import join_cohort
from cohorts.models import Cohort
from notices.models import MailChoice, OutboxMail, Preference

INSIDE = ("dev", "elu", "hana", "mo")


@dataclass
class House:
    """The cast by first name, and the cohort. Mo facilitates it; Fay, Rui, Gus and the backbone are not in it."""

    people: dict[str, User]
    larch: Cohort

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None


def settle(cast: dict[str, Any]) -> House:
    """Build the house: nobody has wishes yet, clocks are at UTC, no mail waits."""
    OutboxMail.objects.all().delete()
    Preference.objects.all().delete()
    MailChoice.objects.all().delete()
    larch = Cohort.objects.create(slug="larch", name="Larch", starts_on=date(2026, 3, 1))
    for name in INSIDE:
        cast[name].time_zone = "UTC"
        cast[name].save(update_fields=["time_zone"])
        join_cohort(cohort=larch, member=cast[name], by=None, as_facilitator=name == "mo")
    return House(cast, larch)


def new_member(name: str, **fields: Any) -> User:
    """A member beside the cast, with a proven address."""
    member = User.objects.create_user(
        f"{name}@riverton.example", chosen_name=name.capitalize(), **fields
    )
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


def mails() -> list[Path]:
    """The files that were delivered, in the order of their names."""
    return sorted(Path(settings.MAIL_DELIVERY["folder"]).glob("*.eml"))


def waiting(kind: str | None = None) -> list[OutboxMail]:
    """The mail that waits in the outbox, by time."""
    rows = OutboxMail.objects.waiting().order_by("due_at", "pk")
    return list(rows.filter(kind=kind) if kind else rows)
