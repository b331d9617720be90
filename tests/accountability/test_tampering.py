"""A hand in the database moves, flips, cuts, swaps or takes back what is sealed in a journal: it is refused, and one mail says so.

Threats C3 (swapped between rows, columns, members), C4 (flipped, cut, another version) and C9 (the same text twice).
"""

import logging
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from accountability.journal.actions import id_for, save_entry
from accountability.journal.models import Entry
from accountability.journal.texts import Text, text_of
from core.crypto import alerts, envelope, owners
from core.crypto.envelope import CannotOpen
from core.crypto.owners import Owner
from core.models import DataKey, KeyOwner, OwnerKind
from notices.models import OutboxMail
from tests.accounts.hands import log_in

pytestmark = pytest.mark.django_db

SAID = "I laughed when she was interrupted."
ALARM = "gus@riverton.example"
KINDS = ("body", "title", "html", "tags")


@pytest.fixture
def dev(cast):
    return cast["dev"]


def written(member, body=SAID, title="That Tuesday"):
    text = Text(title=title, body=body, tags=("meetings",))
    return save_entry(by=member, entry_id=id_for(member, uuid4()), text=text, seen=0)


def owner_of(member):
    return Owner(OwnerKind.MEMBER, member.pk)


def run(statement, values, alias="default"):
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0] if cursor.description else cursor.rowcount


def key_of(row):
    return row.pk.hex if connections["default"].vendor == "sqlite" else row.pk


def stored(entry, column="body"):
    return bytes(run(f"SELECT {column} FROM journal_entry WHERE id = %s", [key_of(entry)]))


def bent(value):
    """The same with its last bit turned over, whatever it was."""
    return value[:-1] + bytes([value[-1] ^ 1])


def put(entry, value, column="body"):
    assert run(f"UPDATE journal_entry SET {column} = %s WHERE id = %s", [value, key_of(entry)]) == 1


def opens(entry, field="body"):
    """Whether this value opens for who reads the row afresh, with the keys as they are stored now."""
    owners.forget()
    try:
        return bool(getattr(Entry.objects.get(pk=entry.pk), field))
    except CannotOpen:
        return False


def test_a_value_of_another_entry_field_or_member_does_not_open(dev, cast):
    """C3."""
    mine, other, elus = written(dev), written(dev), written(cast["elu"])

    for value, column in (
        (stored(other), "body"),
        (stored(mine, "title"), "body"),
        (stored(mine), "title"),
        (stored(elus), "body"),
    ):
        before = stored(mine, column)
        put(mine, value, column)
        assert not opens(mine, column)
        put(mine, before, column)
        assert opens(mine, column)
    assert opens(other)


def test_an_entry_that_is_given_to_another_member_does_not_open_for_them(dev, cast):
    """C3: a member's own rights are no way to read what was moved under their name."""
    entry, elus = written(dev), written(cast["elu"])
    whose = cast["elu"].pk
    whose = whose.hex if connections["default"].vendor == "sqlite" else whose
    run("UPDATE journal_entry SET author_id = %s WHERE id = %s", [whose, key_of(entry)])

    assert [opens(entry, field) for field in KINDS] == [False] * 4
    assert opens(elus)


@pytest.mark.parametrize(
    ("part", "at"),
    [
        ("version", 0), ("generation, first byte", 1), ("generation, second byte", 2), ("nonce", 3), ("nonce, its end", 14),
        ("ciphertext", 15), ("ciphertext, in the padding", 200), ("tag", -16), ("tag, its end", -1),
    ],
)  # fmt: skip
def test_one_flipped_bit_anywhere_is_seen(dev, part, at):
    """C4."""
    entry, other = written(dev), written(dev)
    value = bytearray(stored(entry))
    for bit in range(8):
        value[at] ^= 1 << bit
        put(entry, bytes(value))
        assert not opens(entry), f"bit {bit} of the {part}"
        value[at] ^= 1 << bit

    assert (opens(entry, "title"), opens(other)) == (True, True)


@pytest.mark.parametrize("length", [0, 1, 3, 14, 15, 31, 256, 286])
def test_what_was_cut_off_is_seen(dev, length):
    """C4."""
    entry, other = written(dev), written(dev)
    put(entry, stored(entry)[:length])

    assert (opens(entry), opens(other)) == (False, True)


@pytest.mark.parametrize("other", [b"\x00", b"words", SAID.encode(), b"\x01" * 287, b"\x02" * 4000])
def test_what_we_never_made_is_never_shown(dev, other):
    """C4: no raw bytes, and no readable ones either, whoever put them there."""
    entry = written(dev)
    put(entry, other)

    assert not opens(entry)


def test_what_an_entry_said_under_an_older_key_does_not_come_back(dev):
    """C4, a downgrade: after a new generation and the retirement of the old, an old copy of the row opens no more."""
    entry = written(dev)
    old = {field: stored(entry, field) for field in KINDS}
    key = owners.renew(owner_of(dev))
    again = Entry.objects.get(pk=entry.pk)
    for field in (*KINDS, "prompt", "about"):
        setattr(again, field, str(getattr(again, field)))
    again.save()
    assert stored(entry)[:3] == b"\x01\x00\x02"
    KeyOwner.objects.update(renewed_at=timezone.now() - owners.SETTLES_IN)
    assert owners.retire(owner_of(dev), before=key.generation) == 1

    for field, value in old.items():
        assert opens(entry, field)
        put(entry, value, field)
        assert not opens(entry, field)
        relabeled = value[:1] + b"\x00\x02" + value[3:]
        put(entry, relabeled, field)
        assert not opens(entry, field)


def test_the_same_text_twice_is_stored_twice_differently_and_tells_little_of_its_length(dev):
    """C9."""
    first, second, short = written(dev), written(dev), written(dev, body="No.")

    assert stored(first) != stored(second)
    assert stored(first)[:3] == stored(second)[:3]
    head = envelope.HEAD_BYTES + envelope.TAG_BYTES
    sizes = [len(stored(row)) - head for row in (first, second, short)]
    assert sizes == [256, 256, 256]
    assert len(stored(written(dev, body="x" * 256))) - head == 1024


# The keys.


def key_row(member):
    whose = KeyOwner.objects.get(kind=OwnerKind.MEMBER, ref=member.pk)
    return DataKey.objects.get(owner=whose.pk)


def test_without_its_row_no_key_is_made_up_and_nothing_more_is_written(dev, cast):
    entry, elus = written(dev), written(cast["elu"])
    key_row(dev).delete()

    assert (opens(entry), opens(elus)) == (False, True)
    with pytest.raises(CannotOpen):
        written(dev)


def test_a_swapped_or_copied_key_opens_nothing(dev, cast):
    """C3, in the database of keys."""
    entry, elus = written(dev), written(cast["elu"])
    mine, theirs = key_row(dev), key_row(cast["elu"])
    DataKey.objects.filter(pk=mine.pk).update(wrapped=theirs.wrapped)
    assert (opens(entry), opens(elus)) == (False, True)

    DataKey.objects.filter(pk=theirs.pk).update(wrapped=mine.wrapped)

    assert (opens(entry), opens(elus)) == (False, False)


@pytest.mark.parametrize(
    "garbage",
    [b"", b"\x00" * 60, b"k" * 32, b"\x00" * 59, b"x" * 400],
    ids=["empty", "zeros", "a bare key", "one byte short", "long"],
)
def test_a_key_that_is_no_key_opens_nothing(dev, cast, garbage):
    entry, elus = written(dev), written(cast["elu"])
    row = key_row(dev)
    DataKey.objects.filter(pk=row.pk).update(wrapped=garbage)

    assert (opens(entry), opens(elus)) == (False, True)


def test_a_key_put_under_another_generation_opens_nothing(dev):
    entry = written(dev)
    DataKey.objects.filter(pk=key_row(dev).pk).update(generation=2)
    value = stored(entry)
    assert not opens(entry)

    put(entry, value[:1] + b"\x00\x02" + value[3:])

    assert not opens(entry)


# What people are told.


@pytest.fixture
def said():
    """Lines of the log about what is sealed."""
    lines, handler = [], logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())
    logging.getLogger("lodestar.sealed").addHandler(handler)
    yield lines
    logging.getLogger("lodestar.sealed").removeHandler(handler)


def test_the_operators_get_one_mail_without_content_however_often_it_is_opened(dev, settings, said):
    """C3, C4: one mail and one line, that say which kind of thing and nothing else."""
    settings.ALERT_EMAIL = ALARM
    for _time in range(20):
        entry = written(dev)
        put(entry, bent(stored(entry)))
        if not opens(entry):
            alerts.could_not_open(entry)

    mail = OutboxMail.objects.get(recipient=ALARM)
    assert said == [
        "A sealed value of journal.entry cannot be opened: it was damaged or moved, or its key is gone."
    ]
    for words in (mail.subject + mail.text, *said):
        for private in (SAID, "Tuesday", str(dev.pk), str(entry.pk), "dev@", "Banerjee"):
            assert private not in words


def page(name, *args):
    return reverse(f"journal:{name}", args=args)


@pytest.fixture
def damaged(cast, settings):
    """Dev's entry whose text was damaged, and another that was not."""
    settings.ALERT_EMAIL = ALARM
    cache.clear()
    bad, good = written(cast["dev"], title="Damaged"), written(cast["dev"], "Whole.", "Sound")
    for column in ("body", "html"):
        put(bad, bent(stored(bad, column)), column)
    owners.forget()
    return bad, good


@pytest.mark.parametrize("name", ["entry_show", "entry_edit"])
def test_its_page_says_that_it_cannot_be_opened(client, damaged, name):
    """C4: in words, never with a raw byte; the other entry opens; and one mail, however often."""
    log_in(client, "dev")
    bad, good = damaged
    raw = stored(bad)

    answers = [client.get(page(name, bad.pk)) for _time in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert "cannot be opened" in answers[0].text
    assert raw not in answers[0].content
    assert raw.hex() not in answers[0].text
    assert SAID not in answers[0].text
    assert "Whole." in client.get(page(name, good.pk)).text
    assert OutboxMail.objects.filter(recipient=ALARM).count() == 1


@pytest.mark.parametrize("name", ["entry_list", "entry_print"])
def test_lists_show_the_others(client, damaged, name):
    log_in(client, "dev")
    bad, _good = damaged

    answer = client.get(page(name), {"which": "all"})

    assert answer.status_code == 200
    assert "Sound" in answer.text
    assert stored(bad) not in answer.content
    assert OutboxMail.objects.filter(recipient=ALARM).count() == 1
    assert text_of(Entry.objects.get(pk=damaged[1].pk)).body == "Whole."
