"""What the journal says of itself is what the code declares: each sentence has stories that hold it and numbers that follow."""

import ast
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils.html import escape

from accountability.journal import lock, querysets, statement
from accountability.journal.actions import id_for, keep_draft, save_entry
from accountability.journal.models import Draft, Entry
from accountability.journal.texts import Text
from accounts import actions, permissions
from core.crypto import envelope, erasures
from core.models import FormResult
from core.privacy import Audience, seen_by
from notices.models import Notice, OutboxMail

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]


def claims():
    return {claim.name: claim for claim in [*statement.short(), *statement.rest()]}


def stories_in(file):
    return {node.name for node in ast.walk(ast.parse((ROOT / file).read_text())) if isinstance(node, ast.FunctionDef)}  # fmt: skip


def test_every_claim_names_stories_that_exist():
    named = [held for claim in claims().values() for held in claim.held_by]
    missing = [held for held in named if held.partition("::")[2] not in stories_in(held.partition("::")[0])]  # fmt: skip

    assert missing == []
    assert {claim.name for claim in claims().values() if not claim.held_by} == set()


def test_what_it_says_now():
    said = {name: claim.words for name, claim in claims().items()}

    assert said == {
        "readers": "You alone.",
        "keeper": "Whoever runs the server and holds its keys. No role on this site opens a page of it.",
        "readable in short": "That you write, when, and about how much. Never what.",
        "shared": "An excerpt that you share is a copy that you cut out yourself. Your buddy reads it until the day you set or until you take it back, and nobody else does; it stands on a page of your pair, outside the lock of your journal. The database shows that you share, of which page and until when; the words are sealed under the key of your pair. What somebody has read or copied, no page can take back.",
        "court": "It can order whoever runs the server to hand over the server and its keys. With both, what you wrote can be read. When your account ends, your own key is destroyed, and within 7 days it is gone from every backup. After that nobody can read it.",
        "employer": "Nothing of your journal is ever mailed, not even that you write. They could set a new password through your mailbox. That ends all your log-ins, a mail says so, and the journal stays shut for 24 hours, unless a passkey or an authenticator app that you had before confirms. After that the new password opens it. Where you have a passkey or an authenticator app, they need that, too; to have it removed takes 72 hours, 3 mails to you, and the operator.",
        "beside you": "They see what you see. The journal locks after 15 minutes in which nothing happens; “Lock” and “Hide now” lock it at once. Your browser’s history lists the addresses that you opened, never your words. Whether a program on this computer watches the screen, we cannot know.",
        "readable": "Of each page: whose it is, when it was begun, when it was last changed, whether and when it was deleted, how often it was saved, when a draft was saved. Its sizes show in steps: 256, 1024, 4096, 16384 … bytes. Until your session ends: when the journal was opened, when it was last used, when it was locked. All else is sealed.",
        "deleted": "You can take it back for 30 days; then it is gone from the database. Deleting it for good does not wait. A backup from before may still hold it, sealed.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("where", "name", "value", "claim", "said"),
    [
        (lock, "IDLE", timedelta(minutes=40), "beside you", "locks after 40 minutes"),
        (permissions, "JOURNAL_SHUT_FOR", timedelta(hours=36), "employer", "stays shut for 36 hours"),
        (actions, "RESET_WAITS", timedelta(hours=96), "employer", "removed takes 96 hours, 3 mails"),
        (querysets, "UNDO_FOR", timedelta(days=9), "deleted", "take it back for 9 days"),
        (erasures, "BACKUPS_KEPT_FOR", timedelta(days=3), "court", "within 3 days it is gone"),
        (envelope, "SMALLEST", 512, "readable", "in steps: 512, 2048, 8192, 32768 … bytes"),
    ],
)  # fmt: skip
def test_a_number_follows_its_declaration(monkeypatch, where, name, value, claim, said):
    assert said not in claims()[claim].words

    monkeypatch.setattr(where, name, value)

    assert said in claims()[claim].words


@pytest.mark.parametrize("model", [Entry, Draft])
def test_who_reads_it_follows_the_declaration(monkeypatch, model):
    wider = seen_by(Audience.AUTHOR, Audience.BACKBONE, why="", class_s=True)
    monkeypatch.setitem(model.Privacy.fields, "tags", wider)

    assert claims()["readers"].words == "The backbone team, you alone."


def test_what_stands_readable_follows_the_declaration(monkeypatch):
    monkeypatch.setitem(Entry.Privacy.fields, "tags", seen_by(Audience.AUTHOR, why=""))

    assert "when a draft was saved, tags" in claims()["readable"].words


def test_the_session_holds_the_moments_that_are_named_and_no_form_leaves_a_mark(dev):
    dev.get("/journal/")
    dev.post("/journal/choices/", {"once": str(uuid4())})
    opened = set(dev.session[lock.KEY])
    dev.post("/journal/lock/")

    assert opened | set(dev.session[lock.KEY]) == set(lock.State.__annotations__)
    assert set(statement.MOMENTS) == set(lock.State.__annotations__)
    assert FormResult.objects.count() == 0


def test_writing_sends_no_mail_and_no_notice(cast):
    entry_id = id_for(cast["dev"], Entry._meta.pk.default())
    text = Text(body="I laughed when she was interrupted.")

    keep_draft(by=cast["dev"], entry_id=entry_id, text=text, seen=0, of_version=0)
    save_entry(by=cast["dev"], entry_id=entry_id, text=text, seen=0)

    assert (Notice.objects.count(), OutboxMail.objects.count()) == (0, 0)


def test_privacy_says_every_sentence_of_it_to_everybody(nobody):
    page = nobody.get("/privacy/").text

    assert [escape(claim.words) in page for claim in claims().values()] == [True] * 9
    assert "comes later" not in page


def test_it_stands_where_the_journal_is_opened(dev):
    dev.post("/journal/lock/")

    page = dev.get("/journal/open/").text

    assert "You alone." in page
    assert page.count('href="/privacy/" target="_blank"') == 1
