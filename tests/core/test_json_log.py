"""The log of production: one line of JSON for each thing, and of a request what A23 allows and nothing else."""

import io
import json
import logging
import re
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from django.test import Client

from config.settings import logs
from core.accesslog import AccessLogMiddleware
from core.loglines import JsonLines
from core.logs import ScrubFilter
from tests.core.test_settings import GOOD, ROOT, run

CANARY = "canary-of-the-log"
LINE = {"time", "level", "request_id", "route", "method", "status", "ms"}
database = pytest.mark.django_db(databases=["default", "keys"])


@contextmanager
def production():
    """What the handler of production's logging writes meanwhile, whoever logs."""
    configured = logs.json_lines()
    page = io.StringIO()
    handler = logging.StreamHandler(page)
    handler.setFormatter(JsonLines())
    handler.addFilter(ScrubFilter())
    names = [*configured["loggers"], None]
    before = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).addHandler(handler)
        logging.getLogger(name).setLevel(logging.DEBUG)
    try:
        yield page
    finally:
        for name in names:
            logging.getLogger(name).removeHandler(handler)
            logging.getLogger(name).setLevel(before[name])


def requests_in(page):
    rows = [json.loads(line) for line in page.getvalue().splitlines()]
    return [row for row in rows if "ms" in row]


@database
def test_a_request_is_one_line_of_seven_things(nobody):
    """A23."""
    with production() as page:
        answer = nobody.get(f"/glossary/{CANARY}/?q={CANARY}")

    (row,) = requests_in(page)
    assert set(row) == LINE
    assert (row["route"], row["method"], row["status"]) == ("glossary/<slug:slug>/", "GET", 404)
    assert row["request_id"] == answer["X-Request-ID"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", row["time"])
    assert 0 < row["ms"] < 60_000
    assert CANARY not in page.getvalue()


@database
def test_health_is_not_in_the_log_and_pages_from_memory_and_files_name_their_pattern(nobody):
    nobody.get("/privacy/")
    with production() as page:
        nobody.get("/healthz")
        nobody.get("/readyz")
        nobody.get("/privacy/")
        nobody.get("/static/css/components.css").close()

    assert [row["route"] for row in requests_in(page)] == ["privacy/", "static/"]


@database
def test_secrets_stand_in_no_line_wherever_they_came_from(cast, settings):
    """A22, A23: path, query, body, header, cookie, method, the error’s words, its causes, local variables, a log line’s own error."""
    settings.ROOT_URLCONF = "tests.core.urls_that_break"
    client = Client(raise_request_exception=False)
    client.force_login(cast["dev"])
    client.cookies["journal"] = CANARY
    sent = {"headers": {"user-agent": CANARY, "referer": CANARY, "x-forwarded-for": "203.0.113.99"}}

    with production() as page:
        for address in ("fault", "several", "database"):
            client.post(f"/breaks/{address}/?q={CANARY}", {"text": CANARY}, **sent)
        client.get(f"/learn/{CANARY}/{CANARY}/?next={CANARY}", **sent)
        client.get(f"/{CANARY}\x00/", **sent)
        client.generic("CANARY", "/learn/", **sent)
        client.post("/account/login/", {"login": f"{CANARY}@x.example", "password": CANARY}, **sent)
        logging.getLogger("allauth").error("It failed: %s", ValueError(CANARY))
        logging.getLogger().error(ValueError(CANARY))

    text = page.getvalue()
    rows = [json.loads(line) for line in text.splitlines()]
    assert "canary" not in text.lower()
    assert "203.0.113.99" not in text
    assert str(cast["dev"].pk) not in text
    assert cast["dev"].email not in text
    assert [row["method"] for row in requests_in(page)] == ["POST"] * 3 + ["GET"] * 2 + ["OTHER", "POST"]  # fmt: skip
    failed = next(row for row in rows if row.get("logger") == "django.request" and row["status"] == 500)  # fmt: skip
    assert (failed["route"], failed["error"][-1]) == ("breaks/fault/", "tests.core.urls_that_break.UnknownFault")  # fmt: skip


def test_everything_else_of_production_ends_in_the_same_form(tmp_path):
    """Loggers of packages and of the worker; a program that ends by an error says so without its words (A22)."""
    command = (
        "import logging, logging.config, config.settings.production as s;"
        "logging.config.dictConfig(s.LOGGING);"
        "[logging.getLogger(n).error('It failed: %s', ValueError('canary')) for n in"
        " ('', 'django.request', 'wagtail', 'allauth', 'lodestar.worker', 'lodestar.mail')];"
        "secret = 'canary'; raise KeyError(secret)"
    )

    ended = run(tmp_path, command, **GOOD, DJANGO_SETTINGS_MODULE="config.settings.production")

    rows = [json.loads(line) for line in ended.stderr.splitlines()]
    assert [row["message"] for row in rows] == ["It failed: ValueError"] * 6 + ["The program ended by an error."]  # fmt: skip
    assert rows[-1]["error"][-1] == "KeyError"
    assert "canary" not in ended.stderr
    assert ended.returncode == 1


def test_the_web_server_itself_writes_in_that_form():
    """Its supervising process loads no Django; what an error of the application said stands below its first line."""
    command = (
        "import json, logging; from granian.log import configure_logging, LogLevels;"
        "configure_logging(LogLevels.warning, json.load(open('config/granian_log.json')));"
        "logging.getLogger('_granian').info('quiet');"
        "logging.getLogger('_granian').error('Application callable raised an exception\\ncanary')"
    )

    ended = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True)  # fmt: skip

    (row,) = [json.loads(line) for line in ended.stderr.splitlines()]
    assert (row["logger"], row["message"]) == ("_granian", "Application callable raised an exception")  # fmt: skip
    assert ended.stdout == ""


def test_a_line_costs_a_request_next_to_nothing(rf):
    """A guard against something slow in the way of each request; what it costs is measured by hand (docs/operations.md)."""
    request = rf.get("/learn/")
    request.request_id, request.kept_route = "0123456789ab", "learn/"
    middleware = AccessLogMiddleware(lambda _request: type("Answer", (), {"status_code": 200})())
    with production() as page:
        began = time.process_time()
        for _ in range(1_000):
            middleware(request)
        spent = time.process_time() - began

    assert len(page.getvalue().splitlines()) == 1_000
    assert spent < 0.5
