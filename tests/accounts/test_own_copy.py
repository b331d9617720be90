"""My data: the press, who may press it, and the worker that makes the copy."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.erasing import erase_departed
from accounts.leaving import leave
from accounts.models import Departure, OwnCopy, User
from accounts.owncopy import building
from accounts.owncopy.actions import ask_for_copy, forget_copies_of
from accounts.permissions import can_see_own_copy, own_copies_visible_to
from core.crypto import owners
from core.crypto.owners import Owner
from core.models import AuditEvent, OwnerKind
from tests.accounts.copies import (
    FILE,
    PAGE,
    SECRET,
    content_of,
    entry_of,
    later,
    made,
    unpacked,
    without_keys,
    worker,
)
from tests.accounts.hands import log_in
from tests.core.tasks.hands import five_workers_die, leases_run_out, until_given_up

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def copies(settings, tmp_path):
    """A folder for this story alone."""
    settings.COPIES = tmp_path / "copies"
    settings.ERASURES_FILE = tmp_path / "erasures" / "erasures.jsonl"
    return settings.COPIES


@pytest.fixture
def dev(cast):
    """Dev, who has just signed in with the password."""
    client = Client()
    log_in(client, "dev")
    return client


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

    def test_an_account_that_is_closed_gets_a_sentence(self, dev, cast):
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

        at_once = worker()
        leases_run_out()
        later_on = worker()

        assert (at_once, later_on) == (0, 1)
        assert [file.suffix for file in copies.iterdir()] == [".sealed"]

    def test_one_whose_task_is_lost_is_asked_for_again(self, dev, copies):
        """As after a restore."""
        dev.post(PAGE)
        DBTaskResult.objects.all().delete()
        assert worker() == 0

        assert (building.ask_again(), building.ask_again()) == (1, 0)

        assert worker() == 1

    def test_after_five_workers_it_is_given_up(self, dev, copies):
        """H8."""
        dev.post(PAGE)
        five_workers_die()

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
            leases_run_out()
            assert worker() == 1

        monkeypatch.setattr(building, "_write", overtaken)
        assert worker() == 1  # the other one's

        copy = OwnCopy.objects.get()
        assert copy.state == "ready"
        assert list(copies.iterdir()) == [copy.file]
        assert unpacked(content_of(dev.post(FILE))).testzip() is None

    def test_whose_account_is_closed_meanwhile_has_no_copy(self, dev, cast, copies, monkeypatch):
        dev.post(PAGE)
        write = building._write

        def closed(copy):
            write(copy)
            cast["dev"].is_active = False
            cast["dev"].save(update_fields=["is_active"])

        monkeypatch.setattr(building, "_write", closed)

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

    def test_who_left_and_is_erased_while_it_waits_has_no_copy(self, dev, cast, copies):
        """Whichever comes first, the worker that writes or the one that erases: a page to sign in, no file and no row."""
        dev.post(PAGE)
        departure = leave(by=User.objects.get(pk=cast["dev"].pk), takes_along=False)
        Departure.objects.filter(pk=departure.pk).update(erase_after=departure.asked_at)

        assert worker() == 0
        assert not copies.exists()
        assert erase_departed(now=timezone.now()) == 1
        assert worker() == 0

        assert not OwnCopy.objects.exists()
        assert not copies.exists()
        assert dev.get(PAGE)["Location"].startswith("/account/login/")

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
        until_given_up()

        assert "builtins.ValueError" in caplog.text
        assert SECRET not in caplog.text
        assert "Your copy could not be made. Your data is as it was" in dev.get(PAGE).text
