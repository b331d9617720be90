"""A hand in the database damages or moves what is sealed, in any private field of any room: that value alone opens no more.

Threats C3 (swapped between rows, columns, owners) and C4 (flipped, cut, another version) for every field that is declared
class S, found by introspection, in the rows that the sweep for canaries plants. `test_tampering.py` goes deeper, for the
journal: bit by bit, old keys, swapped keys.
"""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from core.crypto import envelope, owners
from core.crypto.envelope import CannotOpen, Place
from core.crypto.owners import Owner
from core.models import OwnerKind
from notices.models import OutboxMail
from scripts.traces import Words
from tests.house.standing import standing
from tests.sweep.planting import PAGES
from tests.sweep.planting.kinds import Page, ids_in, person
from tests.sweep.plants import plant, private_fields

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ALARM = "gus@riverton.example"


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker):
    """The words and the rows: planted once, for each story leaves them as they were."""
    words = Words()
    with standing(django_db_blocker):
        with django_db_blocker.unblock():
            rows = plant(person("dev"), words)
        yield words, rows


@pytest.fixture
def words(planted, db):
    return planted[0]


@pytest.fixture
def rows(planted, db):
    return planted[1]


class Value:
    """One sealed value of a planted row, as it lies in its table."""

    def __init__(self, rows, name):
        label, self.field = name.rsplit(".", 1)
        self.row = rows[label]
        self.model = type(self.row)
        self.sealed = self.model._meta.get_field(self.field)
        self.key = self.model._meta.pk.get_db_prep_value(self.row.pk, connection)

    def _run(self, statement, *values):
        meta, quote = self.model._meta, connection.ops.quote_name
        with connection.cursor() as cursor:
            cursor.execute(
                statement.format(quote(meta.db_table), quote(self.sealed.column), quote(meta.pk.column)),
                [*values, self.key],
            )  # fmt: skip
            return bytes(cursor.fetchone()[0]) if cursor.description else cursor.rowcount

    def stored(self):
        return self._run("SELECT {1} FROM {0} WHERE {2} = %s")

    def put(self, value):
        assert self._run("UPDATE {0} SET {1} = %s WHERE {2} = %s", value) == 1

    def said(self):
        """What it says to who reads the row afresh, with the keys as they are stored now."""
        owners.forget()
        return str(getattr(self.model._base_manager.get(pk=self.row.pk), self.field))

    def opens(self):
        try:
            return bool(self.said())
        except CannotOpen:
            return False

    def sealed_for(self, *, label=None, pk=None, owner=None):
        """A sound value that says something else, made for this very place but for what is given."""
        owner = owner or self.sealed._owner_of(self.row)
        key = owners.current_key(owner)
        place = Place(label or self.sealed.label, str(pk or self.row.pk), str(owner))
        return envelope.seal("Moved here.", place=place, key=key.secret, generation=key.generation)


def damaged(value):
    """The same bytes with a hand on them, by what it did."""
    flipped = {
        f"the byte at {at} flipped": bytes(
            byte ^ 1 if place == at % len(value) else byte for place, byte in enumerate(value)
        )
        for at in (0, 1, 2, 3, 14, 15, 200, -17, -16, -1)
    }
    cut = {f"cut to {length}": value[:length] for length in (0, 1, 3, 15, 31, len(value) - 1)}
    return {
        **flipped, **cut, "version 0": b"\x00" + value[1:], "version 2": b"\x02" + value[1:],
        "another generation": value[:1] + b"\x00\x02" + value[3:], "one byte longer": value + b"\x00",
        "never sealed": b"I laughed when she was interrupted.", "zeros": bytes(len(value)),
    }  # fmt: skip


def others_open(rows, name, words):
    """The private fields that do not say their word any more, this one left aside."""
    return [
        other
        for other in private_fields()
        if other != name and words.words[other] not in Value(rows, other).said()
    ]


@pytest.mark.parametrize("name", private_fields())
def test_what_was_damaged_does_not_open_and_all_else_does(rows, words, name):
    """C4."""
    value = Value(rows, name)
    before = value.stored()
    assert words.words[name] in value.said()

    for what, bytes_ in damaged(before).items():
        value.put(bytes_)
        assert not value.opens(), what

    assert others_open(rows, name, words) == []
    value.put(before)
    assert words.words[name] in value.said()


def _another(kind):
    return OwnerKind.MEMBER if kind == OwnerKind.CAUCUS else OwnerKind.CAUCUS


def _ref(value):
    return value.sealed._owner_of(value.row).ref


@pytest.mark.long
@pytest.mark.parametrize("name", private_fields())
def test_what_was_moved_here_does_not_open(rows, words, name):
    """C3: from another field, row or owner, and whatever else lies in any private field."""
    value = Value(rows, name)
    kind = value.sealed._owner_of(value.row).kind
    value.put(value.sealed_for())
    assert value.said() == "Moved here."  # with nothing wrong about its place it would open

    moved = {
        "of another field": value.sealed_for(label="notice.payload"),
        "of another row": value.sealed_for(pk=uuid4()),
        "of another owner": value.sealed_for(owner=Owner(kind, uuid4())),
        "of an owner of another kind": value.sealed_for(owner=Owner(_another(kind), uuid4())),
        "of the same id as another kind": value.sealed_for(
            owner=Owner(_another(kind), _ref(value))
        ),
        **{other: Value(rows, other).stored() for other in private_fields() if other != name},
    }
    for what, bytes_ in moved.items():
        value.put(bytes_)
        assert not value.opens(), what

    assert others_open(rows, name, words) == []


@pytest.mark.parametrize("name", private_fields())
def test_a_row_that_is_given_to_another_owner_says_nothing_to_them(rows, cast, name):
    """C3: rights on the row are no way to read what was moved under one's name."""
    value = Value(rows, name)
    row = value.model._base_manager.get(pk=value.row.pk)
    owner = value.sealed._owner_of(row)
    thief = cast["elu"].pk if owner.kind == OwnerKind.MEMBER else uuid4()
    owners.current_key(Owner(owner.kind, thief))

    with pytest.raises(CannotOpen):
        value.sealed.open_of(value.stored(), row=row.pk, owner=Owner(owner.kind, thief))


# What people are told.


def pages_with(name) -> list[Page]:
    return [page for page in PAGES if name in page.fields]


def asked(client, rows, page):
    path = reverse(page.name, args=ids_in(page.about, rows))
    answer = getattr(client, page.method)(path, page.data)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, body


def test_while_nothing_is_damaged_nobody_is_alarmed(dev, rows, settings):
    settings.ALERT_EMAIL = ALARM
    cache.clear()

    statuses = {page.name: asked(dev, rows, page)[0] for page in PAGES}

    assert statuses == dict.fromkeys(statuses, 200)
    assert OutboxMail.objects.filter(recipient=ALARM).count() == 0


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in private_fields() if pages_with(name)])
def test_its_pages_open_without_it_and_the_operators_get_one_mail(dev, rows, words, settings, name):
    """C4: no page fails or shows a raw byte, what else stands there still does, and one mail says so, however often."""
    settings.ALERT_EMAIL = ALARM
    cache.clear()
    value = Value(rows, name)
    before = value.stored()
    value.put(before[:-1] + bytes([before[-1] ^ 1]))
    raw, label = value.stored(), name.rsplit(".", 1)[0]
    owners.forget()

    for page in pages_with(name):
        for _time in range(2):
            status, body = asked(dev, rows, page)
            assert status == 200, page.name
            assert raw not in body
            assert raw.hex() not in body.decode(errors="replace").lower()
        others = {one for one in page.fields if not one.startswith(f"{label}.")}
        assert others - words.names_in(body) == set(), page.name

    assert OutboxMail.objects.filter(recipient=ALARM).count() == 1
