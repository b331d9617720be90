"""Dev reports to Fay. The two of them read it, and nobody else learns that it exists."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.utils import timezone

from accounts.models import User
from care.actions import (
    set_state,
    withdraw_report,
    write_note,
)
from care.actions.refusals import NotNow, TooMany, Withdrawn
from care.actions.reports import prune_reports
from care.choices import TRANSITIONS, State
from care.models import Report, ReportNote
from care.permissions import (
    can_handle_report,
    can_see_report,
    did_write_report,
    reports_handled_by,
    reports_visible_to,
    reports_written_by,
)
from cohorts.models import Prompt, Reply
from core import register
from core.crypto import owners
from core.crypto.envelope import CannotOpen
from core.crypto.owners import Owner
from core.models import AuditEvent, FormResult, KeyOwner, OwnerKind
from notices.models import Notice
from tests.care.hands import WORDS, contact_of, form, listed, report_by, seen, who

pytestmark = pytest.mark.django_db

PAGES = ("", "write/", "state/", "contact/", "people/", "withdraw/")


@pytest.fixture
def report(cast):
    return report_by(cast["dev"], cast["fay"])


def news_of(member):
    return Notice.objects.filter(member=member, kind="care.news", read_at=None).count()


def test_only_the_two_know_of_it(cast, report):
    for rule, rows, expected in (
        (did_write_report, reports_written_by, {"dev"}),
        (can_handle_report, reports_handled_by, {"fay"}),
        (can_see_report, reports_visible_to, {"dev", "fay"}),
    ):
        assert who(cast, report, rule) == listed(cast, report, rows) == expected


def test_everybody_else_gets_what_is_said_of_none(cast, as_, report):
    """A2, A3, A8: Ana, Lena, Mo, Gus and the one who is named get the same 404 for it as for an unused id."""
    for name in sorted(cast.keys() - {"dev", "fay"}):
        client = as_(name)
        for page in PAGES:
            for method in ("get", "post"):
                there, none = (
                    seen(getattr(client, method)(f"/care/reports/{key}/{page}", {"text": "x"}))
                    for key in (report.pk, uuid4())
                )
                assert there == none, (name, page)
                refused = (method, page) in {("get", "write/"), ("get", "state/"), ("post", "")}
                assert there[0] == (405 if refused else 404)
    assert ReportNote.objects.count() == 0


def test_it_leaves_no_mark(cast, as_):
    """No row of the audit, no mark of the form, nothing in the session; the table names nobody."""
    audit, dev = AuditEvent.objects.count(), as_("dev")
    sent = form(contact=str(contact_of(cast["fay"]).pk))

    answer = dev.post("/care/report/", sent)

    report = Report.objects.get()
    assert answer.headers["Location"] == f"/care/reports/{report.pk}/"
    assert (AuditEvent.objects.count(), FormResult.objects.count()) == (audit, 0)
    assert {
        key for key in dict(dev.session.items()) if not key.startswith(("_", "account"))
    } == set()
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT * FROM care_report")
        row = b"|".join(v if isinstance(v, bytes) else bytes(v) if isinstance(v, memoryview) else str(v).encode() for v in cursor.fetchone())  # fmt: skip
    for member in (cast["dev"], cast["fay"]):
        assert str(member.pk).encode() not in row
        assert member.pk.hex.encode() not in row
    assert b"kitchen" not in row


def test_the_same_form_sent_twice_sends_one(cast, as_):
    dev, sent = as_("dev"), form(contact=str(contact_of(cast["fay"]).pk))

    places = {dev.post("/care/report/", sent).headers["Location"] for _ in range(2)}

    assert places == {f"/care/reports/{Report.objects.get().pk}/"}
    assert news_of(cast["fay"]) == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"happened": " "}, "Write a sentence or two first"),
        ({"happened": "x" * 20_001}, "This has 20,001 characters; 20,000 fit"),
        ({"wish": ""}, "Choose what you want"),
        ({"contact": ""}, "Choose who shall read it"),
        ({"contact": str(uuid4())}, "This person cannot be chosen any more"),
        ({"people": [str(uuid4())]}, "is not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(cast, as_, change, sentence):
    """A4 for the last three: who is not offered cannot be chosen."""
    sent = form(contact=str(contact_of(cast["fay"]).pk), about_words="the front desk") | change

    answer = as_("dev").post("/care/report/", sent)

    assert answer.status_code == 200
    assert sentence in answer.text
    assert "the front desk" in answer.text
    assert sent["happened"].strip() in answer.text
    assert Report.objects.count() == 0


def test_what_was_typed_comes_back_when_the_log_in_has_ended(nobody):
    answer = nobody.post("/care/report/", form())

    assert answer.status_code == 403
    assert WORDS in answer.text


def test_only_the_contact_says_how_far_it_is(cast, as_, report):
    dev, fay, address = as_("dev"), as_("fay"), f"/care/reports/{report.pk}/"
    assert dev.post(f"{address}state/", {"to": "closed"}).status_code == 403

    for state in ("read", "working", "closed"):
        fay.post(f"{address}state/", {"to": state})
        report.refresh_from_db()
        assert report.state == state
    assert "closed" in dev.get(address).text
    assert report.closed_at is not None
    assert news_of(cast["dev"]) == 1  # told once until they look


@pytest.mark.parametrize("state", State.values)
def test_states_follow_the_table(cast, report, state):
    closed = timezone.now() if state in {"closed", "withdrawn"} else None
    for to in State:
        Report.objects.filter(pk=report.pk).update(state=state, closed_at=closed)
        if to in TRANSITIONS[state]:
            set_state(report=report, to=to, by=cast["fay"])
            assert Report.objects.get().state == to
        else:
            with pytest.raises((NotNow, Withdrawn)):
                set_state(report=report, to=to, by=cast["fay"])


def test_a_press_on_an_old_page_says_how_it_stands(as_, report):
    fay, address = as_("fay"), f"/care/reports/{report.pk}/"
    fay.post(f"{address}state/", {"to": "working"})

    answer = fay.post(f"{address}state/", {"to": "read"})

    assert answer.status_code == 409
    assert "This report is further than the page from which you pressed" in answer.text


def test_the_two_write_to_each_other(cast, as_, report):
    dev, fay, address = as_("dev"), as_("fay"), f"/care/reports/{report.pk}/"
    once = str(uuid4())

    for _ in range(2):
        fay.post(f"{address}write/", {"text": "I have read it. <b>Shall we talk?</b>", "once": once})  # fmt: skip
    dev.post(f"{address}write/", {"text": "Thursday.", "once": str(uuid4())})

    assert ReportNote.objects.count() == 2
    assert Report.objects.get().state == State.READ
    assert "&lt;b&gt;Shall we talk?&lt;/b&gt;" in dev.get(address).text
    assert "Thursday." in fay.get(address).text


def test_a_message_that_is_empty_or_too_long_is_kept_in_the_form(as_, report):
    answer = as_("dev").post(f"/care/reports/{report.pk}/write/", {"text": "y" * 5_001})

    assert "This has 5,001 characters; 5,000 fit" in answer.text
    assert "y" * 5_001 in answer.text


def test_withdrawing_destroys_it_with_its_key(cast, as_, report):
    """C2, C8: what is left are bytes of nothing; a second press changes nothing."""
    write_note(report=report, note_id=uuid4(), text="And he laughed.", by=cast["dev"])
    before = Report.objects.get()

    for _ in range(2):
        as_("dev").post(f"/care/reports/{report.pk}/withdraw/")

    row = Report.objects.get()
    assert (row.state, ReportNote.objects.count()) == ("withdrawn", 0)
    assert KeyOwner.objects.get(kind=OwnerKind.REPORT, ref=report.pk).destroyed_at is not None
    with pytest.raises(CannotOpen):
        str(before.happened)  # a row from an old backup
    with pytest.raises(CannotOpen):
        str(row.happened)
    assert "A report that was withdrawn" in as_("fay").get("/care/reports/").text
    assert "There is something new" not in as_("fay").get("/account/notices/").text
    assert "withdrawn" not in as_("dev").get("/care/reports/").text


def test_what_the_contact_was_writing_when_it_was_withdrawn_comes_back(cast, as_, report):
    withdraw_report(report=report, by=cast["dev"])

    answer = as_("fay").post(f"/care/reports/{report.pk}/write/", {"text": "I have read it."})

    assert answer.status_code == 409
    assert "Nothing of it is left" in answer.text
    assert "I have read it." in answer.text
    assert ReportNote.objects.count() == 0


@pytest.mark.parametrize("by", ["fay", "ana", "elu"])
def test_nobody_else_withdraws_it(cast, report, by):
    """A3."""
    with pytest.raises(PermissionDenied):
        withdraw_report(report=report, by=cast[by])

    assert Report.objects.get().happened == WORDS


def test_a_withdrawal_that_was_cut_off_is_finished_by_a_second_press(cast, as_, report):
    """H10: the key is gone, the row is not. The page says that it cannot be opened; nothing can be written in it."""
    owners.destroy(Owner(OwnerKind.REPORT, report.pk))
    dev, address = as_("dev"), f"/care/reports/{report.pk}/"

    assert "This report cannot be opened" in dev.get(address).text
    assert "A report that cannot be opened" in dev.get("/care/reports/").text
    assert dev.post(f"{address}write/", {"text": "Still there?"}).status_code == 409
    dev.post(f"{address}withdraw/")
    assert Report.objects.get().is_withdrawn


def test_one_report_that_is_damaged_leaves_the_others_open(cast, as_, report):
    """C3, C4: a value moved from another report is refused."""
    other = report_by(cast["dev"], cast["lena"], happened="Something else.")
    for name in ("parties", "happened"):
        moved = Report.objects.get(pk=other.pk).__dict__[name]
        Report.objects.filter(pk=report.pk).update(**{name: moved})

    page = as_("dev").get("/care/reports/").text

    assert ("A report that cannot be opened" in page, "A report to Lena Kowalski" in page) == (True, True)  # fmt: skip
    assert "This report cannot be opened" in as_("dev").get(f"/care/reports/{report.pk}/").text


def test_at_most_five_a_day(cast, as_):
    for _ in range(5):
        report_by(cast["dev"], cast["fay"])
    with pytest.raises(TooMany):
        report_by(cast["dev"], cast["lena"])
    answer = as_("dev").post("/care/report/", form(contact=str(contact_of(cast["fay"]).pk)))
    assert "You have sent several reports today" in answer.text
    assert WORDS in answer.text
    report_by(cast["elu"], cast["fay"])

    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1), tick=False):
        report_by(cast["dev"], cast["fay"])

    assert Report.objects.count() == 7


def test_closed_ones_go_after_a_year_with_their_key(cast, report):
    open_one = report_by(cast["dev"], cast["fay"])
    gone = report_by(cast["dev"], cast["fay"])
    set_state(report=report, to=State.CLOSED, by=cast["fay"])
    withdraw_report(report=gone, by=cast["dev"])

    with time_machine.travel(timezone.now() + timedelta(days=29), tick=False):
        assert prune_reports() == 0
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        assert prune_reports() == 1
    with time_machine.travel(timezone.now() + timedelta(days=366), tick=False):
        assert prune_reports() == 1

    assert list(Report.objects.all()) == [open_one]
    assert KeyOwner.objects.get(ref=report.pk).destroyed_at is not None


def erase(member):
    holding = next(one for one in register.holdings() if one.name == "care")
    for step in holding.erase(member):
        step()


def test_when_the_writer_leaves_it_is_destroyed(cast, as_, report):
    """F5."""
    erase(cast["dev"])

    row = Report.objects.get()
    assert (row.state, row.writer) == ("withdrawn", "")
    assert KeyOwner.objects.get(ref=report.pk).destroyed_at is not None
    erase(cast["dev"])  # may be run again


def test_when_the_contact_leaves_it_stays_the_writers(cast, as_, report):
    erase(cast["fay"])

    assert Report.objects.get().handler == ""
    assert WORDS in as_("dev").get(f"/care/reports/{report.pk}/").text
    assert news_of(cast["dev"]) == 1


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("dev", 8), ("fay", 16)])
def test_the_list_asks_as_much_for_one_as_for_three(cast, as_, count, name, queries, django_assert_num_queries):  # fmt: skip
    for _ in range(count):
        report_by(cast["dev"], cast["fay"])
    client = as_(name)
    client.get("/care/reports/")

    with django_assert_num_queries(queries):
        client.get("/care/reports/")


def test_a_reply_is_reported_with_its_author_named(cast, as_):
    prompt = Prompt.objects.get(cohort__slug="spring")
    reply = Reply.objects.get(prompt=prompt, author=cast["ben"])
    talk = as_("dev").get(f"/cohorts/spring/talk/{prompt.pk}/").text
    page = as_("dev").get(f"/care/report/{cast['ben'].pk}/").text

    assert f'href="/care/report/{reply.author_id}/"' in talk
    assert f'value="{cast["ben"].pk}" id="id_people_0" checked' in page
    assert 'href="/care/report/' not in as_("dev").get("/cohorts/spring/").text


def test_the_cohorts_page_has_one_quiet_line(as_):
    page = as_("dev").get("/cohorts/spring/").text

    assert page.count("Someone here you would rather not meet?") == 1
    assert page.count('href="/care/') == 1


def test_a_page_that_fails_keeps_nothing_of_it(cast, as_, settings, caplog):
    """A22, A23: neither the page nor the log nor a mail holds what was typed."""
    settings.ROOT_URLCONF = "tests.core.urls_that_break"
    client = as_("dev")
    client.raise_request_exception = False

    answer = client.post("/breaks/fault/", form(about_words="Ben in the kitchen"))

    assert answer.status_code == 500
    assert ("kitchen" in answer.text, "kitchen" in caplog.text) == (False, False)


@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_and_a_message_at_once(cast):
    """H9: one after the other, whoever is first. In the end nothing of it is left."""
    report, start, ends = report_by(cast["dev"], cast["fay"]), threading.Barrier(2), []

    def run(act):
        start.wait()
        try:
            act()
            ends.append("done")
        except Withdrawn:
            ends.append("withdrawn")
        finally:
            connections.close_all()

    acts = (
        lambda: withdraw_report(report=report, by=cast["dev"]),
        lambda: write_note(report=report, note_id=uuid4(), text="I am here.", by=cast["fay"]),
    )
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(ends) in (["done", "done"], ["done", "withdrawn"])
    assert Report.objects.get().is_withdrawn
    assert ReportNote.objects.count() == 0
    assert User.objects.filter(pk=cast["dev"].pk).exists()
