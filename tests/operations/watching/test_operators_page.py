"""The operators' page: what it says, for whom, and that it works when parts of it do not."""

import json
import re
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
import time_machine
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from core import disk
from core.crypto import age
from core.crypto.owners import Owner, current_key
from core.disk import Room
from core.models import KeyOwner
from core.signs import Sign, signs
from operations import machine

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
PAGE = "/operations/"
NOON = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)


def lines(answer):
    """What the table says: part, how it is, words."""
    rows = re.findall(r'<th scope="row">(.*?)</th>\s*<td>(.*?)</td>\s*<td>(.*?)</td>', answer.text, re.S)  # fmt: skip
    plain = [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in rows]
    return {part: (state, said) for part, state, said in plain}


def one(offer):
    (found,) = offer(now=NOON)
    return found


@pytest.mark.parametrize("name", ["ana", "rui", "mo", "dev"])
def test_nobody_but_an_operator_may_know_of_it(as_, name):
    assert as_(name).get(PAGE).status_code == 404
    assert PAGE not in as_(name).get("/today/").text


def test_an_operator_without_a_second_factor_sets_one_up_first(as_, settings):
    settings.STAFF_SECOND_FACTOR = "required"

    answer = as_("gus").get(PAGE)

    assert (answer.status_code, answer["Location"]) == (302, "/account/2fa/")


def test_it_tells_each_part_in_a_word_a_sign_and_a_sentence(as_, settings):
    settings.ALERT_EMAIL = "keeper@riverton.example"
    gus = as_("gus")

    told = lines(gus.get(PAGE))

    assert f'href="{PAGE}"' in gus.get("/today/").text
    assert told["Databases"] == ("✓ well", "Both fit this version.")
    assert told["Shared cache"] == ("✓ well", "It answers.")
    assert told["Alarms"] == ("✓ well", "They are mailed to the address in ALERT_EMAIL.")
    assert re.fullmatch(r"0\.1\.0, made of files with the stamp [0-9a-f]{8}\.", told["Version"][1])
    assert "keeper@" not in gus.get(PAGE).text


def test_what_is_not_well_stands_first_with_what_to_do(as_, only_signs):
    def said(*, now):
        yield Sign("version", "Version", "1", advice="Never shown.")
        yield Sign("disk", "Disk", "Full.", is_well=False, advice="Make room.")

    only_signs(said)

    answer = as_("gus").get(PAGE)

    assert list(lines(answer).items()) == [
        ("Disk", ("! not well", "Full.What to do: Make room.")),
        ("Version", ("✓ well", "1")),
    ]
    assert "One part is not well. It stands first, with what to do." in answer.text


def test_a_part_that_cannot_be_asked_hides_no_other(as_, only_signs):
    def broken(*, now):
        raise RuntimeError("the plum tree")

    def said(*, now):
        yield Sign("version", "Version", "1")

    only_signs(broken, said)

    answer = as_("gus").get(PAGE)

    assert answer.status_code == 200
    assert "plum" not in answer.text
    states = [state for state, _said in lines(answer).values()]
    assert states == ["! not well", "✓ well"]


def test_its_own_signs_ask_seven_questions(only_signs):
    """Two of the tables, two of the migrations, one of the cache, and of the keys its age and names."""
    only_signs(*machine.SIGNS)
    list(signs(NOON))  # what is compared once

    with CaptureQueriesContext(connection) as main, CaptureQueriesContext(connections["keys"]) as keys:  # fmt: skip
        list(signs(NOON))

    assert (len(main), len(keys)) == (3, 4)


def test_the_last_starts_are_shown_and_a_line_cut_off_is_left_out(as_, tmp_path):
    (tmp_path / "run").mkdir()
    rows = [
        {"at": f"2026-01-{day:02}T08:00:00+00:00", "version": "0.1.0", "build": f"0000000{day}", "kind": "production"}
        for day in range(1, 8)
    ]  # fmt: skip
    written = "\n".join([*map(json.dumps, rows), '{"at": "2026-01-0'])
    (tmp_path / "run" / "starts.jsonl").write_text(written)

    answer = as_("gus").get(PAGE)

    assert re.findall(r"<code>(\w+)</code>", answer.text) == [f"0000000{day}" for day in (7, 6, 5, 4, 3)]  # fmt: skip


@pytest.mark.parametrize(
    ("free", "total", "enough"),
    [
        (500_000_000, 2_000_000_000, True),
        (499_999_999, 2_000_000_000, False),
        (10_000_000_000, 100_000_000_000, True),
        (9_999_999_999, 100_000_000_000, False),
        (0, 0, False),
    ],
)
def test_a_tenth_and_500_megabytes_of_a_disk_must_be_left(free, total, enough):
    """H4."""
    assert Room(free, total).is_enough is enough


def test_a_folder_that_takes_no_file_is_not_well(settings, tmp_path):
    """H4: as a disk that is full to the last byte, or was mounted read-only."""
    settings.MEDIA_ROOT = "/proc/self"

    found = one(machine.disks)

    assert disk.takes_files() is False
    assert (found.is_well, found.said) == (False, "A disk takes no files at the moment.")


def test_the_age_of_the_keyring_is_that_of_its_key_and_not_of_its_file():
    KeyOwner.objects.update(made_at=datetime(2025, 1, 1, tzinfo=UTC))
    if not KeyOwner.objects.exists():
        with time_machine.travel(datetime(2025, 1, 1, tzinfo=UTC)):
            current_key(Owner("member", uuid4()))

    found = one(machine.keyring)

    assert age.in_use_since() == date(2025, 1, 1)
    assert (found.is_well, found.said) == (True, "The current key has been in use for 378 days.")


@pytest.mark.parametrize(
    ("name", "said", "well"),
    [
        ("k20241210-0a1b", "for 400 days", True),
        ("k20241209-0a1b", "for 401 days", False),
        ("k20260113-ffff", "for 1 day", True),
        ("k20260114-ffff", "since today", True),
    ],
)
def test_a_key_older_than_400_days_asks_to_be_changed(settings, name, said, well):
    ring = settings.FIELD_KEYS
    settings.FIELD_KEYS = type(ring)(name, {**ring.keys, name: b"x" * 32})

    found = one(machine.keyring)

    assert found.said == f"The current key has been in use {said}."
    assert found.is_well is well


def test_a_keyring_that_lacks_a_key_is_not_well(settings):
    """C6."""
    current_key(Owner("member", uuid4()))
    settings.FIELD_KEYS = type(settings.FIELD_KEYS)("k9", {"k9": b"x" * 32})

    found = one(machine.keyring)

    assert (found.is_well, "lacks a key" in found.said) == (False, True)


def test_databases_that_do_not_fit_are_said(cast):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'notices' AND name LIKE '0001%%'")
        behind = one(machine.databases)
        cursor.execute("INSERT INTO django_migrations (app, name, applied) SELECT 'notices', '0001_initial', applied FROM django_migrations LIMIT 1")  # fmt: skip
        cursor.execute("INSERT INTO django_migrations (app, name, applied) SELECT 'accounts', '0999_later', applied FROM django_migrations LIMIT 1")  # fmt: skip
        newer = one(machine.databases)

    assert (behind.is_well, behind.said) == (False, "Steps of this version are missing in: default.")  # fmt: skip
    assert (newer.is_well, newer.said) == (False, "Written by a newer version: default.")
