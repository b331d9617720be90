"""My data: the press, who may press it, the worker that makes the copy, and the one download."""

import io
import secrets
import zipfile
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accountability.journal.actions import id_for, save_entry
from accountability.journal.texts import Text
from accounts.holdings import _erase
from accounts.models import OwnCopy
from accounts.owncopy import building
from accounts.owncopy.actions import ask_for_copy, forget_copies_of, prune_copies
from accounts.permissions import can_see_own_copy, own_copies_visible_to
from core.crypto import owners
from core.crypto.owners import Owner
from core.models import AuditEvent, OwnerKind
from tests.accounts.hands import log_in

pytestmark = pytest.mark.django_db

PAGE, FILE, DISCARD = "/account/export/", "/account/export/file/", "/account/export/discard/"
SECRET = "I laughed when she was interrupted."


@pytest.fixture(autouse=True)
def copies(settings, tmp_path):
    """A folder for this story alone."""
    settings.COPIES = tmp_path / "copies"
    return settings.COPIES


@pytest.fixture
def dev(cast):
    """Dev, who has just signed in with the password."""
    client = Client()
    log_in(client, "dev")
    return client


def later(**how_much):
    return time_machine.travel(timezone.now() + timedelta(**how_much), tick=True)


def worker(**how_much):
    """One round, now or later."""
    return building.make_waiting(now=timezone.now() + timedelta(**how_much))


def made(client):
    """A copy that waits to be downloaded."""
    client.post(PAGE)
    assert worker() == 1
    return OwnCopy.objects.get()


def entry_of(member, *, title="", body):
    """A page of the member’s journal."""
    text = Text(title=title, body=body)
    return save_entry(by=member, entry_id=id_for(member, uuid4()), text=text, seen=0)


def content_of(answer):
    return b"".join(answer.streaming_content)


def unpacked(content):
    return zipfile.ZipFile(io.BytesIO(content))


class TestThePress:
    """Asking for a copy."""

    def test_one_press_and_no_approval(self, dev, cast):
        asked = dev.post(PAGE)

        assert asked.headers["Location"] == PAGE
        assert OwnCopy.objects.get().state == "waiting"
        assert OwnCopy.objects.get().member == cast["dev"]
        assert "Your copy waits for its turn." in dev.get(PAGE).text

    def test_there_is_one_at_a_time(self, dev):
        dev.post(PAGE)
        first = OwnCopy.objects.get()
        dev.post(PAGE)
        worker()
        dev.post(PAGE)

        assert OwnCopy.objects.get().pk == first.pk
        assert AuditEvent.objects.filter(verb="own_copy.asked").count() == 1

    def test_the_page_says_what_is_in_it_and_what_is_not(self, dev):
        page = dev.get(PAGE)

        assert "What is not in it" in page.text
        assert "What others wrote, unless they wrote it to you." in page.text
        assert page.headers["Cache-Control"] == "private, no-store"

    def test_it_needs_a_proof_of_the_last_minutes(self, dev):
        """F3."""
        with later(hours=1):
            page = dev.get(PAGE)
            dev.post(PAGE)

        assert "Make my copy" not in page.text
        assert "/account/reauthenticate/?next=/account/export/" in page.text.replace("%2F", "/")
        assert not OwnCopy.objects.exists()

    def test_who_has_locked_the_journal_must_show_again_that_it_is_they(self, dev):
        """It is in the copy: leaving the desk after “Hide now” leaves it shut here too."""
        dev.get("/journal/")
        assert dev.post("/journal/lock/").status_code == 303

        dev.post(PAGE)

        assert not OwnCopy.objects.exists()
        assert "Make my copy" not in dev.get(PAGE).text

    def test_within_a_day_of_a_password_reset_there_is_none(self, dev, cast):
        """The journal’s bar: whoever has the mailbox has the new password, too."""
        cast["dev"].password_reset_at = timezone.now()
        cast["dev"].save(update_fields=["password_reset_at"])

        dev.post(PAGE)

        assert not OwnCopy.objects.exists()
        assert "none is made or given out" in dev.get(PAGE).text

    def test_a_suspended_account_gets_a_sentence(self, dev, cast):
        cast["dev"].is_active = False
        cast["dev"].save(update_fields=["is_active"])

        with pytest.raises(PermissionDenied):
            ask_for_copy(by=cast["dev"])

    def test_an_account_whose_keys_are_destroyed_gets_none(self, dev, cast):
        owners.destroy(Owner(OwnerKind.MEMBER, cast["dev"].pk))

        page = dev.get(PAGE)
        dev.post(PAGE)

        assert "is being erased, so no copy is made of it" in page.text
        assert not OwnCopy.objects.exists()

    def test_the_page_asks_the_same_questions_with_and_without_a_copy(
        self, dev, django_assert_num_queries
    ):
        dev.get(PAGE)
        with django_assert_num_queries(6):
            dev.get(PAGE)
        made(dev)
        with django_assert_num_queries(6):
            dev.get(PAGE)

    def test_both_forms_of_the_rule_agree(self, dev, cast):
        copy = made(dev)

        allowed = {name for name, member in cast.items() if can_see_own_copy(member, copy)}

        assert allowed == {"dev"}
        assert {name for name, member in cast.items() if copy in own_copies_visible_to(member)} == {
            "dev"
        }


class TestTheWorker:
    """Making it."""

    def test_the_file_is_sealed_and_readable_by_the_sites_account_alone(self, dev, cast, copies):
        entry_of(cast["dev"], body=SECRET)
        copy = made(dev)

        (file,) = copies.iterdir()

        assert file == copy.file
        assert copy.state == "ready"
        assert file.stat().st_mode & 0o777 == 0o600
        assert copies.stat().st_mode & 0o777 == 0o700
        assert copy.size == file.stat().st_size
        assert b"interrupted" not in file.read_bytes()
        assert file.read_bytes()[:2] != b"PK"

    def test_a_notice_says_that_it_is_ready_and_nothing_else(
        self, dev, cast, django_capture_on_commit_callbacks
    ):
        dev.post(PAGE)
        with django_capture_on_commit_callbacks(execute=True):
            worker()

        assert "Your copy is ready" in dev.get("/account/notices/").text
        content_of(dev.post(FILE))
        assert "Your copy is ready" not in dev.get("/account/notices/").text

    def test_a_worker_that_died_is_followed_by_another_and_there_is_one_file(
        self, dev, cast, copies, monkeypatch
    ):
        dev.post(PAGE)
        monkeypatch.setattr(building, "_finish", lambda _copy: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            worker()
        monkeypatch.undo()
        assert [file.suffix for file in copies.iterdir()] == [".part"]
        assert dev.post(FILE).headers["Location"] == PAGE

        at_once, later_on = worker(minutes=1), worker(minutes=11)

        assert (at_once, later_on) == (0, 1)
        assert [file.suffix for file in copies.iterdir()] == [".sealed"]
        assert OwnCopy.objects.get().attempts == 2

    def test_after_three_workers_it_is_given_up(self, dev, copies):
        dev.post(PAGE)
        OwnCopy.objects.update(attempts=3, state="making", taken_at=timezone.now())

        assert worker(minutes=11) == 0
        assert OwnCopy.objects.get().state == "failed"
        assert "Your copy could not be made. Your data is as it was" in dev.get(PAGE).text

        dev.post(PAGE)
        assert worker() == 1

    def test_a_worker_that_comes_back_late_changes_nothing(self, dev, copies, monkeypatch):
        dev.post(PAGE)
        write = building._write

        def overtaken(copy):
            monkeypatch.setattr(building, "_write", write)
            write(copy)
            assert worker(minutes=11) == 1

        monkeypatch.setattr(building, "_write", overtaken)
        assert worker() == 0

        copy = OwnCopy.objects.get()
        assert (copy.state, copy.attempts) == ("ready", 2)
        assert list(copies.iterdir()) == [copy.file]
        assert unpacked(content_of(dev.post(FILE))).testzip() is None

    def test_who_is_suspended_meanwhile_has_no_copy(self, dev, cast, copies, monkeypatch):
        dev.post(PAGE)
        write = building._write

        def suspended(copy):
            write(copy)
            cast["dev"].is_active = False
            cast["dev"].save(update_fields=["is_active"])

        monkeypatch.setattr(building, "_write", suspended)

        assert worker() == 0
        assert not OwnCopy.objects.exists()
        assert list(copies.iterdir()) == []

    def test_who_is_erased_meanwhile_has_no_copy(self, dev, cast, copies, monkeypatch):
        dev.post(PAGE)
        write = building._write

        def erased(copy):
            write(copy)
            forget_copies_of(copy.member_id)

        monkeypatch.setattr(building, "_write", erased)

        assert worker() == 0
        assert list(copies.iterdir()) == []

    def test_without_the_keys_there_is_a_sentence_and_nothing_half(self, dev, copies, settings):
        dev.post(PAGE)
        with without_keys(settings):
            assert worker() == 0

        assert list(copies.iterdir()) == []
        assert "the keys that open private text are not there" in dev.get(PAGE).text

    def test_a_full_disk_is_said(self, dev, copies, monkeypatch):
        def full(_copy):
            raise OSError(28, "No space left on device")

        dev.post(PAGE)
        monkeypatch.setattr(building, "_write", full)
        worker()

        assert "there is no room on the disk" in dev.get(PAGE).text

    def test_the_log_names_the_kind_of_a_fault_and_no_word(self, dev, monkeypatch, caplog):
        def fails(_copy):
            raise ValueError(SECRET)

        dev.post(PAGE)
        monkeypatch.setattr(building, "_write", fails)
        worker()

        assert "could not be made: ValueError." in caplog.text
        assert SECRET not in caplog.text


@contextmanager
def without_keys(settings):
    """The keyring is away, and nothing of it is remembered."""
    kept, settings.FIELD_KEYS = settings.FIELD_KEYS, None
    owners.forget()
    yield
    settings.FIELD_KEYS = kept
    owners.forget()


class TestTheDownload:
    """Once, by its owner, opened while it goes out."""

    def test_it_is_a_whole_zip_with_every_form(self, dev, cast):
        entry_of(cast["dev"], title="Tuesday", body=SECRET)
        made(dev)

        answer = dev.post(FILE)
        archive = unpacked(content_of(answer))

        names = archive.namelist()
        assert {"README.txt", "index.html", "style.css", "data.json", "pages/journal.html", "journal/journal.json", "tables/curriculum.csv"} <= set(names)  # fmt: skip
        assert SECRET in archive.read("pages/journal.html").decode()
        assert SECRET in archive.read("data.json").decode()
        (entry,) = (name for name in names if name.endswith(".md") and "tuesday" in name)
        assert entry.startswith("journal/entries/")
        assert SECRET in archive.read(entry).decode()
        assert not any(b"<script" in archive.read(name) for name in names if name.endswith("html"))

    def test_the_answer_is_stored_nowhere_and_its_name_says_nothing(self, dev):
        made(dev)

        answer = dev.post(FILE)
        content = content_of(answer)

        assert answer.headers["Content-Type"] == "application/zip"
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="export-20')
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert int(answer.headers["Content-Length"]) == len(content)

    def test_it_is_gone_after_one_download(self, dev, copies):
        """F3."""
        made(dev)
        content_of(dev.post(FILE))

        again = dev.post(FILE)

        assert again.headers["Location"] == PAGE
        assert list(copies.iterdir()) == []
        assert not OwnCopy.objects.exists()
        assert "Ask for a new one" in dev.get(PAGE).text

    def test_a_download_that_breaks_off_costs_nothing(self, dev, cast, copies):
        _large(cast["dev"])
        made(dev)
        answer = dev.post(FILE)
        next(answer.streaming_content)
        answer._iterator.close()  # as a server does when nobody takes more

        assert OwnCopy.objects.get().state == "ready"
        assert unpacked(content_of(dev.post(FILE))).testzip() is None
        assert not OwnCopy.objects.exists()

    def test_the_last_byte_must_have_been_taken(self, dev, cast):
        _large(cast["dev"])
        made(dev)
        answer = dev.post(FILE)
        size, taken = int(answer.headers["Content-Length"]), 0
        pieces = iter(answer.streaming_content)
        while taken < size:
            taken += len(next(pieces))

        assert OwnCopy.objects.exists()
        assert next(pieces, None) is None
        assert not OwnCopy.objects.exists()

    def test_of_two_downloads_at_once_the_later_one_ends(self, dev, cast):
        _large(cast["dev"])
        made(dev)
        first = dev.post(FILE)
        begun = next(first.streaming_content)
        second = content_of(dev.post(FILE))

        rest = content_of(first)

        assert unpacked(second).testzip() is None
        with pytest.raises(zipfile.BadZipFile):
            unpacked(begun + rest)

    def test_others_find_their_own_page_and_nothing_of_it(self, dev, as_):
        """F3: no address names a copy, so there is nothing to try."""
        made(dev)
        ben = Client()
        log_in(ben, "ben")

        assert ben.post(FILE).headers["Location"] == PAGE
        assert "Your copy is ready" not in ben.get(PAGE).text
        assert OwnCopy.objects.get().state == "ready"

    def test_it_needs_the_proof_again(self, dev):
        made(dev)
        with later(hours=1):
            refused = dev.post(FILE)

        assert refused.headers["Location"] == PAGE
        assert OwnCopy.objects.get().handing is None

    def test_after_a_day_it_is_not_given_out_even_if_nothing_took_it_away(self, dev):
        made(dev)
        with later(hours=24, minutes=1):
            fresh = Client()
            log_in(fresh, "dev")
            page, refused = fresh.get(PAGE), fresh.post(FILE)

        assert "Make my copy" in page.text
        assert refused.headers["Location"] == PAGE

    def test_a_get_takes_nothing(self, dev):
        made(dev)

        assert dev.get(FILE).status_code == 405
        assert OwnCopy.objects.get().state == "ready"

    @pytest.mark.parametrize("damage", ["cut off", "flipped", "gone", "another's"])
    def test_a_damaged_file_is_refused_before_its_first_byte(self, dev, cast, damage):
        copy = made(dev)
        value = copy.file.read_bytes()
        if damage == "cut off":
            copy.file.write_bytes(value[: -(16 * 1024 + 28)])
        elif damage == "flipped":
            copy.file.write_bytes(value[:-1] + bytes([value[-1] ^ 1]))
        elif damage == "gone":
            copy.file.unlink()
        else:
            ben = Owner(OwnerKind.MEMBER, cast["ben"].pk)
            pieces = building.files.sealed([b"PK"], label=building.LABEL, row=copy.pk, owner=ben)
            copy.file.write_bytes(b"".join(pieces))

        refused = dev.post(FILE)

        assert refused.headers["Location"] == PAGE
        assert "The file was damaged" in dev.get(PAGE).text
        assert not OwnCopy.objects.exists()

    def test_without_the_keys_it_waits_for_them(self, dev, settings):
        made(dev)
        with without_keys(settings):
            dev.post(FILE)

        assert "Nothing is lost. Try again later" in dev.get(PAGE).text
        assert unpacked(content_of(dev.post(FILE))).testzip() is None

    def test_one_can_throw_it_away(self, dev, copies):
        made(dev)

        dev.post(DISCARD)

        assert "The copy is deleted" in dev.get(PAGE).text
        assert list(copies.iterdir()) == []


class TestGoingByItself:
    """F12."""

    def test_no_file_is_a_day_old(self, dev, copies):
        made(dev)

        assert prune_copies(timezone.now() + timedelta(hours=21)) == 0
        assert prune_copies(timezone.now() + timedelta(hours=23)) == 1
        assert list(copies.iterdir()) == []

    def test_files_that_no_row_names_go(self, dev, copies):
        made(dev)
        (copies / "00000000-0000-0000-0000-000000000001.sealed").write_bytes(b"x")
        (copies / "x.part").write_bytes(b"x")

        assert prune_copies() == 0
        assert list(copies.iterdir()) == [OwnCopy.objects.get().file]

    def test_what_a_worker_writes_now_stays(self, dev, copies):
        dev.post(PAGE)
        copy = building._claimed(timezone.now())
        building._write(copy)
        prune_copies()

        assert list(copies.iterdir()) == [copy.draft]

    def test_it_goes_with_the_member(self, dev, cast, copies):
        made(dev)
        for step in _erase(cast["dev"]):
            step()
            step()

        assert list(copies.iterdir()) == []
        assert not OwnCopy.objects.exists()

    def test_a_session_alone_is_left_of_a_download(self, dev):
        """Nothing of the copy is in the session."""
        made(dev)
        content_of(dev.post(FILE))

        session = SessionStore(session_key=dev.session.session_key)
        assert not any("copy" in key for key in session.load())


def _large(member):
    """A journal that does not fit into one piece, and does not pack well."""
    for _number in range(6):
        entry_of(member, body=secrets.token_hex(10_000))
