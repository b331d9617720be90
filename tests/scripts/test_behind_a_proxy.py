"""The files of `deploy/` for nginx and Caddy, each in a real one: what reaches the site, what is refused, what is written."""

import base64
import hashlib
import http.server
import json
import re
import ssl
import threading
import time
from collections import Counter
from contextlib import ExitStack, closing, contextmanager

import pytest

from tests.scripts.processes import wait_for
from tests.scripts.proxies import DEPLOY, KINDS, NAME, program, proxied

pytestmark = [pytest.mark.scripts, pytest.mark.host]
SECRET = "/journal/8b1f2c/?q=what-nobody-reads"
CLAIMS = {
    "X_Forwarded_For": "203.0.113.7", "X_Forwarded_Proto": "http", "X_Forwarded_Host": "elsewhere.example",
    "X_Real_IP": "203.0.113.7", "Forwarded": "for=203.0.113.7;host=elsewhere.example",
}  # fmt: skip


HSTS = "max-age=31536000; includeSubDomains; preload"


class Behind(http.server.BaseHTTPRequestHandler):
    """Answers with what reached it. As with the site, a thread is taken until all of a form has come, and there are few."""

    def do_GET(self):
        self.server.reached.append(self.path)
        body = json.dumps(dict(self.headers.items())).encode()
        with self.server.threads:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_TRACE = do_TRACK = do_GET

    def log_message(self, *words):
        pass


@contextmanager
def something_behind():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Behind)
    server.reached, server.threads = [], threading.Semaphore(4)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(params=KINDS)
def kind(request):
    if not program(request.param):
        pytest.skip(f"There is no {request.param} on this machine.")
    return request.param


def test_a_proxy_hands_on_what_is_asked_and_nothing_that_is_claimed(kind, tmp_path):
    """B3, G8: and neither its log nor its folder holds an address that somebody asked for (A23)."""
    with something_behind() as server, proxied(kind, tmp_path, server.server_port) as proxy:
        answer, body = proxy.ask(SECRET, **CLAIMS)
        reached = json.loads(body)

        assert answer.status == 200
        assert reached["X-Forwarded-For"] == "127.0.0.1"
        assert reached["X-Forwarded-Proto"] == "https"
        assert reached["Host"] == NAME
        assert "203.0.113.7" not in body.decode()
        assert "elsewhere.example" not in body.decode()
        assert not re.search(r"\d", answer.headers.get("Server", ""))
        it_answers_to_its_name_alone(proxy)
        it_takes_what_the_site_takes_and_no_more(proxy)
        it_refuses_what_no_page_takes(proxy, kind)

        server.shutdown()
        server.server_close()
        it_says_that_the_site_is_away(proxy)
    assert "what-nobody-reads" not in proxy.written()
    assert "8b1f2c" not in proxy.written()
    assert not (tmp_path / "access.log").exists() or not (tmp_path / "access.log").stat().st_size


def it_refuses_what_no_page_takes(proxy, kind):
    """Each answer of the proxy itself carries what the site sends."""
    answers = [proxy.ask("/", method)[0] for method in ("TRACE", "TRACK", "CONNECT")]
    if (
        kind == "nginx"
    ):  # Caddy leaves these to the language it is written in, which says a word and nothing else
        answers += [proxy.ask("/" + "a" * 20_000)[0], proxy.ask("/", "POST", Content_Length="x")[0]]  # fmt: skip
    assert [answer.status for answer in answers] == [405, 405, 405, 414, 400][: len(answers)]
    for answer in answers:
        assert answer.headers["Strict-Transport-Security"] == HSTS
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def it_answers_to_its_name_alone(proxy):
    answer, _body = proxy.ask_plain("/learn/?page=2")
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{NAME}/learn/?page=2")
    for cut_off in (
        lambda: proxy.ask_plain("/", host="elsewhere.example"),
        lambda: proxy.ask("/", host="elsewhere.example"),
        lambda: proxy.ask("/", sni="elsewhere.example"),
    ):
        with pytest.raises((ConnectionError, ssl.SSLError)):
            cut_off()


def it_takes_what_the_site_takes_and_no_more(proxy):
    """G9: 2.5 MB of text, 20 MB of a journal, 100 MB of a film; the sentence about more is a page of ours."""
    assert proxy.ask("/today/", "POST", b"a" * 2_600_000)[0].status == 200
    assert proxy.ask("/journal/import/", "POST", b"a" * 20 * 1024 * 1024)[0].status == 200
    assert proxy.ask("/admin/documents/add/", "POST", b"a" * 101 * 1024 * 1024)[0].status == 200
    for path, size in (
        ("/today/", 3_300_000),
        ("/journal/import/", 23_000_000),
        ("/admin/", 107_000_000),
    ):
        assert proxy.announce(path, size) == 413
    answer, body = proxy.ask("/today/", "POST", Content_Length="3300000")
    page = body.decode()
    assert answer.headers["Strict-Transport-Security"] == HSTS
    assert "Too large to send" in page
    assert "Demasiado grande" in page


def it_says_that_the_site_is_away(proxy):
    for method in ("GET", "POST"):
        answer, body = proxy.ask(SECRET, method, Referer=f"https://{NAME}{SECRET}")
        assert answer.status == 503
        assert answer.headers["Retry-After"] == "5"
        assert answer.headers["Strict-Transport-Security"] == HSTS
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Back in a moment" in body.decode()
        assert '<section lang="es">' in body.decode()


def test_ten_who_send_slowly_keep_nobody_waiting(kind, tmp_path):
    """The site has four threads for each processor. A form reaches it when all of it has come."""
    with something_behind() as server, proxied(kind, tmp_path, server.server_port) as proxy, ExitStack() as ends:  # fmt: skip
        slow = [ends.enter_context(closing(proxy.begin("/today/", 20_000))) for _ in range(10)]
        begun = time.monotonic()

        assert proxy.ask("/learn/")[0].status == 200
        assert proxy.ask("/account/", "POST", b"name=Dev")[0].status == 200

        assert time.monotonic() - begun < 5
        assert server.reached == ["/learn/", "/account/"]
        slow[0].sendall(b"a" * (20_000 - len("text=")))
        assert said(slow[0], 5) == "HTTP/1.1 200"
        assert server.reached[2:] == ["/today/"]


def test_journals_that_are_brought_back_slowly_leave_room_for_others(kind, tmp_path):
    """They are too large to wait in the memory of nginx, which lets three come at once; Caddy keeps the first 4 MB of each."""
    with something_behind() as server, proxied(kind, tmp_path, server.server_port) as proxy, ExitStack() as ends:  # fmt: skip
        path, come = "/journal/import/", 3 if kind == "nginx" else 0
        slow = [ends.enter_context(closing(proxy.begin(path, 20_000))) for _ in range(10)]
        wait_for(lambda: len(server.reached) >= come, 5)
        begun = time.monotonic()

        assert [proxy.ask(one)[0].status for one in ("/learn/", path)] == [200, 200]

        assert time.monotonic() - begun < 5
        assert server.reached == [path] * come + ["/learn/", path]
        if kind == "nginx":
            assert Counter(said(one, 0.5) for one in slow) == {"HTTP/1.1 503": 7, "": 3}


def said(connection, seconds):
    """The version and the status of an answer; nothing where none comes within this time."""
    connection.settimeout(seconds)
    try:
        return connection.recv(100)[:12].decode()
    except TimeoutError:
        return ""


@pytest.mark.parametrize("name", ["away", "too-large", "refused"])
def test_the_pages_of_a_proxy_keep_their_looks_under_their_policy(name):
    """The hash of the style stands in both files; without it the pages would be bare."""
    style = re.search(r"<style>(.*?)</style>", (DEPLOY / "pages" / f"{name}.html").read_text(), re.S)[1]  # fmt: skip
    known = f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"

    assert known in (DEPLOY / "nginx.conf").read_text()
    assert known in (DEPLOY / "Caddyfile").read_text()
