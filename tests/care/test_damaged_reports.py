"""A hand in the database damages a report. What its two people wrote to each other still opens, each message by itself."""

import pytest

from care.models import Report
from core.crypto.fields import Sealed
from tests.care.hands import report_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(cast):
    return report_by(cast["dev"], cast["fay"])


@pytest.mark.parametrize("name", ["happened", "wish", "about", "parties"])
def test_what_the_two_wrote_stands_there_when_the_report_itself_is_damaged(as_, report, name):
    """C4: each row opens, or not, by itself; both can go on writing."""
    for author, text in (("dev", "One more thing."), ("fay", "I have read it.")):
        as_(author).post(f"/care/reports/{report.pk}/write/", {"text": text})
    Report.objects.filter(pk=report.pk).update(**{name: Sealed(b"never sealed")})

    pages = {reader: as_(reader).get(f"/care/reports/{report.pk}/").text for reader in ("dev", "fay")}  # fmt: skip

    for page in pages.values():
        assert "This report cannot be opened" in page
        assert ("One more thing." in page, "I have read it." in page) == (True, True)
    who = "The person who wrote the report" if name == "parties" else "Dev Banerjee"
    assert f'<strong dir="auto">{who}</strong>' in pages["fay"]
    answer = as_("fay").post(f"/care/reports/{report.pk}/write/", {"text": "Shall we speak?"})
    assert answer.status_code == 302
