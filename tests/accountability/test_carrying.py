"""Dev takes his journal along and brings it back: nothing is missing, nothing is changed, nobody else is in it."""

import json
import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accountability.journal.actions import delete_entry, id_for, keep_draft, save_entry
from accountability.journal.carrying.taking import taken_along
from accountability.journal.models import Draft, Entry
from accountability.journal.texts import About, Prompt, Text, text_of
from tests.accountability.luggage import (
    EXPORT,
    ID,
    IMPORT,
    bring,
    bytes_of,
    journal_json,
    said,
    taken,
    told,
    zipped,
)
from tests.accounts.hands import log_in

pytestmark = pytest.mark.django_db

WHEN = datetime(2024, 3, 14, 8, 15, 30, 123456, tzinfo=UTC)
TUESDAY = Text(
    title="That Tuesday: was it <me>?",
    body="I laughed when **she** was interrupted.\n\n---\n\n[Why](/learn/shared-language/)\n",
    tags=("meetings", "silence & co."),
    prompt=Prompt("When did you last stay silent?", "Shared language", "/learn/shared-language/"),
    about=About("lesson", "6b6f", "What we mean by racism", "/learn/shared-language/x/"),
)


def write(member, text, written=WHEN):
    return save_entry(
        by=member, entry_id=id_for(member, uuid4()), text=text, seen=0, written_at=written
    )


@pytest.fixture(autouse=True)
def dev_lives_by_utc(cast):
    cast["dev"].time_zone = "UTC"
    cast["dev"].save(update_fields=["time_zone"])


@pytest.fixture
def journal(cast):
    """Two entries, one deleted, the draft of one and of a new one."""
    member = cast["dev"]
    first = write(member, TUESDAY)
    write(member, Text(title="Überall Regen 雨", body="Nothing more."), WHEN - timedelta(days=400))
    delete_entry(by=member, entry=write(member, Text(body="Not this.")))
    keep_draft(by=member, entry_id=first.pk, text=Text(body="Or was it?"), seen=0, of_version=1)
    keep_draft(by=member, entry_id=uuid4(), text=Text(title="Begun"), seen=0, of_version=0)
    write(cast["ben"], Text(body="Ben wrote this."))
    return member


class TestTakingAlong:
    def test_the_file_holds_all_of_it_and_nothing_of_others(self, dev, journal):
        archive = taken(dev)

        today = timezone.localdate()
        names = sorted(archive.namelist())
        assert names == sorted(
            [
                "README.txt",
                "index.html",
                "journal.json",
                "entries/2024-03-14-that-tuesday-was-it-me.md",
                "entries/2023-02-08-uberall-regen.md",
                "deleted/2024-03-14.md",
                f"drafts/{today}-begun.md",
                f"drafts/{today}.md",
            ]
        )
        assert archive.testzip() is None
        everything = b" ".join(archive.read(name) for name in names)
        assert b"Ben wrote" not in everything
        assert b"Not this." in everything

    def test_its_name_and_headers_say_nothing(self, dev, journal):
        answer = dev.post(EXPORT)

        day = timezone.localdate().isoformat()
        assert answer["Content-Disposition"] == f'attachment; filename="export-{day}.zip"'
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Content-Type"] == "application/zip"

    def test_an_entry_as_markdown(self, dev, journal):
        text = taken(dev).read("entries/2024-03-14-that-tuesday-was-it-me.md").decode()

        entry = next(row for row in Entry.objects.of(journal) if text_of(row) == TUESDAY)
        assert text == (
            f"---\nid: {entry.pk}\n"
            'title: "That Tuesday: was it <me>?"\n'
            "written: 2024-03-14T08:15:30.123456+00:00\n"
            f"changed: {entry.changed_at.isoformat()}\n"
            'tags: ["meetings", "silence & co."]\n'
            'prompt: {"words": "When did you last stay silent?", "source": "Shared language", "url": "/learn/shared-language/"}\n'
            'about: {"kind": "lesson", "key": "6b6f", "words": "What we mean by racism", "url": "/learn/shared-language/x/"}\n'
            "---\n\n"
            "I laughed when **she** was interrupted.\n\n---\n\n[Why](/learn/shared-language/)\n\n"
        )

    def test_the_json_names_its_format_and_marks_drafts_and_deleted(self, dev, journal):
        whole = json.loads(taken(dev).read("journal.json"))

        assert (whole["format"], whole["version"], whole["not_opened"]) == (
            "lodestar-journal",
            1,
            [],
        )
        assert sorted((one["state"], one["draft_of"]) for one in whole["entries"] if one["draft_of"] is not None) == [("draft", 0), ("draft", 1)]  # fmt: skip
        assert sorted(one["state"] for one in whole["entries"]) == [
            "deleted",
            "draft",
            "draft",
            "kept",
            "kept",
        ]

    def test_the_page_asks_nobody_and_its_links_lead_to_the_site(self, dev, journal):
        page = taken(dev).read("index.html").decode()

        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
        assert policy == (
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
        )
        assert re.findall(r"<(?:link|img|iframe)\b|\bsrc=|@import|url\(", page) == []
        assert page.count('<article class="entry"') == 5
        assert "That Tuesday: was it &lt;me&gt;?" in page
        assert re.findall(r'href="(/[^"]*)"', page) == []
        assert page.count('href="http://localhost:8000/learn/shared-language/"') == 2

    def test_one_that_cannot_be_opened_is_named_and_the_rest_is_there(self, dev, journal):
        shut = next(row for row in Entry.objects.of(journal) if text_of(row) == TUESDAY)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE journal_entry SET tags = title WHERE id = %s", [_raw(shut.pk)])

        archive = taken(dev)

        whole = json.loads(archive.read("journal.json"))
        assert whole["not_opened"] == [{"id": str(shut.pk), "written": WHEN.isoformat()}]
        assert len(whole["entries"]) == 4
        assert archive.read("README.txt").decode().count(str(shut.pk)) == 1
        assert archive.read("index.html").decode().count(str(shut.pk)) == 1
        assert [name for name in archive.namelist() if "tuesday" in name] == []

    def test_a_line_that_breaks_leaves_nothing_behind(self, dev, journal, monkeypatch, tmp_path):
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
        pieces = taken_along(journal)

        next(pieces)
        pieces.close()

        assert [path.name for path in tmp_path.iterdir()] == []
        assert taken(dev).testzip() is None

    def test_an_empty_journal_is_an_empty_file(self, dev):
        archive = taken(dev)

        assert archive.namelist() == ["journal.json", "index.html", "README.txt"]
        assert json.loads(archive.read("journal.json"))["entries"] == []

    def test_words_about_it_are_in_the_language_of_the_member_and_times_in_their_zone(self, dev, journal):  # fmt: skip
        journal.time_zone = "America/New_York"
        journal.save()

        archive = taken(dev)

        markdown = archive.read("entries/2024-03-14-that-tuesday-was-it-me.md").decode()
        assert "written: 2024-03-14T04:15:30.123456-04:00\n" in markdown
        assert "YOUR JOURNAL" in archive.read("README.txt").decode()
        assert '<html lang="en" dir="ltr">' in archive.read("index.html").decode()

    def test_names_are_safe_short_and_each_its_own(self, cast, dev):
        for title in ("../../etc/passwd", "x" * 200, "Same", "same!", "", "雨"):
            write(cast["dev"], Text(title=title, body="Rain."))

        names = [name for name in taken(dev).namelist() if name.startswith("entries/")]

        plain = [name.removeprefix("entries/") for name in names]
        assert len(set(plain)) == 6
        assert [name for name in plain if not re.fullmatch(r"[a-z0-9-]{1,77}\.md", name)] == []
        assert "2024-03-14-etc-passwd.md" in plain

    @pytest.mark.parametrize("address", [EXPORT, IMPORT])
    def test_locked_it_is_neither_given_nor_taken(self, as_, journal, address):
        client = as_("dev")

        assert client.get(address).status_code == 302
        assert client.post(address).status_code == 403

    @pytest.mark.parametrize(("entries", "queries"), [(1, 11), (3, 11)])
    def test_it_is_read_in_large_pieces(
        self, cast, dev, entries, queries, django_assert_num_queries
    ):
        for _ in range(entries):
            write(cast["dev"], TUESDAY)

        with django_assert_num_queries(queries):
            taken(dev)


def _raw(pk):
    return pk.hex if connection.vendor == "sqlite" else str(pk)


class TestThereAndBack:
    def test_after_all_was_destroyed_it_says_the_same_again(self, dev, journal):
        before, archive = told(journal), bytes_of(taken(dev))
        Draft.objects.of(journal).delete()
        Entry.objects.of(journal).delete()

        answer = bring(dev, ("export.zip", archive))

        assert answer.status_code == 200
        assert told(journal) == before
        assert said(answer) == [
            "3 entries were brought in.",
            "One of them is among your deleted entries, as it was in the file.",
            "2 drafts were brought in.",
        ]

    def test_the_markdown_files_alone_bring_the_same_back(self, dev, journal):
        before, archive = told(journal), taken(dev)
        files = [(name, archive.read(name)) for name in archive.namelist() if name.endswith(".md")]
        Draft.objects.of(journal).delete()
        Entry.objects.of(journal).delete()

        bring(dev, *files)

        assert told(journal) == before

    def test_what_is_there_already_is_left_out(self, dev, journal):
        before, archive = told(journal), bytes_of(taken(dev))

        answer = bring(dev, ("export.zip", archive))

        assert told(journal) == before
        assert said(answer) == ["5 were here already, word for word, and were left out."]

    def test_the_same_form_sent_twice_brings_one_of_each(self, dev, journal):
        archive = bytes_of(taken(dev))
        Draft.objects.of(journal).delete()
        Entry.objects.of(journal).delete()
        bring(dev, ("export.zip", archive))
        before = told(journal)

        again = bring(dev, ("export.zip", archive))

        assert said(again) == ["5 were here already, word for word, and were left out."]
        assert told(journal) == before

    def test_what_was_deleted_since_is_taken_back(self, dev, journal):
        archive = bytes_of(taken(dev))
        for entry in Entry.objects.of(journal).kept():
            delete_entry(by=journal, entry=entry)

        answer = bring(dev, ("export.zip", archive))

        assert said(answer)[0] == "2 entries that you had deleted here were taken back."
        assert Entry.objects.of(journal).kept().count() == 2
        assert Entry.objects.of(journal).count() == 3

    def test_what_was_changed_since_stays_and_the_older_one_comes_beside_once(self, dev, cast):
        entry = write(cast["dev"], TUESDAY)
        archive = bytes_of(taken(dev))
        save_entry(by=cast["dev"], entry_id=entry.pk, text=Text(body="I know now."), seen=1)

        first = bring(dev, ("export.zip", archive))
        second = bring(dev, ("export.zip", archive))

        assert said(first) == [
            "One entry was brought in.",
            "One of them stands beside an entry of yours with other words. Both are there.",
        ]
        assert said(second) == ["One was here already, word for word, and was left out."]
        texts = [text_of(row) for row in Entry.objects.of(cast["dev"])]
        assert sorted(texts, key=repr) == sorted([TUESDAY, Text(body="I know now.")], key=repr)

    def test_an_id_in_a_file_never_names_a_row_of_somebody_else(self, dev, cast):
        of_ben = write(cast["ben"], Text(body="Ben wrote this."))
        ben_before = told(cast["ben"])

        bring(dev, ("journal.json", journal_json({"id": str(of_ben.pk), "body": "Dev was here."})))

        mine = Entry.objects.of(cast["dev"]).get()
        assert (mine.pk, str(mine.body)) == (id_for(cast["dev"], of_ben.pk), "Dev was here.")
        assert told(cast["ben"]) == ben_before

    def test_two_members_may_bring_the_same_file(self, dev, cast):
        other = Client()
        log_in(other, "ben")
        file = ("journal.json", journal_json({"id": str(ID)}))

        bring(dev, file)
        answer = bring(other, file)

        assert said(answer) == ["One entry was brought in."]
        assert {row.pk for row in Entry.objects.all()} == {
            id_for(cast["dev"], ID),
            id_for(cast["ben"], ID),
        }


class TestPlainMarkdown:
    def test_a_file_without_anything_gets_its_name_and_today(self, dev, cast):
        answer = bring(dev, ("On rain.md", "It rained.\n"))

        entry = Entry.objects.of(cast["dev"]).get()
        assert said(answer) == ["One entry was brought in."]
        assert text_of(entry) == Text(title="On rain", body="It rained.")
        assert entry.written_at.date() == timezone.now().date()
        assert entry.html_by == 0

    def test_the_same_file_again_is_left_out(self, dev, cast):
        bring(dev, ("On rain.md", "It rained.\n"))

        answer = bring(dev, ("On rain.md", "It rained.\n"))

        assert said(answer) == ["One was here already, word for word, and was left out."]

    @pytest.mark.parametrize(
        ("name", "source", "title", "body", "tags", "day"),
        [
            ("2020-05-01.md", "Rain.", "", "Rain.", (), "2020-05-01"),
            ("2020-05-01 On_rain.md", "Rain.", "On rain", "Rain.", (), "2020-05-01"),
            ("a.md", "---\ndate: 2019-02-28\ntags: [rain, 'Wet shoes']\n---\n\nRain.\n", "a", "Rain.", ("rain", "Wet shoes"), "2019-02-28"),
            ("a.md", "---\ntitle: 'It''s wet'\ntags:\n  - rain\n  - \"#wet\"\ndate: 2019-02-28\n---\nRain.", "It's wet", "Rain.", ("rain", "wet"), "2019-02-28"),
            ("a.md", "---\ndate: last summer\nmood: low\n  and lower\ntitle: T\n---\nRain.", "T", "---\ndate: last summer\nmood: low\n  and lower\n---\n\nRain.", (), ""),
            ("a.md", "---\nRain, and no second line.", "a", "---\nRain, and no second line.", (), ""),
            ("a.txt", "\ufeffRain.\r\nMore.\r\n", "a", "Rain.\nMore.", (), ""),
        ],
    )  # fmt: skip
    def test_what_others_write_at_the_top(self, dev, cast, name, source, title, body, tags, day):
        bring(dev, (name, source))

        entry = Entry.objects.of(cast["dev"]).get()
        assert text_of(entry) == Text(title=title, body=body, tags=tags)
        assert entry.written_at.date().isoformat() == (day or timezone.now().date().isoformat())

    def test_utf_16_with_its_mark_is_read(self, dev, cast):
        bring(dev, ("a.md", "Überall Regen 雨".encode("utf-16")))

        assert str(Entry.objects.of(cast["dev"]).get().body) == "Überall Regen 雨"

    def test_a_zip_file_of_markdown_files_without_what_systems_leave_in_it(self, dev, cast):
        files = {"notes/a.md": "Rain.", "notes/b.md": "Sun.", "__MACOSX/notes/._a.md": b"\0\1", "notes/.DS_Store": b"\0"}  # fmt: skip

        answer = bring(dev, ("notes.zip", zipped(files)))

        assert said(answer) == ["2 entries were brought in."]
