"""Processor time of single pages, held against the minimal Wagtail page, in process and without a server.

On a machine that has other work to do, requests a second say nothing; the processor time of a request hardly changes. Two
processes, the product's and the yardstick's, answer by turns; each turn's time is that of its own process, and of all
requests the one counts than which a fifth was quicker. By hand, in a database that `bench.run` has prepared, with a page each given as PATH[@EMAIL]:

    python -m bench.processor [--turns 30] [--profile] PATH[@EMAIL] …
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import chain
from typing import Any

EACH = 5  # requests a turn
YARDSTICK = "bench.tiny.settings"
HOST = "localhost"


def main() -> None:
    """Print a row for each page: milliseconds, questions to the database, kilobytes, and the share of the yardstick."""
    options = _options()
    ours, tiny = Answerer(os.environ["DJANGO_SETTINGS_MODULE"]), Answerer(YARDSTICK)
    print(f"{'page':60} {'ms':>7} {'sql':>4} {'KB':>6} {'of tiny':>8}")
    for page in options.pages:
        path, _, email = page.partition("@")
        about = ours.ask(what="begin", path=path, email=email, profile=options.profile)
        tiny.ask(what="begin", path="/yardstick/", email="", profile=False)
        turns = [(ours.ask(what="turn")["ms"], tiny.ask(what="turn")["ms"]) for _turn in range(options.turns)]  # fmt: skip
        page_ms, tiny_ms = (_quick(list(chain(*side))) for side in zip(*turns, strict=True))
        print(
            f"{page[:60]:60} {page_ms:7.2f} {about['queries']:4} {about['bytes'] / 1000:6.1f} {tiny_ms / page_ms:8.3f}"
            f"   (tiny {tiny_ms:.2f}, status {about['status']})"
        )
        print(about["profile"], end="")


def _quick(times: list[float]) -> float:
    """The time than which a fifth is quicker."""
    return sorted(times)[len(times) // 5]


class Answerer:
    """A process with these settings that answers requests when it is told to."""

    def __init__(self, settings: str) -> None:
        command = [sys.executable, "-m", "bench.processor", "answer"]
        env = {**os.environ, "DJANGO_SETTINGS_MODULE": settings}
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, env=env, stdin=pipe, stdout=pipe, text=True)

    def ask(self, **words: Any) -> dict[str, Any]:
        """What the process says to this."""
        said, heard = self._process.stdin, self._process.stdout
        assert said is not None and heard is not None  # noqa: S101, PT018 (both are pipes)
        said.write(json.dumps(words) + "\n")
        said.flush()
        answer: dict[str, Any] = json.loads(heard.readline())
        return answer


def answer() -> None:
    """The other side: one line for each that is read."""
    import django

    django.setup()
    from config.wsgi import application

    request: Callable[[], tuple[int, int]] = lambda: (0, 0)  # noqa: E731
    for line in sys.stdin:
        words = json.loads(line)
        if words["what"] == "begin":
            request = _request(application, words["path"], words["email"])
            said = _looked_at(request, profile=words["profile"])
        else:
            said = {"ms": _milliseconds(request)}
        print(json.dumps(said), flush=True)


def _request(application: Any, path: str, email: str) -> Callable[[], tuple[int, int]]:
    """One request as an app server hands it in; gives the status and the bytes of the answer."""
    from io import BytesIO

    from django.conf import settings

    path, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "", "HTTP_HOST": HOST,
        "SERVER_NAME": HOST, "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "https", "wsgi.version": (1, 0), "wsgi.multithread": True, "wsgi.multiprocess": True,
        "wsgi.run_once": False, "wsgi.errors": sys.stderr,
    }  # fmt: skip
    if email:
        environ["HTTP_COOKIE"] = f"{settings.SESSION_COOKIE_NAME}={_session(email)}"

    def ask() -> tuple[int, int]:
        heard: list[str] = []
        found = application(
            {**environ, "wsgi.input": BytesIO()}, lambda status, _headers: heard.append(status)
        )
        size = sum(len(part) for part in found)
        found.close()
        return int(heard[0].split()[0]), size

    return ask


def _session(email: str) -> str:
    """The cookie of a new session of this member."""
    from django.test import Client

    from accounts.models import User

    client = Client(headers={"host": HOST})
    client.force_login(User.objects.get(email=email))
    return str(client.session.session_key)


def _looked_at(request: Callable[[], tuple[int, int]], *, profile: bool) -> dict[str, Any]:
    """Status, size and questions of one request, once everything that is kept is there; the top of its profile."""
    from django.db import connections

    for _warming in range(5):
        status, size = request()
    asked = 0

    def counted(execute: Any, *given: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(*given)

    wrapped = [connection.execute_wrappers for connection in connections.all()]
    for wrappers in wrapped:
        wrappers.append(counted)
    request()
    for wrappers in wrapped:
        wrappers.remove(counted)
    return {"status": status, "bytes": size, "queries": asked, "profile": _profile(request) if profile else ""}  # fmt: skip


def _milliseconds(request: Callable[[], object]) -> list[float]:
    """Processor time of each request of a turn."""
    took = []
    for _time in range(EACH):
        began = time.process_time()
        request()
        took.append((time.process_time() - began) * 1_000)
    return took


def _profile(request: Callable[[], object]) -> str:
    """Where the time goes: functions by their own time and by that of all they call."""
    from io import StringIO

    watch, said = cProfile.Profile(), StringIO()
    watch.runcall(lambda: [request() for _time in range(EACH)])
    found = pstats.Stats(watch, stream=said)
    found.sort_stats("cumulative").print_stats(110)
    found.sort_stats("tottime").print_stats(50)
    return said.getvalue()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=30)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("pages", nargs="+")
    return parser.parse_args()


if __name__ == "__main__":
    answer() if sys.argv[1:] == ["answer"] else main()
