"""An error's words may be a member's: logs and reports keep its kind and where it came from, and nothing it says (A22, A23)."""

import io
import logging
import sys
from contextlib import contextmanager

import pytest
from django.test import Client
from django.utils.log import AdminEmailHandler

from core.loglines import where_it_happened, without_words
from core.logs import ReporterWithoutRequest
from tests.core.urls_that_break import CANARY, UnknownFault, fault

pytestmark = pytest.mark.django_db


@pytest.fixture
def breaking(settings):
    """A client of a site with addresses that fail."""
    settings.ROOT_URLCONF = "tests.core.urls_that_break"
    return Client(raise_request_exception=False)


@contextmanager
def written_by(name):
    """What the handlers of the site's own logging configuration write meanwhile for this logger."""
    page = io.StringIO()
    handler = logging.getLogger(name).handlers[0]
    before = handler.setStream(page)
    try:
        yield page
    finally:
        handler.setStream(before)


def test_the_log_of_a_failed_page_names_the_errors_and_their_places_and_none_of_their_words(
    breaking,
):
    with written_by("django") as page:
        answer = breaking.post("/breaks/fault/", {"text": CANARY})

    log = page.getvalue()
    assert answer.status_code == 500
    assert CANARY not in log
    assert CANARY not in answer.text
    assert "django.db.utils.IntegrityError\nwhich led to\nTraceback" in log
    assert log.rstrip().endswith("tests.core.urls_that_break.UnknownFault")
    assert 'urls_that_break.py", line 33, in fault' in log
    assert "500 breaks/fault/ id=" in log


def test_members_of_a_group_are_named_each(breaking):
    with written_by("django") as page:
        breaking.get("/breaks/several/")

    log = page.getvalue()
    assert CANARY not in log
    assert CANARY.encode("utf-16").hex() not in log
    # the group once more in the line that counts what failed
    assert [log.count(kind) for kind in ("UnicodeDecodeError", "ExceptionGroup", "ValueError")] == [1, 2, 1]  # fmt: skip


@pytest.mark.parametrize("name", ["django", "lodestar"])
def test_an_error_that_is_part_of_a_sentence_is_named_by_its_kind(name):
    with written_by(name) as page:
        logging.getLogger(name).error("It failed: %s", ValueError(CANARY))
        logging.getLogger(name).error("It failed: %(how)s", {"how": ValueError(CANARY)})
        logging.getLogger(name).error(ValueError(CANARY))

    lines = [line.split(f"{name} ", 1)[1] for line in page.getvalue().splitlines()]
    assert lines == ["It failed: ValueError", "It failed: ValueError", "ValueError"]


def caught():
    """What a failing view raises, as `sys.exc_info()` gives it."""
    try:
        fault(Client().get("/healthz").wsgi_request)
    except UnknownFault:
        return sys.exc_info()
    raise AssertionError


def test_an_error_report_holds_none_of_the_errors_words():
    reporter = ReporterWithoutRequest(None, *caught())
    text, page = reporter.get_traceback_text(), reporter.get_traceback_html()

    assert CANARY not in text
    assert CANARY not in page
    assert "UnknownFault" in text
    assert "direct cause" in text


def test_a_report_by_mail_holds_none_of_the_errors_words(settings, mailoutbox):
    settings.ADMINS = [("Gus", "gus@riverton.example")]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    log = logging.getLogger("tests.report")
    handler = AdminEmailHandler(include_html=True)
    log.addHandler(handler)
    try:
        log.error("A page failed.", exc_info=caught())
    finally:
        log.removeHandler(handler)

    assert len(mailoutbox) == 1
    mail = mailoutbox[0]
    assert mail.subject.endswith("ERROR: A page failed.")
    assert "UnknownFault" in mail.body
    assert CANARY not in mail.body
    assert CANARY not in mail.alternatives[0].content


def test_errors_that_name_each_other_come_to_an_end():
    first, second = ValueError(CANARY), TypeError(CANARY)
    first.__context__, second.__context__ = second, first

    told = where_it_happened(without_words(first))

    assert CANARY not in told
    assert (told.count("ValueError"), told.count("TypeError")) == (1, 1)


def test_a_developer_keeps_the_words(settings):
    """DEBUG is for one's own machine; production refuses it."""
    settings.DEBUG = True
    with written_by("lodestar") as page:
        logging.getLogger("lodestar").error("It failed.", exc_info=caught())

    assert f"{CANARY} cannot be read" in page.getvalue()
    assert (
        f"{CANARY} cannot be read" in ReporterWithoutRequest(None, *caught()).get_traceback_text()
    )
