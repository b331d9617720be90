"""Opening a caucus: any member, five a day, and nothing of it under their name."""

from uuid import uuid4

import pytest
from django.core.cache import cache

from caucuses.choices import Joining, Keeping
from caucuses.models import Agreement, Caucus
from caucuses.permissions import seats_of
from caucuses.terms import Terms
from cohorts.actions import join_cohort
from cohorts.models import Cohort
from core.models import AuditEvent, FormResult
from tests.caucuses.story import a_room

pytestmark = pytest.mark.django_db

PATH = "/caucuses/open/"


def filled(**changes):
    return {
        "name": "The bench",
        "purpose": "To sit down.",
        "text": "We listen.\n\nWe rest.",
        "joining": "open",
        "is_listed": "on",
        "keeping": "keep",
        "wait_days": "7",
        "name_in_room": "Gus of the bench",
        "once": str(uuid4()),
        **changes,
    }


def test_any_member_opens_one_and_facilitates_it(as_, cast):
    answer = as_("gus").post(PATH, filled(), follow=True)

    assert "The bench" in answer.text
    (seat,) = seats_of(cast["gus"])
    assert (seat.is_facilitator, seat.is_named_at_door, seat.must_accept) == (True, False, False)
    assert str(seat.name) == "Gus of the bench"
    assert (str(seat.caucus.name), seat.caucus.joining, seat.caucus.is_listed) == ("The bench", Joining.OPEN, True)  # fmt: skip
    agreement = Agreement.objects.get(caucus=seat.caucus)
    assert str(agreement.text) == "We listen.\n\nWe rest."
    assert Terms.from_json(agreement.terms) == Terms("The bench", "To sit down.", Joining.OPEN, True, Keeping.KEEP, None, 7)  # fmt: skip


def test_a_text_to_begin_with_is_offered_and_the_page_says_what_opening_shows(as_):
    page = as_("gus").get(PATH).text

    assert "We speak for ourselves, from our own experience." in page
    assert "What opening it shows, and to whom" in page
    assert 'value="7"' in page


def test_words_may_end_with_a_cohort_that_the_opener_is_in(as_, cast):
    mine = Cohort.objects.create(slug="oak", name="Oak", starts_on="2026-01-01", ends_on="2099-01-01")  # fmt: skip
    join_cohort(cohort=mine, member=cast["gus"], by=None)
    other = Cohort.objects.create(slug="elm", name="Elm of others", starts_on="2026-01-01", ends_on="2099-01-01")  # fmt: skip
    client = as_("gus")

    assert "Elm of others" not in client.get(PATH).text
    refused = client.post(PATH, filled(keeping="cohort", cohort=str(other.pk)))
    forgotten = client.post(PATH, filled(keeping="cohort"))
    client.post(PATH, filled(keeping="cohort", cohort=str(mine.pk)))

    assert "Choose a cohort that you are in." in refused.text
    assert "Choose the cohort with whose end the words go." in forgotten.text
    (seat,) = seats_of(cast["gus"])
    assert Terms.from_json(Agreement.objects.get(caucus=seat.caucus).terms).cohort == mine.pk


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Give the caucus a name."),
        ({"purpose": "p" * 1001}, "1,001 characters; 1,000 fit"),
        ({"text": "t" * 10_001}, "10,001 characters; 10,000 fit"),
        ({"joining": "door"}, "Choose one of the three ways."),
        ({"is_listed": ""}, "Without a door nobody finds this way in."),
        ({"wait_days": "31"}, "Choose a number of days from 1 to 30."),
        ({"wait_days": "0"}, "Choose a number of days from 1 to 30."),
        ({"name_in_room": "\u200b"}, "Choose a name that the others can read"),
        ({"name_in_room": "n" * 61}, "this one has 61"),
    ],
)
def test_an_error_is_a_sentence_and_keeps_every_word(as_, changes, words):
    before = Caucus.objects.count()

    answer = as_("gus").post(PATH, filled(**changes))

    assert words in answer.text.replace("&#x27;", "'")
    assert "To sit down." in answer.text or "purpose" in changes
    assert "We rest." in answer.text or "text" in changes
    assert ("p" * 1001 in answer.text) == ("purpose" in changes)
    assert Caucus.objects.count() == before


def test_a_second_door_of_one_name_is_a_sentence(as_, cast):
    """Unlisted rooms are not compared: nobody learns of one by a refusal."""
    a_room(cast["dev"], is_listed=True, joining="open", name="People of color")
    a_room(cast["dev"], name="The hidden bench")
    client = as_("gus")

    twin = client.post(PATH, filled(name="Pe\u043eple of color"))
    hidden = client.post(PATH, filled(name="The hidden bench"))
    unlisted = client.post(PATH, filled(name="People of color", is_listed="", joining="invitation"))

    assert "Another caucus shows a door with this name" in twin.text
    assert "We rest." in twin.text
    assert (hidden.status_code, unlisted.status_code) == (302, 302)


def test_a_form_that_is_sent_twice_opens_one(as_, cast):
    client, form = as_("gus"), filled()

    client.post(PATH, form)
    client.post(PATH, form)

    assert len(seats_of(cast["gus"])) == 1


def test_a_sixth_in_a_day_waits_until_tomorrow_and_keeps_its_words(as_, cast, time_machine):
    client = as_("gus")
    for _number in range(5):
        assert client.post(PATH, filled(name=f"Bench {_number}")).status_code == 302

    answer = client.post(PATH, filled(text="Words of the sixth."))

    assert answer.status_code == 409
    assert "You have opened five caucuses within a day." in answer.text
    assert "Words of the sixth." in answer.text
    assert len(seats_of(cast["gus"])) == 5
    assert as_("mo").post(PATH, filled()).status_code == 302


def test_without_its_key_a_form_is_asked_for_again(as_, cast):
    """It would not be counted."""
    answer = as_("gus").post(PATH, filled(once=""))

    assert answer.status_code == 409
    assert "press once more" in answer.text
    assert seats_of(cast["gus"]) == []


def test_nothing_of_it_stands_under_the_members_id(as_, cast):
    gus, client = cast["gus"], as_("gus")
    client.get("/today/")
    acts, session = AuditEvent.objects.count(), dict(client.session)

    client.post(PATH, filled(), follow=True)

    assert not FormResult.objects.filter(member=gus.pk).exists()
    assert FormResult.objects.filter(form="caucuses:caucus_open").get().location == "/caucuses/"
    assert AuditEvent.objects.count() == acts
    assert dict(client.session) == session
    assert not [key for key in getattr(cache, "_cache", {}) if str(gus.pk) in str(key)]
