"""Dev sends what is no journal: a plain sentence for each, nothing comes in, nothing is written to the disk."""

import io
import struct
import tempfile
import zipfile

import pytest
from django.core.files import uploadhandler
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accountability.journal.models import Draft, Entry
from tests.accountability.luggage import ID, IMPORT, bring, journal_json, said, zipped
from tests.accounts.hands import log_in

pytestmark = pytest.mark.django_db

MEGABYTE = 1024 * 1024
GOOD = ("good.md", "This one would be fine.")


def nothing_came():
    return (Entry.objects.count(), Draft.objects.count()) == (0, 0)


def flagged(data, place, flag):
    """The zip file with a bit set in the flags of its only file, where the file begins and where it is listed."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + offset
        changed[at : at + 2] = struct.pack("<H", flag)
    return bytes(changed)


def with_link():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        info = zipfile.ZipInfo("a.md")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return made.getvalue()


def with_flipped_byte():
    data = bytearray(zipped({"a.md": "Rain. " * 50}))
    data[data.index(b"a.md") + 12] ^= 0xFF
    return bytes(data)


def lying():
    """A zip file that says its file has ten bytes, and unpacks to many more."""
    data = bytearray(zipped({"a.md": "Rain. " * 10_000}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 10)
    return bytes(data)


def with_name(name):
    data = zipped({"a" * len(name): "Rain."})
    return data.replace(b"a" * len(name), name.encode())


OTHER_PLACE = "Its name leads to another place. The zip file is not as it should be."
AS_EXPORTS = "Its entry number 1 is not as our exports write it."
BAD = [
    ("empty.md", b"", "It is empty."),
    ("blank.md", b" \n\n", "It is empty."),
    ("empty.zip", b"", "It is empty."),
    ("picture.png", b"\x89PNG", "It is no Markdown file; their names end with .md or .txt."),
    ("letter.md", zipped({"word/document.xml": "<w/>"}), "It is a Word file or another packed one, whatever its name says. Save it as plain text."),
    ("page.md", b"<!DOCTYPE html><p>Rain", "It is a web page. Save its text as a Markdown or text file."),
    ("latin.md", "Überall".encode("latin-1"), "It is no text in UTF-8. Save it again with that encoding."),
    ("half.md", b"\xff\xfeR\x00a", "It is no text in UTF-8. Save it again with that encoding."),
    ("nul.md", b"Rain\x00", "It is no text file."),
    ("long.md", b"x" * 100_001, "The text has 100,001 letters; an entry holds at most 100,000."),
    ("longer.md", b"x" * (2 * MEGABYTE), "It is far longer than an entry can be."),
    ("tags.md", b"---\ntags: " + b",".join(b"t%d" % n for n in range(200)) + b"\n---\nRain.", "It has 200 tags; an entry holds at most 20."),
    ("tag.md", b"---\ntags: " + b"t" * 41 + b"\n---\nRain.", "A tag is longer than 40 letters."),
    ("title.md", b"---\ntitle: " + b"t" * 201 + b"\n---\nRain.", "The title is longer than 200 letters."),
    ("no.zip", b"Rain.", "It is no zip file."),
    ("half.zip", zipped({"a.md": "Rain."})[:60], "This zip file is damaged or not complete."),
    ("flipped.zip", with_flipped_byte(), "It is damaged."),
    ("lying.zip", lying(), "It is damaged."),
    ("locked.zip", flagged(zipped({"a.md": "Rain."}), 0, 0x1), "It is locked with a password. Unpack it first, and send what is inside."),
    ("link.zip", with_link(), "It is no file but a link to one."),
    ("nested.zip", zipped({"more.zip": zipped({"a.md": "Rain."})}), "It is a zip file inside a zip file. Unpack it first."),
    ("bomb.zip", zipped({"a.md": b"\0" * (50 * MEGABYTE)}), "It would unpack to far more than it is. This is no journal."),
    ("up.zip", with_name("../../etc/passwd.md"), OTHER_PLACE),
    ("root.zip", with_name("/etc/passwd.md"), OTHER_PLACE),
    ("back.zip", with_name("..\\..\\passwd.md"), OTHER_PLACE),
    ("drive.zip", with_name("C:passwd.md"), OTHER_PLACE),
    ("nulname.zip", with_name("a.md\0.png"), OTHER_PLACE),
    ("many.zip", zipped({f"{n}.md": "Rain." for n in range(10_000)}), "It holds more than 5,000 files. Bring them in in several parts."),
    ("broken.json", '{"format": "lodestar-journal", "entries": [', "It is damaged: its JSON cannot be read."),
    ("deep.json", "[" * 100_000 + "]" * 100_000, "It is damaged: its JSON cannot be read."),
    ("digits.json", "9" * 100_000, "It is damaged: its JSON cannot be read."),
    ("wide.json", "[" + "[]," * 3_000_000 + "[]]", "It holds far more than 5,000 entries."),
    ("words.json", "[" + '"",' * 3_000_000 + '""]', "It holds far more than 5,000 entries."),
    ("list.json", "[1e999, NaN]", "This is no export of a journal."),
    ("other.json", '{"format": "another", "entries": []}', "This is no export of a journal."),
    ("newer.json", journal_json(version=2), "This export was made by a newer version of this software than ours."),
    ("none.json", '{"format": "lodestar-journal", "version": 1, "entries": {"a": 1}}', "It holds no list of entries, as an export does."),
    ("ten.json", journal_json(*[{}] * 10_000), "It holds 10,000 entries; at most 5,000 can be brought in at once."),
    *(("shape.json", journal_json(wrong), AS_EXPORTS) for wrong in (
        {"body": 5}, {"title": None}, {"tags": "rain"}, {"tags": [1]}, {"id": "mine"}, {"id": 7}, {"written": "0001-01-01T00:00:00+00:00"},
        {"written": 9**99}, {"written": "9999-12-31T23:59:59-12:00"}, {"changed": "then"}, {"version": 10**40}, {"draft_of": True},
        {"prompt": {"words": "x", "url": "javascript:alert(1)"}}, {"prompt": {"words": "x", "url": "//elsewhere.example/"}},
        {"about": {"kind": "lesson", "more": "y"}}, {"about": []}, {"prompt": {"words": "x" * 3000}},
    )),
    ("long.json", journal_json({"body": "x" * 100_001}), "The text has 100,001 letters; an entry holds at most 100,000."),
    ("tags.json", journal_json({"tags": [f"t{n}" for n in range(200)]}), "It has 200 tags; an entry holds at most 20."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "sentence"), BAD, ids=[f"{n}-{b[0]}" for n, b in enumerate(BAD)]
)
def test_a_plain_sentence_and_nothing_half_brought_in(dev, name, content, sentence):
    answer = bring(dev, GOOD, (name, content))

    assert answer.status_code == 400
    assert [words.partition(": ")[2] for words in said(answer)] == [sentence]
    assert nothing_came()


def test_each_file_that_is_wrong_is_named_shortened_and_escaped(dev):
    answer = bring(dev, GOOD, ("<script>alert(1)</script>.md", b""), ("x" * 100 + ".md", b""))

    assert said(answer) == ["script&gt;.md: It is empty.", f"{'x' * 59}…: It is empty."]
    assert b"<script>alert" not in answer.content
    assert nothing_came()


def test_a_long_list_of_problems_is_cut_off(dev):
    answer = bring(dev, *[(f"{n}.md", b"") for n in range(60)])

    assert len(said(answer)) == 51
    assert said(answer)[-1] == "And 10 more like these."


def test_more_files_than_are_read_at_once(dev):
    answer = bring(dev, *[(f"{n}.md", b"Rain.") for n in range(101)])

    assert answer.status_code == 400
    assert said(answer) == [
        "These are too many files at once. Put them into one zip file, and send that."
    ]
    assert nothing_came()


def test_no_file(dev):
    assert said(dev.post(IMPORT)) == ["No file was chosen."]


def test_entries_of_several_files_are_counted_together(dev):
    answer = bring(
        dev, ("a.json", journal_json(*[{}] * 3000)), ("b.json", journal_json(*[{}] * 3000))
    )

    assert said(answer) == [
        "What you sent holds more than 5,000 entries. Bring it in in several parts."
    ]
    assert nothing_came()


def test_an_entry_holds_what_a_file_says_and_no_other_field(dev, cast):
    """A4: a file names no author, no cleaner, no HTML."""
    evil = {"author": str(cast["ben"].pk), "html": "<script>", "html_by": 99, "state": "kept"}

    bring(dev, ("a.json", journal_json(evil)))

    entry = Entry.objects.get()
    assert (entry.author_id, str(entry.html), entry.html_by) == (cast["dev"].pk, "", 0)


class TestOnNoDisk:
    @pytest.fixture(autouse=True)
    def disk_is_watched(self, monkeypatch, tmp_path):
        """Every file that Python makes for a while would lie in this folder, which nobody can write to."""
        tmp_path.chmod(0o500)
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))

    def test_the_watch_would_see_it(self):
        with pytest.raises(FileNotFoundError):
            uploadhandler.TemporaryFileUploadHandler().new_file("f", "a.md", "text/plain", 1)

    def test_a_large_file_stays_in_memory(self, cast, dev):
        files = {f"{n}.md": f"{n} " + "Rain. " * 15_000 for n in range(40)}
        stored = io.BytesIO()
        with zipfile.ZipFile(stored, "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        assert len(stored.getvalue()) > 3 * MEGABYTE

        assert said(bring(dev, ("a.zip", stored.getvalue()))) == ["40 entries were brought in."]

    def test_so_it_does_where_the_token_is_asked_for_and_wrong(self, cast):
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast["dev"])
        file = SimpleUploadedFile("a.md", b"x" * (3 * MEGABYTE))

        answer = client.post(IMPORT, {"files": file, "csrfmiddlewaretoken": "x" * 64})

        assert answer.status_code == 403
        assert b"Choose your files again" in answer.content
        assert nothing_came()

    @pytest.mark.parametrize("name", [None, "dev"])
    def test_so_it_does_for_who_is_signed_out_or_locked_out(self, cast, name):
        client = Client()
        if name:
            client.force_login(cast[name])
        file = SimpleUploadedFile("a.md", b"x" * (3 * MEGABYTE))

        answer = client.post(IMPORT, {"files": file})

        assert answer.status_code == 403
        assert b"Choose your files again" in answer.content
        assert nothing_came()

    def test_more_than_20_megabytes_is_a_sentence(self, dev):
        answer = bring(dev, GOOD, ("a.md", b"x" * (21 * MEGABYTE)))

        assert answer.status_code == 400
        assert said(answer) == [
            "What you sent is larger than 20 MB. Send it in several parts; of an export of ours, journal.json alone is enough."
        ]
        assert nothing_came()


def test_unpacked_it_may_hold_20_megabytes(dev):
    text = "".join(chr(97 + n * n % 23) for n in range(95_000))
    files = {f"{n}.md": f"{n}{text}" for n in range(230)}

    answer = bring(dev, ("a.zip", zipped(files)))

    assert said(answer) == [
        "What you sent holds more than 20 MB of text. Bring it in in several parts."
    ]
    assert nothing_came()


def test_so_many_megabytes_are_for_all_files_together_and_the_rest_is_not_looked_at(dev):
    """G6: ten zip files of a tenth of a megabyte that unpack to two hundred."""
    text = "Rain. " * 16_000
    ten = [(f"{n}.zip", zipped({f"{n}-{m}.md": text for m in range(100)})) for n in range(10)]

    answer = bring(dev, GOOD, *ten, ("after.png", b"\x89PNG"))

    assert sum(len(content) for _name, content in ten) < MEGABYTE
    assert said(answer) == [
        "What you sent holds more than 20 MB of text. Bring it in in several parts."
    ]
    assert nothing_came()


def test_what_is_damaged_is_taken_off_as_well(dev):
    """What does not come out whole was unpacked all the same."""
    damaged = bytearray(zipped({"a.md": "Rain. " * 160_000}))
    at = damaged.index(b"PK\x01\x02") + 16
    damaged[at : at + 4] = b"\0" * 4
    files = [(f"{n}.zip", bytes(damaged)) for n in range(30)]

    answer = bring(dev, *files)

    assert said(answer) == [
        *["a.md: It is damaged."] * 21,
        "What you sent holds more than 20 MB of text. Bring it in in several parts.",
    ]


def test_what_is_wrong_is_counted_as_an_entry_is(dev):
    files = [(f"{n}.zip", zipped({f"{m}.md": "" for m in range(2_000)})) for n in range(3)]

    answer = bring(dev, *files)

    assert said(answer)[-1] == "And 4951 more like these."
    assert nothing_came()


def test_the_token_of_the_form_is_asked_for(cast):
    client = Client()
    log_in(client, "dev")
    client.handler.enforce_csrf_checks = True
    files = {"files": SimpleUploadedFile("a.json", journal_json({"id": str(ID)}).encode())}

    refused = client.post(IMPORT, files)
    page = client.get(IMPORT)
    files["files"].seek(0)
    token = str(page.context["csrf_token"])
    taken = client.post(IMPORT, {**files, "csrfmiddlewaretoken": token})

    assert (refused.status_code, taken.status_code) == (403, 200)
    assert Entry.objects.count() == 1
