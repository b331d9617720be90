"""Without keys, a dump in which Hana takes part in caucuses cannot be told from one in which she does not by anything that names her."""

import re

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone

from caucuses.permissions import seats_of
from core.crypto import owners
from core.models import AuditEvent, FormResult
from notices.models import Notice
from tests.accounts.hands import is_signed_in, log_in
from tests.caucuses.crawling import ID, seen
from tests.caucuses.dump import needles_of, rows_naming
from tests.caucuses.taking_part import all_of_it, leaves
from tests.sweep.places import ALIASES
from tests.sweep.planting.kinds import person

pytestmark = pytest.mark.django_db

OWN = re.compile(r"/(?:today|account/(?!logout|sessions)|help|privacy|search|learn|glossary|cohorts|commitments|buddy|caucuses)[\w/-]*")  # fmt: skip


@pytest.fixture(autouse=True)
def still(monkeypatch):
    """The clock stands still: what was when is no difference."""
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_, **__: None)
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.fixture
def cast(cast):
    """The cast, and Tomas, who takes part where Hana does not."""
    return {**cast, "tomas": person("tomas")}


@pytest.fixture
def world(cast, django_capture_on_commit_callbacks):
    """Lets Hana use the site while somebody takes part, and gives what names her then; all is taken back: two worlds begin alike."""

    def happens(who, *, and_leaves=False):
        with transaction.atomic(), transaction.atomic(using="keys"):
            with django_capture_on_commit_callbacks(using="default", execute=True):
                in_how_many = _hana_comes(cast, who, and_leaves=and_leaves)
            found = rows_naming(cast["hana"])
            for alias in ALIASES:
                transaction.set_rollback(True, using=alias)
        owners.forget()
        return found, in_how_many

    return happens


def _hana_comes(cast, who, *, and_leaves):
    """She signs in, looks around, takes part or does not, looks around again, signs out and in; in how many caucuses she was."""
    hana, dev, tomas = Client(), Client(), Client()
    dev.force_login(cast["dev"])
    tomas.force_login(cast["tomas"])
    assert log_in(hana, "hana").status_code == 302
    own = sorted({one for one in seen(hana, "/today/").links if OWN.fullmatch(one) and not ID.search(one)})  # fmt: skip
    assert len(own) > 5, own
    _look_around(hana, own)
    guest = hana if who == "hana" else tomas
    all_of_it(cast, dev, guest, who)
    in_how_many = len(seats_of(cast["hana"]))
    if and_leaves:
        leaves(guest)
    _look_around(hana, own)
    hana.post("/account/logout/")
    assert not is_signed_in(hana)
    log_in(hana, "hana")
    return in_how_many


def _look_around(client, own):
    for path in own:
        assert client.get(path).status_code < 500, path


@pytest.mark.parametrize("and_leaves", [False, True], ids=["stays", "leaves"])
def test_taking_part_changes_no_row_that_names_her(world, cast, and_leaves):
    """Number and content of every row of every table of both databases, of every file and of what a process remembers."""
    before = len(seats_of(cast["hana"]))

    out, alone = world("tomas", and_leaves=and_leaves)
    within, together = world("hana", and_leaves=and_leaves)

    assert alone == before
    assert together >= before + 2
    assert sum(out.values()) > 20
    assert {row: number for row, number in within.items() if out.get(row) != number} == {}
    assert {row: number for row, number in out.items() if within.get(row) != number} == {}


def _form(hana, seat):
    FormResult.objects.create(member=hana.pk, form="x", key=seat.pk, body="x")


def _act(hana, _seat):
    AuditEvent.objects.create(verb="x", actor=hana.pk.hex, subject_kind="x", subject="x")


def _notice(hana, _seat):
    Notice(member=hana, kind="x", sealed="{}").save()


def _session(hana, _seat):
    Client().force_login(hana)


def _digest(hana, seat):
    digest = min(one for one in needles_of(hana) if len(one) == 64)
    FormResult.objects.create(member=seat.pk, form=digest.decode(), key=seat.pk, body="")


@pytest.mark.parametrize("leak", [_form, _act, _notice, _session, _digest])
def test_it_would_be_seen_if_it_did(cast, leak):
    """Each kind of row that could give her away, left once."""
    hana = cast["hana"]
    out = rows_naming(hana)

    leak(hana, seats_of(hana)[0])

    assert rows_naming(hana) != out
