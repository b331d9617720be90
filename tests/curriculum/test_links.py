"""The weekly look at web addresses: off unless asked for, slow, and never at a machine that is not on the public web."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from curriculum.links import check_next, is_public, trouble_at
from curriculum.models import Fact, Finding, LinkCheck

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

NOT_ASKED = "It leads to a machine that is not on the public web, so we did not ask."


class Answers(BaseHTTPRequestHandler):
    """A site of our own: what it was asked is kept in `asked`."""

    asked: list[tuple[str, str, str]]

    def answer(self):
        self.asked.append((self.command, self.path, self.headers["User-Agent"]))
        if self.path == "/only-get" and self.command == "HEAD":
            self.send_response(405)
        elif self.path.startswith("/to"):
            self.send_response(302)
            self.send_header("Location", self.path.partition("?")[2] or "/to")
        else:
            self.send_response(404 if self.path == "/gone" else 200)
        self.end_headers()

    do_HEAD = do_GET = answer

    def log_message(self, *_given):
        pass


@pytest.fixture
def house():
    """The address of a site on this machine, and what it was asked."""
    Answers.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", Answers.asked
    server.shutdown()
    server.server_close()


def anywhere(_number):
    return True


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1",
    ],
)  # fmt: skip
def test_no_private_address_is_public(number):
    assert not is_public(number)


def test_public_ones_are():
    assert is_public("8.8.8.8")
    assert is_public("2606:4700::1111")


def test_a_site_in_the_house_is_never_asked(house):
    site, asked = house

    assert trouble_at(f"{site}/") == NOT_ASKED
    assert trouble_at(site.replace("127.0.0.1", "localhost")) == NOT_ASKED
    assert asked == []


def test_a_redirect_into_the_house_is_refused_where_the_first_step_was_not(house):
    """The first look allows this machine, each later one is looked at anew."""
    site, asked = house
    looks = iter([True])

    trouble = trouble_at(f"{site}/to?{site}/inside", judge=lambda _number: next(looks, False))

    assert trouble == NOT_ASKED
    assert [path for _method, path, _agent in asked] == [f"/to?{site}/inside"]


@pytest.mark.parametrize(
    ("path", "trouble", "methods"),
    [
        ("/", "", ["HEAD"]),
        ("/only-get", "", ["HEAD", "GET"]),
        ("/gone", "It answered 404.", ["HEAD", "GET"]),
        ("/to?/there", "", ["HEAD", "HEAD"]),
        ("/to?/to", "It leads from one address to the next without an end.", ["HEAD"] * 5),
    ],
)
def test_what_a_site_answers(house, path, trouble, methods):
    site, asked = house

    found = trouble_at(site + path, judge=anywhere)

    assert (found, [method for method, _path, _agent in asked]) == (trouble, methods)
    assert {agent for _method, _path, agent in asked} == {"Lodestar link check (+http://localhost:8000)"}  # fmt: skip


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ftp://example.org/",
        "file:///etc/passwd",
        "http://user:secret@example.org/",
        "http://",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_plain_web_address_is_not_asked(address):
    assert trouble_at(address) == "This is no plain web address."


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/", "http://127.0.0.1:99999/", "http://[::1", "http://a\r\nb.example/", "http://" + "a" * 300]
)  # fmt: skip
def test_what_cannot_be_asked_is_said_and_never_raises(address):
    assert trouble_at(address, judge=anywhere) in (
        "It did not answer.",
        "This is no plain web address.",
    )


def test_it_is_off_by_default_and_asks_nothing_then(settings, django_assert_num_queries):
    assert settings.CHECK_LINKS is False
    with django_assert_num_queries(0):
        assert check_next(now=timezone.now()) == 0


def test_one_address_at_a_time_each_once_a_week(settings, cast):
    settings.CHECK_LINKS = True
    Finding.objects.all().delete()
    Fact.objects.update(source_url="")
    one, two = Fact.objects.order_by("key")[:2]
    Fact.objects.filter(pk=one.pk).update(source_url="http://127.0.0.1/a")
    Fact.objects.filter(pk=two.pk).update(source_url="http://127.0.0.1/b")
    now = timezone.now()

    done = [check_next(now=now + timedelta(minutes=minute)) for minute in range(3)]

    assert done == [1, 1, 0]
    assert set(LinkCheck.objects.values_list("address", "trouble")) == {
        ("http://127.0.0.1/a", NOT_ASKED), ("http://127.0.0.1/b", NOT_ASKED)
    }  # fmt: skip
    assert check_next(now=now + timedelta(days=7, minutes=2)) == 1
    assert LinkCheck.objects.count() == 2
