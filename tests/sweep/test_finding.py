"""The sweep could fail: a word that leaks is found, in each way of writing it and in each kind of place."""

import base64
import gzip
import html
import io
import json
import logging
import zipfile
import zlib
from urllib.parse import quote

import pytest
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.db import SessionStore
from django.core import signing
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, connections
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from accounts.models import Organization
from core.models import FormResult
from notices.models import OutboxMail
from scripts.traces import Words
from tests.sweep.places import database_files, exports, files, memory, response, tables

WAYS = {
    "raw": lambda word: word.encode(),
    "capitals": lambda word: word.upper().encode(),
    "url": lambda word: "".join(f"%{ord(one):02X}" for one in word).encode(),
    "url of a sentence": lambda word: quote(f"é {word} &").encode(),
    "html": lambda word: "".join(f"&#{ord(one)};" for one in word).encode(),
    "html, hexadecimal": lambda word: "".join(f"&#x{ord(one):X};" for one in word).encode(),
    "html of a sentence": lambda word: html.escape(f"<{word}>").encode(),
    "json": lambda word: "".join(f"\\u{ord(one):04x}" for one in word).encode(),
    "json of a sentence": lambda word: json.dumps({"é": f"é{word}"}).encode(),
    "base64": lambda word: base64.b64encode(word.encode() + b"\xff"),
    "base64, one further": lambda word: base64.b64encode(b"\xff" + word.encode()),
    "base64, two further": lambda word: base64.b64encode(b"\xff\xfe" + word.encode() + b"."),
    "base64 for addresses": lambda word: base64.urlsafe_b64encode(b"It was " + word.encode()),
    "base64 of capitals": lambda word: base64.b64encode(word.upper().encode()),
    "hex": lambda word: word.encode().hex().encode(),
    "hex, capitals": lambda word: word.encode().hex().upper().encode(),
    "utf-16, little end first": lambda word: word.encode("utf-16-le"),
    "utf-16, big end first": lambda word: word.encode("utf-16-be"),
    "gzip": lambda word: gzip.compress(word.encode()),
    "zlib": lambda word: zlib.compress(word.encode()),
    "signed": lambda word: signing.dumps({"text": word}).encode(),
    "signed and packed": lambda word: signing.dumps([word] * 9, compress=True).encode(),
}


@pytest.fixture
def words():
    return Words()


@pytest.fixture
def word(words):
    return words.word("accounts.Anything.field")


@pytest.mark.once
@pytest.mark.parametrize("way", WAYS)
def test_in_each_way_of_writing_it(words, word, way):
    leak = WAYS[way](word)

    assert words.traces(leak) != []
    if "packed" not in way and way not in {"gzip", "zlib"}:
        assert words.traces(b"<p>before</p>\n" + leak + b"\nafter") != []


@pytest.mark.once
@pytest.mark.parametrize("before", range(6))
def test_wherever_in_a_base64_text_it_begins(words, word, before):
    for after in range(4):
        coded = base64.b64encode(b"x" * before + word.encode() + b"y" * after)
        assert words.traces(coded) == [f"base64, {before % 3}"]


@pytest.mark.once
def test_in_a_zip_within_a_zip(words, word):
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("journal.zip", zipped(word))

    assert words.traces(outer.getvalue()) == ["raw"]
    assert words.names_in(outer.getvalue()) == {"accounts.Anything.field"}


@pytest.mark.once
def test_half_a_word_is_a_leak_and_another_sweeps_word_is_none(words, word):
    assert words.traces(word[: len(words.mark)].encode()) == ["raw"]
    assert words.traces(Words().word("x").encode()) == []
    assert words.traces(b"What looks packed: PK\x03\x04, \x1f\x8b, x\x9c") == []


def zipped(word):
    """A zip file with the word inside."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("entry.md", f"# {word}")
    return file.getvalue()


def cookie(word):
    """A message as it would travel in a cookie."""
    request, answer = RequestFactory().get("/"), HttpResponse()
    storage = CookieStorage(request)
    storage.add(messages.SUCCESS, f"Saved: {word}")
    storage.update(answer)
    return answer


ANSWERS = {
    "its status": lambda word: HttpResponse(reason=f"Found {word}"),
    "a header": lambda word: HttpResponse(headers={"Location": f"/journal/?q={word}"}),
    "a cookie": cookie,
    "its body": lambda word: HttpResponse(f"<title>{word}</title>"),
    "a file that is packed": lambda word: HttpResponse(zipped(word)),
    "a stream": lambda word: StreamingHttpResponse(iter([word[:9].encode(), word[9:].encode()])),
}


@pytest.mark.once
@pytest.mark.parametrize("part", ANSWERS)
def test_in_each_part_of_an_answer(words, word, part):
    assert words.traces(response(ANSWERS[part](word))) != []


def in_a_session(word):
    store = SessionStore()
    store["last_search"] = word
    store.save()


def in_raw_bytes(word):
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE leaky (data {connection.data_types['BinaryField']})")
        cursor.execute("INSERT INTO leaky VALUES (%s)", [gzip.compress(word.encode())])


def in_the_search(word):
    organization = Organization.objects.first()
    organization.name = word
    organization.save()


ROWS = {
    "a session": in_a_session,
    "a column of bytes": in_raw_bytes,
    "a column of text": in_the_search,
    "an address that is kept": lambda word: FormResult.objects.update_or_create(
        member="00000000-0000-0000-0000-000000000001",
        form="x",
        key="00000000-0000-0000-0000-000000000002",
        defaults={"location": f"/journal/?q={word}"},
    ),
    "the shared cache": lambda word: caches["default"].set("search", {"words": word}),
    "a key of the shared cache": lambda word: caches["default"].set(f"search-{word}", 1),
    "a mail that waits": lambda word: OutboxMail.objects.create(
        message_id="<1@x>", recipient="mo@riverton.example", subject="Hello", text=word
    ),
}


def kinds(words, places):
    return [name for name, data in places if words.traces(data)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("place", "table"),
    [
        ("a session", "default: django_session"),
        ("a column of bytes", "default: leaky"),
        ("a column of text", "default: accounts_organization"),
        ("an address that is kept", "default: core_formresult"),
        ("the shared cache", "default: shared_cache"),
        ("a key of the shared cache", "default: shared_cache"),
        ("a mail that waits", "default: notices_outboxmail"),
    ],
)
def test_in_each_kind_of_row(words, word, place, table):
    assert kinds(words, tables()) == []

    ROWS[place](word)

    assert kinds(words, tables()) == [table]


@pytest.mark.django_db
def test_in_the_database_of_keys(words, word):
    with connections["keys"].cursor() as cursor:
        cursor.execute("CREATE TABLE leaky (data VARCHAR(90))")
        cursor.execute("INSERT INTO leaky VALUES (%s)", [word])

    assert kinds(words, tables()) == ["keys: leaky"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's own files.")
def test_in_a_free_page_of_the_database_file(words, word):
    """A12: what was deleted is in no table, and still in the file."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = OFF")
        cursor.execute("CREATE TABLE leaky (data text)")
        cursor.execute("INSERT INTO leaky VALUES (%s)", [word])
        cursor.execute("DROP TABLE leaky")

    assert kinds(words, tables()) == []
    assert [name.rsplit("_", 1)[1] for name in kinds(words, database_files())] == ["default.sqlite3"]  # fmt: skip


@pytest.mark.django_db
def test_in_each_folder(words, word, tmp_path, settings):
    settings.PAPERS = tmp_path / "papers"
    settings.COPIES = tmp_path / "copies"
    settings.MAIL_DELIVERY = {"kind": "file", "folder": str(tmp_path / "mail")}
    settings.ERASURES_FILE = tmp_path / "keys" / "erasures.jsonl"
    for folder, name, content in (
        ("papers", "one.zip", zipped(word)), ("papers", f"{word}.pdf", ""), ("copies", "1.part", word), ("mail", "1.eml", word), ("keys", "erasures.jsonl", word),
    ):  # fmt: skip
        (tmp_path / folder).mkdir(exist_ok=True)
        path = tmp_path / folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    upload = default_storage.save("leak.txt", ContentFile(word.encode()))

    found = kinds(words, files())
    default_storage.delete(upload)

    assert len(found) == 6
    assert kinds(words, files()) == found[1:]


@pytest.mark.django_db
def test_in_memory(words, word):
    assert kinds(words, memory()) == []

    caches["renditions"].set("x", {"words": word})

    assert len(kinds(words, memory())) == 1


@pytest.mark.django_db
def test_in_a_line_of_the_log_at_debug_and_in_a_statement(words, word, log):
    logging.getLogger("a.new.logger").debug("Searched for %s", word)
    assert words.traces(log.place()[1]) == ["raw"]

    log.lines.clear()
    Organization.objects.filter(name=word).exists()
    assert words.traces(log.place()[1]) == ["raw"]


@pytest.mark.django_db
def test_in_the_export_of_another(words, word, cast):
    cast["elu"].chosen_name = word

    assert len(kinds(words, exports([cast["elu"]]))) == 1
