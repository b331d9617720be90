"""Whoever the story of a report names does not come to read it: the full name is refused, a part of it is asked about."""

import pytest

from accounts.models import User
from care.actions import name_people, resend_report, write_note
from care.actions.refusals import NotOpen, PerhapsNamed
from care.actions.turns import id_for
from care.models import Report
from care.naming import Named, named_in
from care.texts import about_in
from tests.care.hands import contact_of, form, make_contact, report_by

pytestmark = pytest.mark.django_db
SURE = "Send it to the person I chose"
FULL = ["Fay Lindqvist", "fay LINDQVIST", "Fay\u00a0 \nLindqvist", "FayLindqvist", "Lindqvist, Fay", "F a y Lindqvist", "Fay_Lindqvíst’s"]  # fmt: skip


@pytest.mark.parametrize("typed", FULL)
@pytest.mark.parametrize("where", ["happened", "wish_words", "about_words"])
def test_a_full_name_anywhere_is_refused(cast, as_, typed, where):
    make_contact(cast["rui"], cast["ana"], is_outside=True)
    sent = form(contact=str(contact_of(cast["fay"]).pk)) | {where: f"Yesterday {typed} laughed."}

    answer = as_("dev").post("/care/report/", sent)
    again = as_("dev").post("/care/report/", sent | {"sure": sent["contact"]})

    for page in (answer.text, again.text):
        assert "Fay Lindqvist cannot read this report" in page
        assert "laughed." in page
    assert Report.objects.count() == 0


@pytest.mark.parametrize("typed", ["Fay", "FAY’s", "Ms. Lindqvist"])
@pytest.mark.parametrize("where", ["happened", "wish_words", "about_words"])
def test_a_part_of_a_name_is_asked_about_once_and_nothing_is_lost(cast, as_, typed, where):
    dev = as_("dev")
    sent = form(contact=str(contact_of(cast["fay"]).pk)) | {where: f"Yesterday {typed} laughed."}

    asked = dev.post("/care/report/", sent)

    assert asked.status_code == 200
    assert "Your text names Fay Lindqvist, or somebody who is called alike." in asked.text
    assert (SURE in asked.text, "laughed." in asked.text) == (True, True)
    assert f'name="sure" value="{sent["contact"]}"' in asked.text
    assert Report.objects.count() == 0
    dev.post("/care/report/", sent | {"sure": sent["contact"]})
    assert Report.objects.count() == 1


def test_being_sure_of_one_contact_is_not_being_sure_of_another(cast, as_):
    dev = as_("dev")
    sent = form(contact=str(contact_of(cast["lena"]).pk)) | {"happened": "Lena and Fay laughed."}

    answer = dev.post("/care/report/", sent | {"sure": str(contact_of(cast["fay"]).pk)})

    assert "Your text names Lena Kowalski" in answer.text
    assert Report.objects.count() == 0


def test_another_contact_than_the_one_who_is_named_is_not_asked_about(cast, as_):
    sent = form(contact=str(contact_of(cast["lena"]).pk)) | {"happened": "Fay laughed."}

    assert as_("dev").post("/care/report/", sent).status_code == 302


def test_it_does_not_go_to_somebody_named_in_it_later_either(cast, as_):
    """Also when the name stands in a message that came after."""
    make_contact(cast["rui"], cast["ana"], is_outside=True)
    by, rui = cast["dev"], contact_of(cast["rui"])
    report = report_by(by, cast["lena"])
    write_note(report=report, note_id=id_for(by, rui.pk), text="It was Rui, I think.", by=by)

    with pytest.raises(PerhapsNamed):
        resend_report(report=report, contact=rui, by=by)
    address = f"/care/reports/{report.pk}/contact/"
    assert SURE in as_("dev").post(address, {"contact": str(rui.pk)}).text
    write_note(report=report, note_id=id_for(by, by.pk), text=f"Yes, {cast['rui']}.", by=by)
    with pytest.raises(NotOpen):
        resend_report(report=report, contact=rui, by=by, is_sure=True)


def test_words_that_are_added_and_perhaps_name_the_contact(cast, as_):
    report, dev = report_by(cast["dev"], cast["fay"]), as_("dev")
    address = f"/care/reports/{report.pk}/people/"

    asked = dev.post(address, {"about_words": "Fay was there."})

    assert "Your words name your contact" in asked.text
    assert "Fay was there." in asked.text
    assert about_in(Report.objects.get()).words == ""
    dev.post(address, {"about_words": "Fay was there.", "sure": str(report.pk)})
    assert about_in(Report.objects.get()).words == "Fay was there."
    assert Report.objects.get().handler != ""
    assert name_people(report=report, members=[], words="fay lindqvist", by=cast["dev"])
    assert Report.objects.get().handler == ""


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Jo Marsh", "The banjo marshals.", Named.NOT),
        ("Jo Marsh", "At the marsh.", Named.LIKELY),
        ("Zoë Ó Brien", "zoe o'brien", Named.IN_FULL),
        ("Hope", "I hope so.", Named.LIKELY),
        ("Ana de la Cruz", "de la", Named.NOT),
        ("王伟", "昨天王伟来了", Named.LIKELY),
        ("", "Anything.", Named.NOT),
        ("...", "...", Named.NOT),
        ("A (b", "a (b", Named.IN_FULL),
    ],
)
def test_how_names_are_found(name, text, found):
    assert named_in([text], name) is found


def test_who_has_chosen_no_name_is_named_by_nothing(cast, as_):
    User.objects.filter(pk=cast["fay"].pk).update(chosen_name="")
    sent = form(contact=str(contact_of(cast["fay"]).pk)) | {"happened": "A new member laughed."}

    assert as_("dev").post("/care/report/", sent).status_code == 302
