"""A meeting is called, noted and called off with keys alone, without script; dates are in the reader's language."""

import pytest

from caucuses.meetings.models import Meeting
from tests.caucuses.meetings.story import a_meeting, here, of, typed, winter
from tests.caucuses.story import a_room

MOST_STEPS = 80


def go_to(page, words, *, role="link"):
    """Press Tab until the focus is on what has this name, then Enter."""
    wanted = page.get_by_role(role, name=words, exact=True).first
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("node => node === document.activeElement"):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(words)


def go_into(page, name):
    """Press Tab until the focus is in this field, or in a part of it."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(name)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_fay_calls_a_meeting_by_keyboard_alone(browser_page, cast):
    seat = a_room(cast["fay"], cast["ines"])[0]
    page = browser_page("fay", width=360, js=False)
    day = winter().date()

    page.goto(f"/caucuses/{seat.caucus_id}/")
    go_to(page, "Meetings")
    go_to(page, "Call a meeting")
    go_into(page, "day")
    page.keyboard.type(f"{day:%m%d%Y}")
    go_into(page, "at")
    page.keyboard.type("0600PM")
    go_into(page, "place")
    page.keyboard.type("The kitchen")
    go_to(page, "Call the meeting", role="button")
    assert "The kitchen" in page.inner_text("main")

    go_to(page, "Write in the notes")
    go_into(page, "text")
    page.keyboard.type("We began on time.")
    go_to(page, "Save", role="button")
    assert "We began on time." in page.inner_text("main")

    go_to(page, "Call it off")
    go_to(page, "Call it off", role="button")
    assert "This meeting was called off." in page.inner_text("main")
    meeting = Meeting.objects.get()
    assert f"{meeting.starts_at:%Y-%m-%d %H:%M}" == f"{winter():%Y-%m}-16 00:00"


@pytest.mark.django_db
def test_who_reads_spanish_reads_dates_in_spanish(as_, cast):
    seat = a_room(cast["fay"], cast["ines"])[0]
    meeting = a_meeting(seat, starts_at=winter(23))
    client = as_("ines")
    cast["ines"].language = "es"
    cast["ines"].save(update_fields=["language"])

    page = client.get(of(meeting)).text

    assert " de enero de " in page
    assert "January" not in page
    assert "17:00" in page


@pytest.mark.django_db
def test_a_facilitator_who_reads_spanish_types_the_same_day(as_, cast):
    seat = a_room(cast["fay"])[0]
    cast["fay"].language = "es"
    cast["fay"].save(update_fields=["language"])

    answer = as_("fay").post(here(seat, "new/"), typed(winter().date()))

    assert answer.status_code == 302
    assert Meeting.objects.get().starts_at.day == 16
