"""Who was at a meeting: between that person and who facilitates, corrected by the person, counted by nobody."""

import re
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from cohorts.actions import (
    Noted,
    NotYet,
    call_off_meeting,
    join_cohort,
    note_attendance,
    say_attendance,
    take_back_attendance,
)
from cohorts.choices import Presence
from cohorts.models import Attendance
from tests.cohorts.meeting import HERE, called, held, of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
THERE, NOT_THERE, EXCUSED = Presence.THERE, Presence.NOT_THERE, Presence.EXCUSED


def note(house, meeting, name, state, by="mo", seen=""):
    noted = {house.people[name].pk: Noted(state, seen)}
    return note_attendance(meeting=meeting, noted=noted, by=house.people[by])


def say(house, meeting, name, state):
    return say_attendance(meeting=meeting, state=state, by=house.people[name])


def pressed(client, meeting, state):
    return client.post(of(meeting, "mine/"), {"state": state, "once": uuid4()})


def stands(meeting, member):
    row = meeting.attendances.filter(member=member).first()
    return (row.state, row.noted_by, row.noted_before) if row else None


def form_of(client, meeting):
    """The fields of the facilitator's form, as they stand."""
    page = client.get(of(meeting)).text
    seen = dict(re.findall(r'name="(seen-[\w-]+)"(?: value="(\w*)")?', page))
    chosen = {name.replace("seen", "state"): value for name, value in seen.items()}
    return seen | chosen


def test_a_facilitator_notes_who_was_there_in_one_form(as_, house):
    meeting, client = held(house), as_("mo")
    fields = form_of(client, meeting)
    dev, elu, hana = (house.people[name] for name in ("dev", "elu", "hana"))

    client.post(
        of(meeting, "attendance/"),
        fields | {f"state-{dev.pk}": THERE, f"state-{elu.pk}": NOT_THERE, "once": uuid4()},
    )

    assert len(fields) == 6
    assert stands(meeting, dev) == (THERE, house.mo, "")
    assert stands(meeting, elu) == (NOT_THERE, house.mo, "")
    assert stands(meeting, hana) is None
    page = client.get(of(meeting)).text
    assert len(re.findall(r'value="there"[^>]*checked', page)) == 1


def test_the_member_sees_what_was_noted_corrects_it_and_the_facilitator_sees_that(as_, house):
    meeting = held(house)
    note(house, meeting, "dev", NOT_THERE)
    client = as_("dev")

    before = client.get(of(meeting)).text
    pressed(client, meeting, THERE)

    assert "A facilitator noted that you were not there." in before
    assert stands(meeting, house.dev) == (THERE, house.dev, NOT_THERE)
    assert "they see both" in client.get(of(meeting)).text
    theirs = as_("mo").get(of(meeting)).text
    assert "corrects what was noted: was not there" in theirs
    assert f"state-{house.dev.pk}" not in theirs


def test_what_somebody_says_of_themselves_is_not_overwritten(as_, house):
    """Also by a form that was opened before."""
    meeting, client = held(house), as_("mo")
    fields = form_of(client, meeting)
    say(house, meeting, "dev", THERE)

    answer = client.post(
        of(meeting, "attendance/"), fields | {f"state-{house.dev.pk}": NOT_THERE}, follow=True
    )

    assert stands(meeting, house.dev) == (THERE, house.dev, "")
    assert "Dev Banerjee" in answer.text
    assert note(house, meeting, "dev", NOT_THERE) == {house.dev.pk}


def test_of_two_facilitators_at_once_neither_undoes_what_the_other_noted(as_, house):
    join_cohort(cohort=house.larch, member=house.ben, by=None, as_facilitator=True)
    meeting = held(house)
    mo, ben = as_("mo"), as_("ben")
    both = [form_of(client, meeting) for client in (mo, ben)]
    dev, elu = (f"state-{house.people[name].pk}" for name in ("dev", "elu"))

    mo.post(of(meeting, "attendance/"), both[0] | {dev: THERE})
    answer = ben.post(of(meeting, "attendance/"), both[1] | {dev: NOT_THERE, elu: THERE}, follow=True)  # fmt: skip

    assert stands(meeting, house.dev) == (THERE, house.mo, "")
    assert stands(meeting, house.elu) == (THERE, house.ben, "")
    assert "Saved, but not for Dev Banerjee" in answer.text
    untouched = form_of(ben, meeting)
    mo.post(of(meeting, "attendance/"), form_of(mo, meeting) | {elu: NOT_THERE})
    ben.post(of(meeting, "attendance/"), untouched | {dev: ""})
    assert stands(meeting, house.elu) == (NOT_THERE, house.mo, "")
    assert stands(meeting, house.dev) is None


@pytest.mark.parametrize("name", ["dev", "ana", "lena"])
def test_nobody_but_facilitators_notes_attendance(as_, house, name):
    """The backbone, too, sees the meeting and not who was there."""
    meeting = held(house)
    note(house, meeting, "elu", NOT_THERE)
    client = as_(name)

    page = client.get(of(meeting)).text
    answer = client.post(of(meeting, "attendance/"), {f"state-{house.dev.pk}": THERE})

    assert answer.status_code == 403
    assert "Who was there" not in page
    assert "Elu" not in page[page.index("<main") : page.index("</main")]
    assert Attendance.objects.filter(meeting=meeting).count() == 1
    with pytest.raises(PermissionDenied):
        note(house, meeting, "dev", THERE, by=name)


@pytest.mark.parametrize("name", ["fay", "rui", "gus", "ben"])
def test_to_others_the_addresses_are_unused(as_, house, name):
    """A8."""
    meeting = held(house)

    for rest in ("attendance/", "mine/"):
        assert as_(name).post(of(meeting, rest), {"state": "there"}).status_code == 404


def test_nobody_else_sees_who_was_there(as_, house):
    meeting = held(house)
    note(house, meeting, "elu", NOT_THERE)
    say(house, meeting, "hana", EXCUSED)
    words = re.compile(r"was not there|not there|could not come", re.IGNORECASE)

    for name in ("dev", "ana"):
        for page in (of(meeting), HERE, "/cohorts/larch/", "/today/", "/account/visible/"):
            text = as_(name).get(page).text
            text = re.sub(r">\s*I could not come\s*<", "><", text)
            assert words.findall(text[text.index("<main") :]) == [], (name, page)
    assert "noted that you were not there" in as_("elu").get(of(meeting)).text
    assert "noted: you were not there" in as_("elu").get(HERE).text


def test_beforehand_one_says_that_one_cannot_come_and_can_take_it_back(as_, house):
    meeting, client = called(house), as_("dev")
    early = pressed(client, meeting, THERE)

    pressed(client, meeting, EXCUSED)
    to_mo, to_ana = (as_(name).get(of(meeting)).text for name in ("mo", "ana"))
    said = client.get(of(meeting)).text
    pressed(client, meeting, "nothing")

    assert early["Location"] == of(meeting)
    assert "You said that you cannot come." in said
    assert "Cannot come" in to_mo
    assert "Dev Banerjee" in to_mo
    assert "Cannot come" not in to_ana
    assert stands(meeting, house.dev) is None
    with pytest.raises(NotYet):
        say(house, meeting, "dev", THERE)


def test_taking_back_lets_stand_what_was_noted_before(house):
    meeting = held(house)
    note(house, meeting, "dev", NOT_THERE)
    say(house, meeting, "dev", EXCUSED)
    say(house, meeting, "dev", THERE)

    take_back_attendance(meeting=meeting, by=house.dev)
    take_back_attendance(meeting=meeting, by=house.dev)

    assert stands(meeting, house.dev) == (NOT_THERE, None, "")


@pytest.mark.parametrize("state", ["", "not_there", "maybe", "\x00"])
def test_other_words_change_nothing(as_, house, state):
    meeting = held(house)

    answer = as_("dev").post(of(meeting, "mine/"), {"state": state}, follow=True)

    assert "Nothing was chosen" in answer.text
    assert meeting.attendances.count() == 0


def test_a_choice_that_does_not_exist_is_shown_again(as_, house):
    meeting, client = held(house), as_("mo")
    fields = form_of(client, meeting) | {f"state-{house.dev.pk}": "late", f"state-{house.elu.pk}": THERE}  # fmt: skip

    answer = client.post(of(meeting, "attendance/"), fields)

    assert answer.status_code == 200
    assert "Select a valid choice" in answer.text
    assert len(re.findall(r'value="there"[^>]*checked', answer.text)) == 1
    assert meeting.attendances.count() == 0


def test_before_it_begins_and_when_it_is_called_off_nobody_notes_anything(as_, house):
    meeting = called(house)

    assert as_("mo").post(of(meeting, "attendance/"), {}).status_code == 403
    call_off_meeting(meeting=meeting, by=house.mo)
    assert pressed(as_("dev"), meeting, EXCUSED).status_code == 403
    assert pressed(as_("mo"), held(house), THERE).status_code == 403
