"""That Dev writes at all is nobody's business: for everybody else, and in every count, it is as if he never had."""

import re
from uuid import uuid4

import pytest
import time_machine
from django.db import connections
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accountability.journal.actions import delete_entry, id_for, keep_draft, save_entry
from accountability.journal.models import Entry
from accountability.journal.texts import Text
from core.models import AuditEvent
from core.register import holdings, visible_of
from tests.project.walk import client_of
from tests.sweep.places import ALIASES, response
from tests.sweep.walking import addresses

pytestmark = pytest.mark.django_db

#: What is made anew for each answer: its number, cookies, tokens, ids of blocks and paragraphs and of an editor's open page.
OF_THE_MOMENT = re.compile(
    rb"X-Request-ID: [^\n]+|Set-Cookie: [^\n]+|\b[A-Za-z0-9]{64}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
    rb"|editing-sessions/[\w/-]+|Content-Length: \d+|\bkey\W+(?:(?:amp|quot);\W*)*\w{1,5}\b",
    re.IGNORECASE,
)
UNSEEN = re.compile(r'<input type="hidden" name="(once|seen|draft_seen)" value="([^"]*)"')
#: Tables in which a row more tells nobody else anything: sealed or nameless, and of the member's own session.
MAY_GROW = {"journal_entry", "journal_draft", "django_session", "core_datakey", "core_keyowner"}  # fmt: skip


@pytest.fixture
def clock_stands_still(monkeypatch):
    """The clock stands still, so that no page differs by its time. No copies of template contexts: they take longest."""
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_, **__: None)
    with time_machine.travel(timezone.now(), tick=False):
        yield


def write(client, member, number):
    """One entry, by the page once there is one."""
    title, body = f"Day {number}", f"I said nothing, {number} times."
    try:
        path = reverse("journal:entry_write")
    except NoReverseMatch:
        text = Text(title=title, body=body)
        save_entry(by=member, entry_id=id_for(member, uuid4()), text=text, seen=0)
        return
    unseen = dict(UNSEEN.findall(client.get(path).text))
    answer = client.post(path, {**unseen, "title": title, "body": body, "tags": "quiet"})
    assert answer.status_code == 302, answer.text


def dev_writes(client, member):
    """Ten entries, of which he deletes one, and the draft of another."""
    for number in range(10):
        write(client, member, number)
    delete_entry(by=member, entry=Entry.objects.of(member).first())
    keep_draft(by=member, entry_id=id_for(member, uuid4()), text=Text(body="And"), seen=0, of_version=0)  # fmt: skip
    assert Entry.objects.of(member).count() == 10


def seen_by(client, paths):
    """What each page says, without what is made anew each time."""
    seen = {}
    for path in paths:
        seen[path] = OF_THE_MOMENT.sub(b"", response(client.get(path)))
    return seen


@pytest.mark.long
@pytest.mark.parametrize("person", ["nobody", "elu", "ana"])
def test_no_page_of_anybody_else_says_so(cast, dev, clock_stands_still, person):
    """A6, A8: Today, the cohort, who is visible, the admin's front page, reports and history, the health pages: all of it."""
    client, paths = client_of(cast.get(person)), addresses(person, cast, {})
    seen_by(client, paths)  # counts, kept fragments and one's own keys are made now
    before = seen_by(client, paths)

    dev_writes(dev, cast["dev"])

    after = seen_by(client, paths)
    assert [path for path in paths if after[path] != before[path]] == []
    assert len(paths) > 100


def test_an_entry_of_his_is_the_same_404_as_none(cast, dev, as_):
    """A2, A8."""
    write(dev, cast["dev"], 1)
    entry = Entry.objects.get()
    known, unknown = str(entry.pk), str(uuid4())

    for path in addresses("elu", cast, {"journal.Entry": entry}):
        if known in path:
            pair = [
                OF_THE_MOMENT.sub(b"", response(as_("elu").get(path.replace(known, one)))).replace(one.encode(), b"")
                for one in (known, unknown)
            ]  # fmt: skip
            assert pair[0] == pair[1], path


def counts():
    """How many rows each table of both databases has."""
    found = {}
    for alias in ALIASES:
        connection = connections[alias]
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
                found[table] = found.get(table, 0) + cursor.fetchone()[0]
    return found


def test_no_other_table_has_a_row_more(cast, dev):
    """No audit, no notice, no mail, no task, no index, no revision."""
    before, audit = counts(), list(AuditEvent.objects.order_by("pk").values())

    dev_writes(dev, cast["dev"])

    after = counts()
    assert {name for name in after if after[name] != before.get(name)} <= MAY_GROW
    assert list(AuditEvent.objects.order_by("pk").values()) == audit


def test_no_holding_tells_of_it(cast, dev):
    """Neither the export nor the list of what others see of Dev, nor of anybody, has a line more or a count."""
    members = [cast[name] for name in ("dev", "elu", "ana", "gus")]

    def told():
        with timezone.override(
            None
        ):  # days as they are before Dev's request brings his clock along
            return [
                (holding.name, holding.export(member), [str(line) for line in visible_of(member, holding)])
                for member in members
                for holding in holdings()
            ]  # fmt: skip

    before = told()
    dev_writes(dev, cast["dev"])

    assert told() == before
