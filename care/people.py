"""Whom somebody can name in a report: the people of their cohorts, and the contacts themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from accounts.models import User
from care.models import Contact
from cohorts.models import Cohort, Membership


def people_to_name(reporter: Any, first: Iterable[User] = ()) -> list[User]:
    """Those people in the order of their names, after those who are named already. One query."""
    cohorts = Cohort.objects.of(reporter)
    near = Membership.objects.current().filter(cohort__in=cohorts).values("member")
    contacts = Contact.objects.in_force().values("member")
    rows = User.objects.filter(Q(pk__in=near) | Q(pk__in=contacts)).exclude(pk=reporter.pk)
    named = list(first)
    return [*named, *(one for one in rows.order_by("chosen_name", "pk") if one not in named)]
