"""Dev has left, and seven days later nothing is found of him but what the page said: literally this."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.erasing import erase_departed
from accounts.leaving import leave
from accounts.models import Departure, User
from tests.accounts.hands import log_in
from tests.project.walk import client_of
from tests.sweep.places import database_files, files, memory, tables
from tests.sweep.plants import AUTHOR, plant
from tests.sweep.walking import addresses, answers

#: Where the random number of an account stays that was erased: that its keys were destroyed, so that no backup brings it back.
NUMBER_STAYS = {"keys: core_keyowner", "erasures.jsonl"}
#: What his buddy still reads for 30 days, beside no name, unless he takes it along: the page said so.
BUDDY_READS = {"buddies.Agreement", "checkins.Part", "checkins.PartVersion"}
#: What belongs to all of a pair or a caucus, whoever wrote it, and is read by who sits there: the page said so.
OF_ALL = {
    "checkins.PairNotes",
    "caucuses.Caucus",
    "caucuses.Agreement",
    "meetings.Meeting",
    "meetings.Notes",
    "concerns.Concern",
}


@pytest.fixture(autouse=True)
def _own_file(settings: Any, tmp_path: Path) -> None:
    """What a story that is taken back wrote into the file of erasures must not reach the next one."""
    settings.ERASURES_FILE = tmp_path / "erasures.jsonl"


def _named(member: Any, words: Any) -> User:
    """A name, an address and pronouns that are words of their own."""
    member.chosen_name, member.pronouns = words.word("name"), words.word("pronouns")
    member.email = f"{words.word('address')}@riverton.example"
    member.save()
    EmailAddress.objects.filter(user=member).update(email=member.email)
    return User.objects.get(pk=member.pk)


def _erased(member: Any, *, takes_along: bool) -> None:
    departure = leave(by=User.objects.get(pk=member.pk), takes_along=takes_along)
    Departure.objects.filter(pk=departure.pk).update(erase_after=departure.asked_at)
    assert erase_departed(now=timezone.now()) == 1


def _found(words: Any, places: Any) -> list[tuple[str, list[str]]]:
    return [(place, ways) for place, data in places if (ways := words.traces(data))]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("takes_along", [False, True])
def test_no_table_file_or_free_page_holds_anything_of_who_was_erased(cast, words, takes_along):
    """A12, C8: his words, name, address and the number of his account; free pages and the log that SQLite writes ahead."""
    dev = _named(cast[AUTHOR], words)
    planted = plant(dev, words)
    assert planted
    client = client_of(dev)
    log_in(client, words.word("address"))
    assert "default: accounts_user" in dict(_found(words, tables()))

    _erased(dev, takes_along=takes_along)

    kept_here = [(place, data) for place, data in memory() if place != "a mail"]  # that went out
    left = [*tables(), *files(), *kept_here]
    assert _found(words, left) == []
    assert _found(words, database_files()) == []
    numbers = (str(dev.pk).encode(), dev.pk.hex.encode(), dev.pk.bytes)
    kept = {place for place, data in left if any(number in data for number in numbers)}
    assert {place.rpartition("/")[2] for place in kept} == NUMBER_STAYS


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize(
    ("person", "takes_along"),
    [
        ("elu", False),  # his buddy, who reads on what was said between the two
        ("ana", True),  # who may do most on the site
        *(
            pytest.param(*case, marks=pytest.mark.long)
            for case in [("nobody", False), ("nobody", True), ("elu", True), ("ana", False)]
        ),
    ],
)
def test_nobody_is_answered_with_anything_but_what_the_page_said(cast, words, person, takes_along):
    """By GET at every address, with the ids that were his."""
    dev = _named(cast[AUTHOR], words)
    planted = plant(dev, words)
    paths = dict.fromkeys(addresses(person, cast, planted), False)
    _erased(dev, takes_along=takes_along)

    read: set[str] = set()
    for _place, data in answers(client_of(cast.get(person)), paths):
        read |= words.names_in(data)

    stays = OF_ALL | (set() if takes_along else BUDDY_READS) if person == "elu" else set()
    assert {name.rsplit(".", 1)[0] for name in read} == stays
