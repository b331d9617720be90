"""Parts of a recording: listening from the middle, conditions, nonsense, and nothing past a permission."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from tests.curriculum.recordings import stored

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

CONTENT = bytes(range(200)) * 50  # 10 000 bytes, longer than what is read at once


@pytest.fixture
def recording(db):
    document = stored("talk.mp3", CONTENT)
    yield document
    document.file.storage.delete(document.file.name)


def body(response):
    """What was sent, all of it, so that the file is closed."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_whole_says_that_it_can_be_had_in_parts(nobody, recording):
    whole = nobody.get(recording.url)

    assert whole.status_code == 200
    assert body(whole) == CONTENT
    assert [whole[name] for name in ("Accept-Ranges", "Content-Length", "Content-Type")] == ["bytes", "10000", "audio/mpeg"]  # fmt: skip


@pytest.mark.parametrize(("asked", "first", "last"), [
    ("bytes=0-0", 0, 0), ("bytes=0-99", 0, 99), ("bytes=5000-", 5000, 9999), ("bytes=-1", 9999, 9999),
    ("bytes=-4200", 5800, 9999), ("bytes=-99999", 0, 9999), ("bytes=9999-", 9999, 9999), ("bytes=100-9000", 100, 9000),
    ("bytes=3-999999999999999999999999", 3, 9999), ("Bytes= 7-8 ", 7, 8),
])  # fmt: skip
def test_a_part(nobody, recording, asked, first, last):
    part = nobody.get(recording.url, headers={"range": asked})

    assert part.status_code == 206
    assert part["Content-Range"] == f"bytes {first}-{last}/10000"
    assert part["Content-Length"] == str(last - first + 1)
    assert part["Content-Type"] == "audio/mpeg"
    assert body(part) == CONTENT[first : last + 1]


@pytest.mark.parametrize("asked", ["bytes=10000-", "bytes=10000-10001", "bytes=-0", "bytes=99999999999999999999-"])  # fmt: skip
def test_a_part_that_is_not_there(nobody, recording, asked):
    answer = nobody.get(recording.url, headers={"range": asked})

    assert answer.status_code == 416
    assert [answer["Content-Range"], body(answer)] == ["bytes */10000", b""]


@pytest.mark.parametrize("asked", [
    "", "bytes", "bytes=", "bytes=-", "bytes=9-3", "bytes=a-b", "bytes=1-2,5-6", "items=0-5", "bytes=0x1-5", "bytes=--5",
    "bytes=+1-5", "bytes=1-5;", "bytes=" + "9" * 400 + "-", "bytes=\u0661-\u0665",
])  # fmt: skip
def test_what_is_no_single_range_gets_the_whole(nobody, recording, asked):
    answer = nobody.get(recording.url, HTTP_RANGE=asked)

    assert answer.status_code == 200
    assert body(answer) == CONTENT
    assert "Content-Range" not in answer


def test_if_the_file_is_still_the_same(nobody, recording):
    whole = nobody.get(recording.url)
    body(whole)
    name, date = whole["ETag"], whole["Last-Modified"]
    assert name == f'"{recording.file_hash}"'

    for condition, status in (
        (name, 206), (date, 206), ('"another"', 200), (f"W/{name}", 200), ("Mon, 01 Jan 2001 00:00:00 GMT", 200), ("yesterday", 200),
    ):  # fmt: skip
        part = nobody.get(recording.url, headers={"range": "bytes=0-9", "if-range": condition})
        assert (condition, part.status_code, len(body(part))) == (
            condition,
            status,
            10 if status == 206 else 10_000,
        )
    known = nobody.get(recording.url, headers={"range": "bytes=0-9", "if-none-match": name})
    assert known.status_code == 304


def test_a_head_tells_of_the_whole(nobody, recording):
    answer = nobody.head(recording.url, headers={"range": "bytes=0-9"})
    body(answer)

    assert [answer.status_code, answer["Content-Length"], answer["Accept-Ranges"]] == [200, "10000", "bytes"]  # fmt: skip


def test_no_part_goes_past_a_permission(nobody, as_, recording):
    """Row A15."""
    shelf = Collection.get_first_root_node().add_child(name="For members")
    CollectionViewRestriction.objects.create(collection=shelf, restriction_type="login")
    get_document_model().objects.update(collection=shelf)

    part = nobody.get(recording.url, headers={"range": "bytes=0-9"})
    assert [part.status_code, part.has_header("Content-Range"), part["Location"][:15]] == [302, False, "/account/login/"]  # fmt: skip
    none = nobody.get(recording.url, headers={"range": "bytes=99999-"})
    assert none.status_code == 302  # and no word of how long it is
    member = as_("dev").get(recording.url, headers={"range": "bytes=0-9"})
    assert [member.status_code, body(member), member["Cache-Control"]] == [206, CONTENT[:10], "private, no-store"]  # fmt: skip

    CollectionViewRestriction.objects.update(restriction_type="groups")
    assert as_("dev").get(recording.url, headers={"range": "bytes=0-9"}).status_code == 404


@pytest.mark.parametrize("name", ["x.mp4", "x.webm", "x.mp3", "x.vtt", "x.csv", "x.docx"])
def test_whatever_it_holds_it_runs_as_no_page(nobody, recording, name):
    """Row G6: as if something had slipped past the check at upload."""
    hostile = stored(name, b"<!doctype html><script>alert(1)</script>")

    for headers in ({}, {"range": "bytes=0-20"}):
        answer = nobody.get(hostile.url, headers=headers)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["Content-Disposition"].startswith("attachment;")
        assert "html" not in answer["Content-Type"]
        body(answer)
    hostile.file.storage.delete(hostile.file.name)


def test_a_file_that_is_gone_and_a_name_that_is_another_are_not_there(nobody, recording):
    assert nobody.get(recording.url.replace("talk", "walk")).status_code == 404
    recording.file.storage.delete(recording.file.name)
    assert nobody.get(recording.url, headers={"range": "bytes=0-9"}).status_code == 404
    recording.file.save("talk.mp3", ContentFile(CONTENT), save=False)


def test_a_recording_is_read_and_never_written(nobody, recording):
    assert nobody.post(recording.url).status_code == 405
