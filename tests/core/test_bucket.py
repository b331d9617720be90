"""Uploads in storage that speaks as S3 does (`core.bucket`): given out by this site alone, to whom they are for."""

import http.server
import io
import json
import re
import threading
import time
import zipfile
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from moto.server import ThreadedMotoServer
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction

from accounts.owncopy.actions import ask_for_copy, current_copy, discard_copy, prune_copies
from accounts.owncopy.handing import begin_download
from config.settings import environment
from core.crypto import erasures
from core.storage import storage_troubles
from core.tasks.running import work_off
from curriculum.paper.actions import prune_printouts
from notices.signs import worker_sign
from notices.worker import beat, heartbeat_file
from operations.backups import state
from tests.accountability.notebook import write

pytestmark = pytest.mark.django_db
WORDS = b"0123456789" * 100_000  # a megabyte


def storage_at(settings, monkeypatch, address, query="?tls=0"):
    """Uploads in the bucket `uploads` of this address, as the setting makes them."""
    monkeypatch.setenv("MEDIA_STORAGE_URL", f"s3://KEY:SECRET@{address}/uploads{query}")
    _folder, options = environment.media()
    settings.STORAGES = {**settings.STORAGES, "default": options}


@pytest.fixture(scope="module")
def server():
    made = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def bucket(server, settings, monkeypatch):
    """An empty bucket that the site's uploads go into."""
    host, port = server.get_host_and_port()
    store = boto3.resource(
        "s3", endpoint_url=f"http://{host}:{port}", aws_access_key_id="KEY", aws_secret_access_key="SECRET", region_name="us-east-1",
    )  # fmt: skip
    made = store.create_bucket(Bucket="uploads")
    storage_at(settings, monkeypatch, f"{host}:{port}")
    yield made
    made.objects.all().delete()
    made.delete()


@pytest.fixture
def shelf(cast):
    return Collection.get_first_root_node().add_child(name="Readings")


@pytest.fixture
def report(bucket, shelf):
    return get_document_model().objects.create(
        title="A report", file=ContentFile(WORDS, "report.pdf"), collection=shelf
    )


def content(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def names(bucket):
    return sorted(one.key for one in bucket.objects.all())


def test_a_document_lies_in_the_bucket_and_comes_from_this_site(nobody, bucket, report):
    answer = nobody.get(report.url)

    assert names(bucket) == ["documents/report.pdf"]
    assert (answer.status_code, content(answer)) == (200, WORDS)
    assert int(answer["Content-Length"]) == len(WORDS)
    assert answer["Content-Type"] == "application/pdf"
    assert "Location" not in answer


def test_the_middle_of_a_recording_is_read_without_its_beginning(nobody, report):
    answer = nobody.get(report.url, headers={"Range": "bytes=500005-500009"})

    assert (answer.status_code, content(answer)) == (206, b"56789")
    assert answer["Content-Range"] == f"bytes 500005-500009/{len(WORDS)}"


def test_one_for_the_signed_in_is_nobody_else_s_wherever_it_lies(nobody, as_, shelf, report):
    CollectionViewRestriction.objects.create(collection=shelf, restriction_type="login")

    assert nobody.get(report.url).status_code == 302
    assert nobody.get(report.url)["Location"].startswith("/account/login/")
    assert (
        nobody.get(report.file.url).status_code == 404
    )  # the place among the uploads is no address
    assert content(as_("dev").get(report.url)) == WORDS


def picture_of(title="Heron"):
    data = io.BytesIO()
    Image.new("RGB", (600, 400), "navy").save(data, "JPEG")
    return get_image_model().objects.create(
        title=title, file=ContentFile(data.getvalue(), "heron.jpg"), width=600, height=400
    )


def test_a_resized_picture_is_served_here_and_its_original_nowhere(nobody, bucket, cast):
    image = picture_of()
    small = image.get_rendition("width-300")

    answer = nobody.get(small.url)

    assert re.fullmatch(r"/media/images/heron[\w.-]*\.jpg", small.url)
    assert Image.open(io.BytesIO(content(answer))).size == (300, 200)
    assert answer["Content-Type"] == "image/jpeg"
    original = image.file.name.rpartition("/")[2]
    assert f"original_images/{original}" in names(bucket)
    for path in (f"../original_images/{original}", f"%2e%2e/original_images/{original}", f"x/../../original_images/{original}", f"..%5Coriginal_images/{original}", f"..%5C..%5Coriginal_images%5C{original}", "none.jpg", ""):  # fmt: skip
        assert nobody.get(f"/media/images/{path}").status_code == 404, path


def test_two_of_one_name_are_two(bucket):
    first = default_storage.save("documents/a.txt", ContentFile(b"one"))
    second = default_storage.save("documents/a.txt", ContentFile(b"two"))

    assert first != second
    assert default_storage.open(first).read() == b"one"


class Trouble(http.server.BaseHTTPRequestHandler):
    """A storage that answers each question with the status of the story, or with nothing."""

    status = 500

    def answer(self):
        if not self.status:
            time.sleep(8)
        self.send_response(self.status or 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = do_PUT = answer

    def log_message(self, *_said):
        """Say nothing."""


@pytest.fixture
def trouble(report, settings, monkeypatch):
    """Makes the storage answer with this status; 0: not at all."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Trouble)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def become(status):
        monkeypatch.setattr(Trouble, "status", status)
        storage_at(settings, monkeypatch, f"127.0.0.1:{server.server_port}")

    yield become
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("status", [403, 500])
def test_a_storage_that_refuses_or_is_broken_is_said_and_may_be_asked_again(
    trouble, report, as_, status
):
    dev = as_("dev")
    dev.raise_request_exception = False
    trouble(status)

    answer = dev.get(report.url)

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert dev.get("/media/images/heron.jpg").status_code == 503
    assert dev.get("/today/").status_code == 200


def test_a_storage_that_is_slow_holds_nobody_for_long(trouble, report, as_, monkeypatch, settings):
    dev = as_("dev")
    dev.raise_request_exception = False
    monkeypatch.setattr("config.settings.storage.ANSWER_WAIT", 0.3)
    trouble(0)
    begun = time.monotonic()

    answer = dev.get(report.url)

    assert answer.status_code == 503
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    "address",
    [
        "s3://storage.example.org/uploads", "s3://KEY@storage.example.org/uploads", "s3://KEY:SECRET@storage.example.org/",
        "s3://KEY:SECRET@storage.example.org/a/b", "s3://KEY:SECRET@/uploads", "https://KEY:SECRET@storage.example.org/uploads",
    ],
)  # fmt: skip
def test_an_address_that_lacks_something_stops_the_start(monkeypatch, address):
    monkeypatch.setenv("MEDIA_STORAGE_URL", address)

    with pytest.raises(environment.WrongSetting, match="or s3://KEY:SECRET@storage"):
        environment.media()


# What is made on one machine and handed out on another.


def test_an_own_copy_is_sealed_in_the_bucket_and_handed_out_from_there(bucket, cast, settings, tmp_path, django_capture_on_commit_callbacks):  # fmt: skip
    settings.COPIES = tmp_path / "copies"
    write(cast["dev"], "The heron of the north pond.")
    copy = ask_for_copy(by=cast["dev"])
    work_off()

    assert names(bucket) == [f"private/copies/{copy.pk}.sealed"]
    assert list(settings.COPIES.iterdir()) == []  # nothing stays on the machine that made it
    sealed = bucket.Object(f"private/copies/{copy.pk}.sealed").get()["Body"].read()
    assert b"heron" not in sealed
    whole = b"".join(begin_download(by=cast["dev"]).pieces)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert any(b"The heron of the north pond." in archive.read(one) for one in archive.namelist())  # fmt: skip


def test_thrown_away_it_is_gone_from_there(bucket, cast, settings, tmp_path):
    settings.COPIES = tmp_path / "copies"
    ask_for_copy(by=cast["dev"])
    work_off()

    discard_copy(by=cast["dev"])

    assert names(bucket) == []


def test_files_that_no_row_names_go_by_themselves(bucket, settings, tmp_path, cast):
    settings.COPIES, settings.PAPERS = tmp_path / "copies", tmp_path / "papers"
    for key in ("private/copies/x.sealed", "private/papers/x.pdf", "documents/kept.pdf"):
        bucket.put_object(Key=key, Body=b"old")

    prune_copies()
    prune_printouts()

    assert names(bucket) == ["documents/kept.pdf"]


def test_no_address_of_the_site_leads_to_them(bucket, nobody, as_, cast):
    bucket.put_object(Key="private/papers/x.pdf", Body=b"of somebody")

    for client in (nobody, as_("dev"), as_("gus")):
        for path in ("/media/private/papers/x.pdf", "/media/images/../private/papers/x.pdf", "/media/images/..%5Cprivate/papers/x.pdf", "/documents/1/x.pdf"):  # fmt: skip
            assert client.get(path).status_code == 404


def test_every_machine_knows_whose_keys_were_destroyed_on_another(bucket, settings, tmp_path):
    """A backup that one machine makes or brings back would else bring back whom another one has erased."""
    here, there, gone = tmp_path / "a" / "list", tmp_path / "b" / "list", uuid4()
    settings.ERASURES_FILE = there
    erasures.note("member", gone)
    erasures.note("member", gone)

    settings.ERASURES_FILE = here

    assert list(erasures.noted()) == [("member", gone)]
    assert erasures.merge(there) == 0  # known already
    erasures.copy_to(tmp_path / "in a backup")
    assert list(erasures.noted(tmp_path / "in a backup")) == [("member", gone)]


def test_a_backup_and_a_worker_of_another_machine_are_known_on_this_one(
    bucket, settings, tmp_path, cast
):
    settings.BACKUPS, settings.BACKUPS_NOTE = tmp_path / "b" / "backups", tmp_path / "b" / "note"
    settings.VAR = tmp_path / "b"
    at = timezone.now().replace(microsecond=0)
    state.note_backup(at, Path("2026-11-30-0300"))
    beat(heartbeat_file())

    settings.BACKUPS, settings.BACKUPS_NOTE = tmp_path / "a" / "backups", tmp_path / "a" / "note"
    settings.VAR = tmp_path / "a"

    assert state.last_good() == at
    assert not state.is_overdue(at + timedelta(hours=1))
    assert [sign.is_well for sign in worker_sign(now=timezone.now())] == [True]


def test_while_the_storage_is_away_a_backup_is_no_less_whole(trouble, settings, tmp_path):
    settings.BACKUPS, settings.BACKUPS_NOTE = tmp_path / "backups", tmp_path / "note"
    trouble(500)

    state.note_backup(timezone.now(), Path("2026-11-30-0300"))

    assert state.read()["last_good"]["set"] == "2026-11-30-0300"
    assert state.last_good() is None  # no set is there, and nobody can be asked


def test_a_copy_that_cannot_be_reached_now_is_not_taken_for_damaged(bucket, cast, trouble, settings, tmp_path):  # fmt: skip
    settings.COPIES = tmp_path / "copies"
    there = settings.STORAGES
    copy = ask_for_copy(by=cast["dev"])
    work_off()
    trouble(500)

    with pytest.raises(storage_troubles()):
        begin_download(by=cast["dev"])

    settings.STORAGES = there
    assert current_copy(cast["dev"]) == copy
    assert b"".join(begin_download(by=cast["dev"]).pieces)


def test_erasures_of_a_time_alone_are_told_to_the_others(bucket, settings, tmp_path):
    settings.ERASURES_FILE, gone = tmp_path / "list", uuid4()
    settings.ERASURES_FILE.write_text(json.dumps({"kind": "member", "ref": str(gone)}) + "\n")

    erasures.tell_others()
    erasures.tell_others()

    settings.ERASURES_FILE = tmp_path / "of another machine"
    assert list(erasures.noted()) == [("member", gone)]
