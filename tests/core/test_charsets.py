"""What a sender says about the charset of a request is no error of ours (G1)."""

import io

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from config import wsgi

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


def asked(method, target, kind, body=b""):
    """The status that the server's own application gives."""
    path, _, query = target.partition("?")
    environ = RequestFactory()._base_environ(
        REQUEST_METHOD=method, PATH_INFO=path, QUERY_STRING=query, CONTENT_TYPE=kind,
        CONTENT_LENGTH=str(len(body)), **{"wsgi.input": io.BytesIO(body)},
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
