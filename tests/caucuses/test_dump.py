"""Without keys, a dump in which Hana takes part in caucuses cannot be told from one in which she does not by anything that names her."""

import re

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone

from caucuses.models import Caucus
from caucuses.permissions import seats_of
from core.crypto import owners
from core.models import AuditEvent, FormResult
from notices.models import Notice
from scripts.traces import Words
from tests.accounts.hands import is_signed_in, log_in
from tests.caucuses import crawling
from tests.caucuses.crawling import ID, do_everything, seen
from tests.caucuses.dump import needles_of, rows_naming
from tests.caucuses.filled import full_room
from tests.caucuses.story import a_room, join
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
def others(cast):
    """Dev and Elu have a caucus with everything in it, in both worlds."""
    return full_room(cast, Words())


@pytest.fixture
def world(cast, monkeypatch, django_capture_on_commit_callbacks):
    """Lets Hana use the site and gives what names her then; all of it is taken back, so that two worlds begin alike."""

    def happens(takes_part):
        monkeypatch.setattr(crawling, "INVITED", cast["hana" if takes_part else "tomas"].email)
        with transaction.atomic(), transaction.atomic(using="keys"):
            with django_capture_on_commit_callbacks(using="default", execute=True):
                in_how_many = _hana_comes(cast, takes_part)
            found = rows_naming(cast["hana"])
            for alias in ALIASES:
                transaction.set_rollback(True, using=alias)
        owners.forget()
        return found, in_how_many

    return happens


@pytest.fixture
def cast(cast):
    """The cast, and Tomas, who is invited where Hana is not."""
    return {**cast, "tomas": person("tomas")}


def _hana_comes(cast, takes_part):
    """She signs in, looks around, takes part or does not, looks around again, signs out and in; in how many caucuses she was."""
    hana, dev = Client(), Client()
    dev.force_login(cast["dev"])
    assert log_in(hana, "hana").status_code == 302
    own = sorted({one for one in seen(hana, "/today/").links if OWN.fullmatch(one) and not ID.search(one)})  # fmt: skip
    assert len(own) > 5, own
    _look_around(hana, own)
    do_everything(dev, ends=_changed_in(cast), last=False)
    if takes_part:
        _take_part(cast, hana)
    in_how_many = len(seats_of(cast["hana"]))
    _look_around(hana, own)
    hana.post("/account/logout/")
    assert not is_signed_in(hana)
    log_in(hana, "hana")
    _look_around(hana, own)
    return in_how_many


def _changed_in(cast):
    """Whether a form ended a seat of theirs, or showed a door."""
    names, listed = ("dev", "elu", "hana"), Caucus.objects.filter(is_listed=True).count()

    def ends():
        now = {name: len(seats_of(cast[name])) for name in names}
        shown = Caucus.objects.filter(is_listed=True).count() > listed
        ended = shown or any(now[name] < before[name] for name in names)
        if not ended:
            before.update(now)
        return ended

    before = {name: len(seats_of(cast[name])) for name in names}
    return ends


def _look_around(client, own):
    for path in own:
        assert client.get(path).status_code < 500, path


def _take_part(cast, hana):
    """By every form that the pages offer her; where these do not lead into two more caucuses, by the actions beneath."""
    do_everything(hana, ends=_changed_in(cast), last=False)
    if len(seats_of(cast["hana"])) < 2:
        a_room(cast["hana"])
    strange = [seat for seat in seats_of(cast["dev"]) if seat.caucus_id not in _rooms(cast["hana"])]
    if strange:
        join(strange[0], cast["hana"])
    do_everything(hana, ends=_changed_in(cast), last=False)


def _rooms(member):
    return {seat.caucus_id for seat in seats_of(member)}


def test_taking_part_changes_no_row_that_names_her(world, others, cast):
    """Number and content of every row of every table of both databases, of every file and of what a process remembers."""
    before = len(seats_of(cast["hana"]))

    out, alone = world(takes_part=False)
    within, together = world(takes_part=True)

    assert alone == before
    assert together >= before + 1
    assert sum(out.values()) > 20
    assert {row: number for row, number in within.items() if out.get(row) != number} == {}
    assert {row: number for row, number in out.items() if within.get(row) != number} == {}


@pytest.mark.parametrize("leak", ["a form", "the log of acts", "a notice", "a session", "a digest"])
def test_it_would_be_seen_if_it_did(world, others, cast, monkeypatch, leak):
    """Each kind of row that could give her away, left once."""
    hana = cast["hana"]
    out, _alone = world(takes_part=False)
    first = seats_of(hana)[0]

    def leaves(*_args):
        if leak == "a form":
            FormResult.objects.create(member=hana.pk, form="x", key=first.pk, body="x")
        elif leak == "the log of acts":
            AuditEvent.objects.create(verb="x", actor=hana.pk.hex, subject_kind="x", subject="x")
        elif leak == "a notice":
            Notice(member=hana, kind="x", sealed="{}").save()
        elif leak == "a session":
            client = Client()
            client.force_login(hana)
        else:
            digest = next(iter(sorted(one for one in needles_of(hana) if len(one) == 64)))
            FormResult.objects.create(member=first.pk, form=digest.decode(), key=first.pk, body="")

    monkeypatch.setattr("tests.caucuses.test_dump._take_part", leaves)
    within, _together = world(takes_part=True)

    assert within != out
