"""Among whom a reporter chooses, and what happens when a contact may not read a report any more."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import ReportingLine
from care.actions import end_contact, name_people, resend_report
from care.actions.refusals import NotOpen
from care.models import Report
from care.permissions import can_see_report, contacts_open_to, reports_visible_to
from care.texts import About, about_in, parties_of
from cohorts.actions import join_cohort
from cohorts.models import Cohort
from tests.care.hands import WORDS, contact_of, form, listed, make_contact, report_by, who

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(cast):
    return report_by(cast["dev"], cast["fay"])


def test_nobody_with_authority_over_the_reporter_is_offered(cast):
    """Ben never to Jo, who reports to him; Mo never to those of spring; nobody to themselves."""
    for name in ("ben", "mo"):
        make_contact(cast[name], cast["ana"])

    def offered(name):
        return {contact.member.email.split("@")[0] for contact in contacts_open_to(cast[name])}

    assert offered("jo") == {"fay", "lena"}
    assert offered("dev") == {"fay", "lena", "ben"}
    assert offered("ana") == {"fay", "lena", "ben", "mo"}
    assert offered("ben") == {"fay", "lena"}
    assert offered("fay") == set()  # from outside there is nobody but herself


def test_a_boss_over_others_is_not_offered_either(cast):
    for member, boss in (("dev", "elu"), ("elu", "hana")):
        ReportingLine.objects.create(member=cast[member], boss=cast[boss])
    make_contact(cast["hana"], cast["ana"])

    with pytest.raises(NotOpen):
        report_by(cast["dev"], cast["hana"])


@pytest.mark.parametrize("change", ["away", "inside"])
def test_with_too_few_to_choose_the_page_says_so_and_leads_on(cast, as_, change):
    fay = contact_of(cast["fay"])
    fay.is_available, fay.is_outside = change != "away", change != "inside"
    fay.save()

    page = as_("dev").get("/care/report/").text
    sent = as_("dev").post("/care/report/", form(contact=str(contact_of(cast["lena"]).pk)))

    for text in (page, sent.text):
        assert "Nobody can read a report of yours here now" in text
        assert 'href="/help/"' in text
        assert "mailto:hello@riverton.example" in text
    assert WORDS in sent.text
    assert Report.objects.count() == 0


@pytest.mark.parametrize("named", ["by tick", "in words"])
def test_a_contact_who_is_named_does_not_get_it(cast, as_, named):
    make_contact(cast["rui"], cast["ana"], is_outside=True)
    fay = cast["fay"]
    sent = form(contact=str(contact_of(fay).pk))
    sent |= {"people": [str(fay.pk)]} if named == "by tick" else {"about_words": "fay LINDQVIST"}

    answer = as_("dev").post("/care/report/", sent)

    assert "Fay Lindqvist cannot read this report" in answer.text
    assert WORDS in answer.text
    assert Report.objects.count() == 0


def test_naming_the_contact_later_takes_it_from_them_at_once(cast, as_, report):
    make_contact(cast["rui"], cast["ana"], is_outside=True)
    dev, fay = as_("dev"), as_("fay")
    assert WORDS in fay.get(f"/care/reports/{report.pk}/").text

    dev.post(f"/care/reports/{report.pk}/people/", {"people": [str(cast["fay"].pk)]})

    assert fay.get(f"/care/reports/{report.pk}/").status_code == 404
    assert "Nobody reads your report now" in dev.get(f"/care/reports/{report.pk}/").text
    choice = dev.get(f"/care/reports/{report.pk}/contact/").text
    assert ("Fay Lindqvist" in choice, "Lena Kowalski" in choice) == (False, True)
    dev.post(f"/care/reports/{report.pk}/contact/", {"contact": str(contact_of(cast["lena"]).pk)})
    assert WORDS in as_("lena").get(f"/care/reports/{report.pk}/").text


def test_more_people_can_be_named_and_none_twice(cast, report):
    elu, ben = cast["elu"].pk, cast["ben"].pk
    name_people(report=report, members=[elu], words="the clerk", by=cast["dev"])
    name_people(report=report, members=[ben, elu], words="the clerk", by=cast["dev"])

    assert about_in(Report.objects.get()) == About((elu, ben), "the clerk")


def test_who_comes_to_have_authority_reads_it_no_more(cast, as_, report):
    """A18: a contact who facilitates the reporter's cohort by now, or whom they report to."""
    fay = as_("fay")
    assert fay.get(f"/care/reports/{report.pk}/").status_code == 200
    spring = Cohort.objects.get(slug="spring")
    join_cohort(cohort=spring, member=cast["fay"], by=None, as_facilitator=True)

    assert fay.get(f"/care/reports/{report.pk}/").status_code == 404
    assert who(cast, report, can_see_report) == listed(cast, report, reports_visible_to) == {"dev"}
    assert "has authority over you by now" in as_("dev").get(f"/care/reports/{report.pk}/").text


def test_a_contact_who_steps_back_reads_it_no_more_and_the_writer_chooses(cast, as_, report):
    dev = as_("dev")
    end_contact(contact=contact_of(cast["fay"]), by=cast["fay"])

    report.refresh_from_db()
    assert (report.handler, parties_of(report).handler) == ("", None)
    assert as_("fay").get(f"/care/reports/{report.pk}/").status_code == 404
    assert "There is something new for you in “Care”" in dev.get("/account/notices/").text
    assert "nobody reads now" in dev.get("/care/reports/").text
    with pytest.raises(PermissionDenied):
        resend_report(report=report, contact=contact_of(cast["lena"]), by=cast["lena"])


def test_a_contact_who_takes_no_new_ones_keeps_it_and_the_writer_is_told(cast, as_, report):
    as_("fay").post("/care/contact/", {"words": "I rest."})

    assert "takes no new reports now, and keeps yours" in as_("dev").get(f"/care/reports/{report.pk}/").text  # fmt: skip
    assert as_("fay").get(f"/care/reports/{report.pk}/").status_code == 200
