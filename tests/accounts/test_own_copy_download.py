"""My data: the one download, opened while it goes out, and what goes by itself."""

import zipfile
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from accounts.holdings import _erase
from accounts.models import OwnCopy
from accounts.owncopy import building
from accounts.owncopy.actions import prune_copies
from core.clock import zone_named
from core.crypto.owners import Owner
from core.models import OwnerKind
from tests.accounts.copies import (
    DISCARD,
    FILE,
    PAGE,
    SECRET,
    content_of,
    entry_of,
    large_journal,
    later,
    made,
    unpacked,
    without_keys,
)
from tests.accounts.hands import log_in

pytestmark = pytest.mark.django_db


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
        large_journal(cast["dev"])
        made(dev)
        answer = dev.post(FILE)
        next(answer.streaming_content)
        answer._iterator.close()  # as a server does when nobody takes more

        assert OwnCopy.objects.get().state == "ready"
        assert unpacked(content_of(dev.post(FILE))).testzip() is None
        assert not OwnCopy.objects.exists()

    def test_the_last_byte_must_have_been_taken(self, dev, cast):
        large_journal(cast["dev"])
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
        large_journal(cast["dev"])
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

    def test_the_page_promises_no_hour_in_which_it_may_be_gone(self, dev):
        copy = made(dev)
        until = timezone.localtime(
            copy.ready_at + timedelta(hours=22), zone_named(copy.member.time_zone)
        )

        page = dev.get(PAGE)

        assert f"It is there until {date_format(until, 'DATETIME_FORMAT')}" in " ".join(
            page.text.split()
        )

    def test_files_that_no_row_names_go(self, dev, copies):
        made(dev)
        (copies / "00000000-0000-0000-0000-000000000001.sealed").write_bytes(b"x")
        (copies / "x.part").write_bytes(b"x")

        assert prune_copies() == 0
        assert list(copies.iterdir()) == [OwnCopy.objects.get().file]

    def test_what_a_worker_writes_now_stays(self, dev, copies):
        dev.post(PAGE)
        copy = building._begun(OwnCopy.objects.get().pk)
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
