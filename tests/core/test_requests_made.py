"""A request is made whatever its sender says of its text (G1), and read only when all of it came (H11)."""

import io

import pytest
from django.core.exceptions import BadRequest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from config import wsgi
from core.requests import WholeStream

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
NO_TEXT = ("rot13", "zlib", "base64", "hex", "undefined", "punycode")


@pytest.fixture(autouse=True)
def one_connection():
    """The story's own transaction stays open while a request ends."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def asked(method, target, kind, body=b"", length=None):
    """The status that the server's own application gives. `length`: how long the sender said it would be."""
    path, _, query = target.partition("?")
    environ = RequestFactory()._base_environ(
        REQUEST_METHOD=method, PATH_INFO=path, QUERY_STRING=query, CONTENT_TYPE=kind,
        CONTENT_LENGTH=str(len(body) if length is None else length), **{"wsgi.input": io.BytesIO(body)},
    )  # fmt: skip
    said = []
    answer = wsgi.application(environ, lambda status, _headers: said.append(int(status[:3])))
    b"".join(answer)
    answer.close()
    return said[0]


@pytest.mark.parametrize("charset", NO_TEXT)
def test_a_codec_that_reads_no_text_is_not_believed(charset):
    kind = f"{FORM}; charset={charset}"

    assert asked("GET", "/?a=%2F", kind) == 200
    assert asked("POST", "/i18n/setlang/?next=%2F", kind, b"a=b") == 400
    assert asked("POST", "/no-such/?next=%2F", kind, b"a=b") == 400


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "no-such", "latin-1", "utf-8"])
def test_nor_does_any_other_charset_break_a_page(charset):
    assert asked("GET", "/?a=%2F&b=\xff", f"{FORM}; charset={charset}") == 200


@pytest.mark.parametrize("kind", [FORM, f"{FORM}; charset=utf-8", "text/plain; charset=rot13"])
def test_too_many_fields_in_a_query_are_a_bad_request_with_and_without_a_charset(kind):
    assert asked("GET", "/search/?" + "&".join(["a=b"] * 2001), kind) == 400


MULTIPART = "multipart/form-data; boundary=x"
PARTS = b'--x\r\nContent-Disposition: form-data; name="language"\r\n\r\nes\r\n--x--\r\n'


@pytest.mark.parametrize(
    ("kind", "body"), [(FORM, b"language=es&next=%2Fhelp%2F"), (MULTIPART, PARTS)], ids=["form", "parts"]
)  # fmt: skip
def test_a_form_that_was_cut_off_is_refused_wherever_the_line_dropped(kind, body):
    """Half a sentence would be kept as a whole one, and its second sending be a second one."""
    assert asked("POST", "/i18n/setlang/", kind, body) == 302

    for sent in range(0, len(body), 5):
        assert asked("POST", "/i18n/setlang/", kind, body[:sent], length=len(body)) == 400


class Dripping(io.BytesIO):
    """A line that gives a few bytes at a time, less than it is asked for."""

    def read(self, size=-1):
        return super().read(min(3, size) if size >= 0 else 3)


def test_a_slow_line_is_no_line_that_dropped(monkeypatch):
    monkeypatch.setattr(io, "BytesIO", Dripping)

    assert asked("POST", "/i18n/setlang/", FORM, b"language=es&next=%2Fhelp%2F") == 302


def test_lines_are_read_to_the_last_that_was_announced():
    stream = WholeStream(io.BytesIO(b"one\ntwo\n"), 8)
    assert list(iter(stream.readline, b"")) == [b"one\n", b"two\n"]

    stream = WholeStream(io.BytesIO(b"one\ntw"), 8)
    assert stream.readline() == b"one\n"
    stream.readline()
    with pytest.raises(BadRequest):
        stream.readline()
