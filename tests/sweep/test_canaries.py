"""Dev writes a word into every private field. Nobody else ever comes across one, and nothing keeps one but sealed.

Fields are found by introspection and addresses in the written tables, so that what is new joins by itself.
"""

import pytest
from django.test import Client

from core.models import OwnerKind
from core.privacy import Audience, class_s_fields, declared_fields
from home.demo.people import CAST
from tests.accounts.hands import log_in
from tests.project.walk import client_of
from tests.sweep.places import database_files, everywhere, exports, response, tables
from tests.sweep.planting import PLANTS, READERS
from tests.sweep.planting.journal import LOCKED
from tests.sweep.plants import AUTHOR, may_find, model_of, plant, private_fields, unplanted
from tests.sweep.using import use
from tests.sweep.walking import addresses, answers, private_addresses

NAMES = [person.first.lower() for person in CAST]
OTHERS = [name for name in NAMES if name != AUTHOR]
#: Signed out, who may read some beside Dev, backbone, operator. All others are asked for on a running site (scripts/canaries.py).
ASKED = ("nobody", "elu", "hana", "fay", "jo", "ana", "gus")
SHARED = {Audience.PAIR, Audience.CHOSEN, Audience.COHORT, Audience.CAUCUS}
#: Who sits with Dev where something belongs to neither of them alone: his partner, and who is in his caucus.
TOGETHER = {OwnerKind.PAIR, OwnerKind.CAUCUS}


def found(words, places, *, but=(), body=True):
    """Where the mark stands, and in which way of writing; `but`: words that may stand there, in the body alone."""
    return [
        (place, traces)
        for place, data in places
        if (traces := words.traces(words.without(but, data, body=body)))
    ]


def noted(words, places, names):
    """The same places; the names of the words that stand there as they are join `names`."""
    for place, data in places:
        if words.mark.encode() in data:
            names |= words.names_in(data)
        yield place, data


@pytest.mark.django_db
def test_every_private_field_holds_a_word_of_its_own(planted, words):
    assert unplanted(planted, words) == []
    assert len(set(words.words.values())) == len(words.words) == len(private_fields())


@pytest.mark.django_db
def test_a_private_field_without_a_plant_is_named(planted, words):
    del words.words["journal.Draft.about"]
    del planted["journal.Entry"]

    assert unplanted(planted, words) == [
        "journal.Draft.about",
        *(f"journal.Entry.{name}" for name in ("title", "body", "tags", "prompt", "about", "html")),
    ]


def test_only_what_is_shared_has_a_reader_beside_dev():
    """What a pair or a caucus writes is read in it, what is one's own by nobody else, what is chosen by those who were named."""
    audiences, together = {}, set()
    for model, name in class_s_fields():
        label = model._meta.label
        audiences.setdefault(label, set()).update(declared_fields(model)[name].audience)
        if model._meta.get_field(name).kind in TOGETHER:
            together.add(label)
    readers = {label: names for label, names in READERS.items() if names}

    assert set(readers) <= set(PLANTS)
    assert {label for label in readers if not audiences[model_of(label)] & SHARED} == set()
    assert {label for label in together if readers.get(label, set()) - {"elu"}} == set()
    assert set().union(*readers.values()) <= set(ASKED)


def test_what_all_of_a_caucus_may_read_is_read_by_who_is_in_it():
    """The tables of caucuses are swept like all others: what Elu finds beside Dev is looked for, and must be found."""
    everybodys = {
        model._meta.label
        for model, name in class_s_fields()
        if model._meta.get_field(name).kind == OwnerKind.CAUCUS
        and Audience.CAUCUS in declared_fields(model)[name].audience
    }

    assert everybodys != set()
    planted = everybodys & {model_of(label) for label in PLANTS}
    read = {model_of(label) for label, names in READERS.items() if "elu" in names}
    assert planted - read == set()


@pytest.mark.long  # on PostgreSQL the search on a running site does the same (scripts/canaries.py)
@pytest.mark.django_db
@pytest.mark.parametrize("person", ASKED)
def test_nobody_else_is_ever_answered_with_one(cast, planted, words, log, person):
    """A1, A2, A3, A5, A10, A11, C18: not at any address, not by GET and not by POST, and nothing keeps one afterwards.

    Whom a room lets read some words beside Dev (his partner, who a report goes to) finds each of those, in pages, and no
    other.
    """
    client, own = client_of(cast.get(person)), may_find(person, words)
    others, read = [member for name, member in cast.items() if name == person], set()

    seen = answers(client, addresses(person, cast, planted))

    assert found(words, noted(words, seen, read), but=own) == []
    assert read == own
    assert found(words, exports(others), but=own, body=False) == []
    assert found(words, everywhere([], log)) == []


@pytest.mark.once
@pytest.mark.django_db
def test_nor_is_who_found_devs_session_open(cast, planted, words, log):
    """His own browser, left alone: without a proof that it is he, the journal stays shut."""
    client = client_of(cast[AUTHOR])
    unlocked = {name for name in words.words if name.rsplit(".", 1)[0] not in LOCKED}

    assert found(words, answers(client, addresses(AUTHOR, cast, planted)), but=unlocked) == []


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_what_dev_reads_himself_is_kept_nowhere(cast, words, log):
    """C1, C18, A23: tables, files, free pages, caches, tasks, sessions, mails and the log, after he used it all."""
    planted, client = plant(cast[AUTHOR], words), Client()
    log_in(client, AUTHOR)

    for path in private_addresses(AUTHOR, cast, planted):
        response(client.get(path))
    refused = use(client, planted, words)

    assert refused == []
    assert found(words, everywhere([], log)) == []
    for name in OTHERS:
        own = may_find(name, words)
        assert found(words, exports([cast[name]]), but=own, body=False) == []
    assert found(words, database_files()) == []
    statements = [line for line in log.lines if 'INSERT INTO "journal_entry"' in line]
    assert statements != []  # the log did listen


@pytest.mark.django_db
def test_a_page_that_fails_keeps_nothing_of_what_was_sent(cast, planted, words, log, settings):
    """A22, A23: the page, the log and the mail to the operators."""
    settings.ROOT_URLCONF = "tests.core.urls_that_break"
    settings.ADMINS = [("Gus", "gus@riverton.example")]
    sent = dict.fromkeys(("text", "title", "body", "tags"), " ".join(words.words.values()))
    client = client_of(cast[AUTHOR])

    places = [(path, response(client.post(f"/breaks/{path}/", sent))) for path in ("fault", "database")]  # fmt: skip

    assert [place.split(b" ")[0] for _path, place in places] == [b"500", b"503"]
    assert (
        found(words, places[:1]) == []
    )  # that the database is away, Dev is told with what he typed
    assert found(words, [*tables(), log.place()]) == []
