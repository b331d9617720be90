"""Bringing a backup back: nothing of it goes on that is over, and what is refused has changed nothing (threats C8, H13, H14)."""

import json
import shutil
import threading
import uuid
from datetime import timedelta
from itertools import count

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accountability.journal.actions import save_entry
from accountability.journal.models import Entry
from accountability.journal.texts import Text
from accounts.actions import request_second_factor_reset
from accounts.erasing import erase_departed
from accounts.leaving import leave
from accounts.models import Departure, SecondFactorReset, User
from cohorts.actions import invite
from cohorts.actions.links import make_join_link
from cohorts.models import Cohort, Invitation, JoinLink
from config.settings.keyring import Keyring
from core import doors
from core.crypto import erasures, owners
from core.crypto.owners import KeyDestroyed, Owner
from core.models import DataKey, OwnerKind
from notices.actions import notify
from notices.models import Notice, OutboxMail
from notices.outbox import claim
from operations.backups import files, places, restoring
from operations.backups.engines import engine
from operations.backups.making import make
from operations.backups.refusing import Refused
from operations.backups.restoring import restore
from tests.cohorts.house import new_member

FIRST = "First a backup"
BOTH = pytest.mark.django_db(databases=["default", "keys"])
REAL = pytest.mark.django_db(databases=["default", "keys"], transaction=True)


def write(member, words):
    """A page of this member's journal."""
    return save_entry(by=member, entry_id=uuid.uuid4(), text=Text(title=words, body=words), seen=0)


def leave_for_good(member):
    """They left a week ago, and are erased."""
    departure = leave(by=User.objects.get(pk=member.pk), takes_along=False)
    Departure.objects.filter(pk=departure.pk).update(erase_after=departure.asked_at)
    erase_departed(now=timezone.now())
    assert not User.objects.filter(pk=member.pk).exists()


@REAL
def test_a_backup_beside_busy_writers_holds_all_that_was_acknowledged_before_and_opens(installation, cast):  # fmt: skip
    """H13: each writer is new, so that a key is made in one database a moment before a row in the other needs it."""
    stop, acknowledged, numbers = threading.Event(), [], count()

    def writer():
        while not stop.is_set():
            member = new_member(f"writer{next(numbers)}")
            acknowledged.append((write(member, "the plum tree").pk, member.pk))
        connections.close_all()

    writers = [threading.Thread(target=writer) for _ in range(3)]
    for one in writers:
        one.start()
    while len(acknowledged) < 6:
        stop.wait(0.01)
    before = list(acknowledged)
    made = make()
    stop.set()
    for one in writers:
        one.join()

    restore(made, replace=True)

    there = set(Entry.objects.filter(author__email__startswith="writer").values_list("pk", "author"))  # fmt: skip
    assert set(before) <= there <= set(acknowledged)
    assert {entry.body for entry in Entry.objects.filter(pk__in=[pk for pk, _who in there])} == {"the plum tree"}  # fmt: skip


@REAL
def test_an_older_backup_brings_nobody_back_and_nothing_that_is_over(installation, cast, as_):
    """C8, H14: what a week changed since."""
    hana, dev, ana = cast["hana"], cast["dev"], cast["ana"]
    hers, his = write(hana, "the plum tree"), write(dev, "the pear tree")
    before = Entry.objects.filter(author=hana).count()
    as_("ana").get("/today/")
    EmailMessage("Hello", "the apple tree", to=["dev@riverton.example"]).send()
    spring = Cohort.objects.get(slug="spring")
    notify(member=dev, kind="cohorts.added", payload={"cohort": spring.pk})
    request_second_factor_reset(by=dev)
    sent = invite(email="new@riverton.example", by=ana).invitation
    make_join_link(cohort=spring, days=3, most_uses=5, form=uuid.uuid4(), by=ana)
    User.objects.filter(pk=dev.pk).update(last_login=timezone.now())
    reset = default_token_generator.make_token(User.objects.get(pk=dev.pk))
    begun = DBTaskResult.objects.create(args_kwargs={"args": [], "kwargs": {}}, status="RUNNING", backend_name="worker", task_path="x.y", run_after=timezone.now())  # fmt: skip
    unread = Notice.objects.filter(member=dev, read_at=None).count()
    made = make()
    leave_for_good(hana)
    write(dev, "written since")
    (installation / "media" / "documents" / "plan.txt").unlink()

    done = restore(made, replace=True)

    assert (before, done.keys_destroyed, done.erased) == (1, 1, 1)
    assert not User.objects.filter(pk=hana.pk).exists()
    assert not Entry.objects.filter(pk=hers.pk).exists()
    with pytest.raises(KeyDestroyed):
        owners.current_key(Owner(OwnerKind.MEMBER, hana.pk))
    assert [entry.body for entry in Entry.objects.filter(author=dev, pk=his.pk)] == ["the pear tree"]  # fmt: skip
    assert not any(entry.body == "written since" for entry in Entry.objects.filter(author=dev))
    assert (installation / "media" / "documents" / "plan.txt").read_text() == "the plan of the spring"  # fmt: skip

    assert claim(timezone.now() + timedelta(days=30)) is None
    assert not OutboxMail.objects.exclude(text="", recipient="").exists()
    assert Notice.objects.filter(member=dev, read_at=None).count() == unread
    assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)
    assert not SecondFactorReset.objects.waiting().exists()
    assert default_token_generator.check_token(User.objects.get(pk=dev.pk), reset) is False
    again = Invitation.objects.open().get(pk=sent.pk)
    assert again.token_hash != sent.token_hash
    assert not JoinLink.objects.usable().exists()
    assert DBTaskResult.objects.get(pk=begun.pk).status == "READY"
    assert restoring.unfinished() is None
    assert json.loads((installation / "run" / "backups.json").read_text())["restored_at"]


@REAL
def test_a_newer_backup_beside_it_tells_whose_keys_were_destroyed_since(
    installation, cast, settings
):
    """C8: on a new machine, to which the list of erasures did not come along."""
    hana = cast["hana"]
    write(hana, "the plum tree")
    older = make()
    leave_for_good(hana)
    make()
    settings.ERASURES_FILE.unlink()

    restore(older, replace=True)

    assert not User.objects.filter(pk=hana.pk).exists()
    assert ("member", hana.pk) in set(erasures.noted())


@REAL
def test_what_stood_there_is_kept_and_an_interrupted_restore_is_finished_by_the_same_command(installation, cast):  # fmt: skip
    """H13: interrupted before each of its steps, one after the other; no start goes on with half of it."""

    class Killed(BaseException):
        """As if the process had ended: nothing of ours catches it."""

    made = make()
    write(cast["dev"], "written since")

    def stop_at(step):
        def say(words):
            # The backup that comes first on a server gathers uploads, too; then nothing is unfinished yet.
            if words.startswith(step) and (step == FIRST or restoring.unfinished()):
                raise Killed

        return say

    before = [FIRST] if connection.vendor == "postgresql" else []
    for step in (*before, "Uploads", "Databases", "Keys that were", "What was under way"):
        with pytest.raises(Killed):
            restore(made, replace=restoring.unfinished() is None, say=stop_at(step))
        assert restoring.unfinished() == (None if step == FIRST else str(made))
    with pytest.raises(CommandError) as refused:
        call_command("prepare")
    assert f"manage.py restore {made}" in str(refused.value)

    call_command("restore", str(made))

    assert restoring.unfinished() is None
    assert not any(entry.body == "written since" for entry in Entry.objects.filter(author=cast["dev"]))  # fmt: skip
    assert User.objects.filter(pk=cast["dev"].pk).exists()
    aside = [path for _at, path in places.everything(installation / "backups") if path != made]
    assert len(aside) >= 1
    assert any((path / "media").is_dir() for path in aside)


def refused(made, **given):
    """The sentence with which it is refused; nothing was changed."""
    before = User.objects.count(), DataKey.objects.count(), sorted(path.name for path in places.home().iterdir())  # fmt: skip
    with pytest.raises(Refused) as problem:
        restore(made, **given)
    assert (User.objects.count(), DataKey.objects.count(), sorted(path.name for path in places.home().iterdir())) == before  # fmt: skip
    assert restoring.unfinished() is None
    return str(problem.value)


@BOTH
def test_people_who_are_here_are_not_overwritten_unasked(installation):
    assert "holds people already" in refused(make())


@BOTH
def test_a_running_site_is_not_restored_under(installation):
    made = make()
    with restoring._site_is_down():
        assert "The site runs, or another restore is at work." in refused(made, replace=True)


@BOTH
def test_a_keyring_that_does_not_open_it_changes_nothing(installation, settings):
    """C6."""
    made = make()
    owners.forget()

    settings.FIELD_KEYS = Keyring("k1", {"k1": b"x" * 32})
    assert "another key named k1" in refused(made, replace=True)
    settings.FIELD_KEYS = Keyring("k2", {"k2": b"x" * 32})
    assert "does not hold the key k1" in refused(made, replace=True)


@BOTH
@pytest.mark.parametrize(
    "name", ["main", "keys", "media/documents/plan.txt", "media.jsonl", "erasures.jsonl", "samples.json"]
)  # fmt: skip
def test_a_backup_of_which_a_byte_was_changed_or_a_file_is_missing_is_refused(installation, name):
    made = make()
    path = next(one for one in made.rglob("*") if one.relative_to(made).as_posix().startswith(name))
    path.write_bytes(path.read_bytes()[:-1] + b"~")

    assert f"The file {path.relative_to(made).as_posix()} of this backup" in refused(made, replace=True)  # fmt: skip
    path.unlink()
    assert "is missing, damaged or not the one" in refused(made, replace=True)


@BOTH
def test_a_list_that_leads_out_of_the_backup_is_refused(installation, tmp_path):
    """G8."""
    made = make()
    manifest = json.loads((made / "manifest.json").read_text())
    for path in ("../../keys/field_keys.json", "/etc/passwd"):
        line = {"path": path, "bytes": 0, "mtime_ns": 0, "sha256": ""}
        (made / "media.jsonl").write_text(json.dumps(line) + "\n")
        manifest["files"]["media.jsonl"] = {"bytes": (made / "media.jsonl").stat().st_size, "sha256": files.digest(made / "media.jsonl")}  # fmt: skip
        (made / "manifest.json").write_text(json.dumps(manifest))

        assert "media.jsonl of this backup is missing, damaged" in refused(made, replace=True)


@BOTH
def test_half_a_backup_a_newer_one_and_one_of_another_database_are_refused(installation):
    made = make()
    manifest = json.loads((made / "manifest.json").read_text())

    def said(**changed):
        (made / "manifest.json").write_text(json.dumps({**manifest, **changed}))
        return refused(made, replace=True)

    newer = {**manifest["migrations"], "default": [*manifest["migrations"]["default"], "notices.9999_later"]}  # fmt: skip
    assert "newer version of Lodestar (0.1.0" in said(migrations=newer)
    assert "it knows notices.9999_later" in said(migrations=newer)
    assert "newer version of Lodestar, in a form" in said(format=2)
    assert "another kind of database" in said(engine="oracle")
    assert "cannot be read" in said(begun_at="yesterday")
    (made / "manifest.json").unlink()
    assert "is no whole backup" in refused(made, replace=True)
    shutil.rmtree(made)
    assert "is no whole backup" in refused(made, replace=True)


@pytest.mark.postgres
@REAL
def test_half_a_copy_leaves_the_database_as_it_was(installation, tmp_path):
    """H10: what `pg_restore` writes before it fails looks whole to who runs it."""
    whole = (make() / "main.dump").read_bytes()
    half = tmp_path / "main.dump"
    half.write_bytes(whole[: len(whole) // 2])
    before = User.objects.count()

    with pytest.raises(Refused) as problem:
        engine().put({"default": half})

    assert "That database is as it was." in str(problem.value)
    assert User.objects.count() == before


def test_lists_of_erasures_are_merged_and_none_grows_shorter(settings, tmp_path):
    """C8: also when a full disk cut the last line off."""
    settings.ERASURES_FILE = tmp_path / "keys" / "erasures.jsonl"
    one, two, three = (uuid.UUID(int=number) for number in (1, 2, 3))
    erasures.note("member", one)
    with settings.ERASURES_FILE.open("a") as file:
        file.write('{"kind": "mem')
    other = tmp_path / "other.jsonl"
    lines = [json.dumps({"kind": "member", "ref": str(ref), "at": "2026-01-01"}) for ref in (one, two)]  # fmt: skip
    other.write_text("\n".join(lines))

    assert (erasures.merge(other), erasures.merge(other), erasures.merge(tmp_path / "none")) == (1, 0, 0)  # fmt: skip
    erasures.note("pair", three)

    assert list(erasures.noted()) == [("member", one), ("member", two), ("pair", three)]


def test_every_app_that_sends_or_lets_in_says_what_must_not_go_on():
    names = {offer.__module__ for offer in doors.offers("restored")}

    assert names == {
        "accounts.restored", "caucuses.restored", "cohorts.restored", "curriculum.paper.restored", "notices.restored",
    }  # fmt: skip
