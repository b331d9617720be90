"""What is logged names nobody: pseudonyms in the audit, patterns in the log, no values in an error report."""

import logging
import sys

import pytest
from django.test import RequestFactory

from accounts.actions import give_role
from accounts.choices import RoleKind
from core.audit import pseudonym
from core.logs import ReporterWithoutRequest, ScrubFilter
from core.models import AuditEvent

CANARY = "canary-of-the-log"
database = pytest.mark.django_db(databases=["default", "keys"])


@database
def test_an_act_is_recorded_under_pseudonyms(cast):
    give_role(member=cast["dev"], kind=RoleKind.EDITOR, reason=CANARY, by=cast["ana"])

    event = AuditEvent.objects.latest("at")

    assert (event.verb, event.actor, event.subject) == (
        "role.given", pseudonym(cast["ana"].pk), pseudonym(cast["dev"].pk),
    )  # fmt: skip
    written = " ".join(str(value) for value in AuditEvent.objects.values_list()[0])
    assert CANARY not in written
    assert str(cast["dev"].pk) not in written


@database
def test_the_request_log_holds_the_pattern_and_no_words(nobody, cast, caplog):
    """Row A23."""
    handler = logging.getLogger("django").handlers[0]
    lines: list[str] = []
    catcher = logging.Handler()
    catcher.emit = lambda row: lines.append(row.getMessage())  # type: ignore[method-assign]
    for one in handler.filters:
        catcher.addFilter(one)
    logging.getLogger("django").addHandler(catcher)
    try:
        nobody.get(f"/glossary/{CANARY}/?q={CANARY}")
    finally:
        logging.getLogger("django").removeHandler(catcher)

    assert any(isinstance(one, ScrubFilter) for one in handler.filters)
    assert len(lines) == 1
    assert lines[0].startswith("404 glossary/<slug:slug>/ id=")


def test_an_error_report_holds_names_without_values():
    """Row A22."""
    request = RequestFactory().post(
        f"/x/?q={CANARY}", {"entry": CANARY}, HTTP_COOKIE=f"sessionid={CANARY}"
    )
    try:
        secret = CANARY
        raise RuntimeError(len(secret))
    except RuntimeError:
        reporter = ReporterWithoutRequest(request, *sys.exc_info())
        text, page = reporter.get_traceback_text(), reporter.get_traceback_html()

    assert "secret" in page
    assert CANARY not in text
    assert CANARY not in page
