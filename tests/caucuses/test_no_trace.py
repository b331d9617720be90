"""With an unlisted caucus and without it, the site is the same for everybody outside, to the byte, and so is every list and export."""

import io
import re
from uuid import UUID

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from caucuses.choices import Joining
from caucuses.models import Caucus, Ended, Seat
from core.models import AuditEvent, ContentVersion, KeyOwner, OwnerKind
from core.privacy import Audience, declared_fields
from core.register import holdings, visible_of
from notices.models import Notice, OutboxMail
from scripts.traces import Words
from tests.accountability.test_existence import OF_THE_MOMENT, counts
from tests.caucuses.crawling import crawl, do_everything
from tests.caucuses.filled import full_room
from tests.caucuses.keyholder import inside
from tests.caucuses.looking import looked_at, told_apart
from tests.caucuses.story import NAME, a_room, join
from tests.project import making
from tests.project.walk import client_of, made_outside
from tests.sweep.places import files, memory, response
from tests.sweep.walking import addresses

pytestmark = pytest.mark.django_db
#: How long ago something was, and how full a disk is: what operators see of a machine on which other things happen meanwhile.
OF_THE_MACHINE = re.compile(
    rb"[\d.,]+(?: |\xc2\xa0|&nbsp;)(?:seconds?|minutes?|hours?|bytes?|[KMGT]B)\b"
)

ELSEWHERE = tuple(room for room in making.ROOMS if room not in making.CAUCUSES)
#: Tables beside those of caucuses that may grow: of keys, of sessions, of forms that were sent. None shows a number to anybody.
NUMBERED = {"core_keyowner", "core_datakey", "core_formresult"}
MAY_GROW = NUMBERED | {"django_session"}
#: Of those outside some of each kind: signed out, in the same cohort and in another caucus, of none, operator. The crawl has all.
WHO = ("nobody", "hana", "mo", "gus")
#: How a look for words is asked of an address that takes them.
ASKED = ("q", "words", "query", "search")


@pytest.fixture(autouse=True)
def still(monkeypatch):
    """The clock stands still, so that no page differs by its time."""
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_, **__: None)
    with time_machine.travel(timezone.now(), tick=False):
        yield


def made_without_a_caucus(cast):
    """What the tables of addresses name; of caucuses the ids of what was there for a moment."""
    made = made_outside(cast) | making.made_in(cast, ELSEWHERE)
    # What a seat reads was said after it came, so here the clock goes on.
    with (
        time_machine.travel(timezone.now(), tick=True),
        transaction.atomic(),
        transaction.atomic(using="keys"),
    ):
        made |= making.made_in(cast, making.CAUCUSES)
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keys")
    return made


def looks_for(paths):
    """Each address that looks for words, asked for those that the room is called by and speaks of."""
    words = (NAME, "caucus")
    return [
        f"{path}?{name}={word.replace(' ', '+')}"
        for path in paths
        if "search" in path and "?" not in path
        for name in ASKED
        for word in words
    ]


def seen_by(client, paths):
    """What each page says, without what is made anew each time, and without lines that are empty then.

    A page that is kept in memory names no length; whether one is kept depends on whatever else was asked for meanwhile. Tags of
    files follow the version of what is published, which looking at the editors' area renews.
    """
    said = {path: OF_THE_MOMENT.sub(b"", response(client.get(path))) for path in paths}
    said |= {path: OF_THE_MACHINE.sub(b"", said[path]) for path in paths if path == "/operations/"}
    return {path: re.sub(rb"ETag: [^\n]+|\n(?=\n)", b"", text) for path, text in said.items()}


def fill_and_use(cast):
    """The room with everything in it, and its two members doing in it whatever its pages offer, but showing a door."""
    listed = Caucus.objects.filter(is_listed=True).count()
    dev, _elu = full_room(cast, Words())

    def ends():
        shown = Caucus.objects.filter(is_listed=True).count()
        return Seat.objects.filter(caucus=dev.caucus_id).count() < 2 or shown > listed

    for name in ("dev", "elu"):
        client = Client()
        client.force_login(cast[name])
        do_everything(client, ends=ends, last=False)
    return dev


@pytest.mark.long
def test_every_page_of_everybody_outside_is_the_same_with_and_without_it(cast):
    """Search, feeds, sitemap, the glossary's files, calendars, notices, profiles, cohorts, the editors' area, health: all of it."""
    made, paths, before, after = made_without_a_caucus(cast), {}, {}, {}
    clients = {name: client_of(cast.get(name)) for name in WHO}
    for name, client in clients.items():
        paths[name] = [*addresses(name, cast, {}, made)]
        paths[name] += looks_for(paths[name])
        seen_by(client, paths[name])  # counts, kept fragments and one's own keys are made now
        before[name] = seen_by(client, paths[name])

    version = list(ContentVersion.objects.values_list("token", flat=True))
    fill_and_use(cast)
    assert list(ContentVersion.objects.values_list("token", flat=True)) == version

    for name, client in clients.items():
        after[name] = seen_by(client, paths[name])
        assert [path for path in paths[name] if after[name][path] != before[name][path]] == []
        assert len(paths[name]) > 100


def told(cast):
    """What is exported of everybody, what they are told that others see, and what each kind of notice could show them."""
    return [
        (name, holding.name, holding.export(member), [str(line) for line in visible_of(member, holding)])
        for name, member in cast.items()
        for holding in holdings()
    ]  # fmt: skip


def commands():
    """What an operator can print."""
    for command, options in (("urls", {"json": True}), ("urls", {}), ("showmigrations", {"plan": True})):  # fmt: skip
        out = io.StringIO()
        call_command(command, stdout=out, **options)
        yield command, out.getvalue()


def test_no_export_list_command_mail_file_or_line_of_the_log_of_acts_tells_of_it(cast):
    """Not the members' own exports either: these pass through other hands."""

    def left():
        with timezone.override(
            None
        ):  # days as they are, whoever's clock the last request brought along
            return (
                told(cast),
                list(commands()),
                list(AuditEvent.objects.order_by("pk").values()),
                list(Notice.objects.order_by("pk").values()),
                list(OutboxMail.objects.order_by("pk").values()),
                [place for place, _data in files()],
            )

    for name in ("dev", "elu"):  # an export says when somebody last logged in
        client_of(cast[name])
    before = left()
    fill_and_use(cast)

    assert left() == before


def test_no_other_table_has_a_row_more_and_none_of_them_shows_its_numbers(cast):
    client = client_of(cast["dev"])
    client.get("/today/")
    before = counts()

    dev = fill_and_use(cast)

    after = counts()
    grown = {name for name in after if after[name] != before.get(name)}
    assert grown - {model._meta.db_table for model in _of_the_house()} <= MAY_GROW
    assert dev.caucus_id is not None
    for model in apps.get_models():
        if model._meta.db_table in NUMBERED:
            number = declared_fields(model)[model._meta.pk.name]
            assert set(number.audience) == {Audience.NOBODY}, model


def _of_the_house():
    return [model for model in apps.get_models() if model.__module__.startswith("caucuses.")]


def test_no_row_of_a_caucus_is_numbered(db):
    """Ids are drawn by chance, so that none tells how many there are, nor in which order they came."""
    for model in _of_the_house():
        assert model._meta.pk.get_internal_type() == "UUIDField", model
        if model is Ended:  # its id is that of the room
            continue
        assert isinstance(model._meta.pk.get_default(), UUID), model
        assert model._meta.pk.get_default().version == 4, model
    assert set(inside()) <= set(_of_the_house())


def test_the_shared_memory_names_neither_a_room_nor_a_seat(cast):
    dev = fill_and_use(cast)

    for _place, data in memory():
        for name in (str(dev.caucus_id), dev.caucus_id.hex, str(dev.pk), dev.pk.hex, NAME):
            assert name.encode() not in data


@pytest.mark.parametrize("joining", [Joining.OPEN, Joining.REQUEST, Joining.INVITATION])
def test_of_a_listed_one_the_door_alone_is_there(cast, joining):
    """Every other address looks like one that names nothing; the door stays as it was, whoever comes and whatever is said."""
    seat, _elu = a_room(cast["dev"], cast["elu"], is_listed=True, joining=joining)
    room, mo = f"/caucuses/{seat.caucus_id}/", client_of(cast["mo"])
    shown = crawl(mo)
    at_the_door = {path for path in {*shown.pages, *shown.posts} if path.startswith(room)}
    before = seen_by(mo, at_the_door & shown.pages)
    members = crawl(client_of(cast["dev"]))

    assert at_the_door != set()
    assert {
        path for path in at_the_door & shown.pages if not re.match(f"{room}door/", path)
    } == set()
    apart = {
        path
        for path, data in {**dict.fromkeys(members.pages), **members.posts}.items()
        if path.startswith(room) and path not in at_the_door and told_apart(mo, path, data)
    }
    assert apart == set()
    here = {"pk": seat.pk, "is_facilitator": True, "is_named_at_door": seat.is_named_at_door}
    do_everything(client_of(cast["dev"]), ends=lambda: not Seat.objects.filter(**here).exists(), last=False)  # fmt: skip
    for name in ("jo", "ben", "hana"):
        join(seat, cast[name])
    assert seen_by(mo, before) == before


def test_who_comes_to_the_door_signed_out_or_asks_for_an_unlisted_one_finds_nothing(cast, nobody):
    listed, unlisted = (a_room(cast["dev"], is_listed=one, joining=Joining.OPEN)[0] for one in (True, False))  # fmt: skip
    door = f"/caucuses/{listed.caucus_id}/door/"

    assert told_apart(nobody, door, None) == []
    assert told_apart(client_of(cast["mo"]), f"/caucuses/{unlisted.caucus_id}/door/", None) == []
    assert "get" in told_apart(client_of(cast["mo"]), door, None)
    assert looked_at(client_of(cast["mo"]), "get", door)[1].startswith(b"200")


def test_the_kind_of_key_is_the_only_thing_that_says_that_there_are_caucuses(cast):
    """In the database of keys, which names nobody: the owner is the room and no member."""
    members = {member.pk for member in cast.values()}
    dev = fill_and_use(cast)

    rooms = set(KeyOwner.objects.filter(kind=OwnerKind.CAUCUS).values_list("ref", flat=True))
    assert dev.caucus_id in rooms
    assert rooms & members == set()
