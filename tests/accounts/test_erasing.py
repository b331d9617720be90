"""Seven days later: erased step by step, whatever interrupts it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.erasing import erase, erase_departed, steps_of
from accounts.leaving import leave
from accounts.models import Departure, User
from home.demo.people import CAST


@pytest.mark.django_db
@pytest.mark.parametrize("takes", [False, True])
def test_everybody_of_the_cast_can_be_erased(cast, takes):
    for person in CAST:
        name = person.first.lower()
        if name == "lena":  # the last of the backbone team
            continue
        departure = leave(by=cast[name], takes_along=takes)
        Departure.objects.update(erase_after=departure.asked_at)
        assert erase(departure, timezone.now()), name
    assert not Departure.objects.exists()
