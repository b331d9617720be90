"""How it goes: a sentence and a word, with a reason for those who witness; reminders for the owner alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from accountability.commitments.actions import add_progress, remind, snooze
from accountability.commitments.choices import State
from accountability.commitments.counting import people_by_level_and_state
from accountability.commitments.models import Commitment, Progress
from accountability.commitments.texts import Text
from cohorts.models import Cohort
from core import doors
from notices.models import Notice
from tests.accountability.commitments.promises import promise, role_of, shared, witnessed

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def wall(cast):
    """Dev’s clock is at UTC, so that the hours of these stories are those on his wall."""
    cast["dev"].time_zone = "UTC"
    cast["dev"].save()


def say(as_, row, **more):
    return as_("dev").post(f"/commitments/{row.pk}/progress/", {"sentence": "So so", "state": "moving", **more})  # fmt: skip


def reminders(member):
    return Notice.objects.filter(member=member, kind="commitments.review").count()


def test_each_state_is_a_word_and_no_color_and_no_number(cast, as_):
    row = promise(cast["dev"])
    for state in State.values:
        say(as_, row, state=state, reason="We asked others" if state == "changed" else "")

    page = as_("dev").get(f"/commitments/{row.pk}/").text
    story = page[page.index('class="story"') : page.index("</ol>")]

    assert Progress.objects.count() == 5
    assert all(str(label) in story for label in State.labels)
    assert not any(word in story for word in ("tag", "good", "stop", "signal", "%", "<svg", "progress "))  # fmt: skip


def test_a_changed_one_needs_its_reason_and_keeps_the_sentence(cast, as_):
    row = promise(cast["dev"])

    answer = say(as_, row, state="changed")

    assert "Say why it changed" in answer.text
    assert "So so" in answer.text
    assert not Progress.objects.exists()
    with pytest.raises(ValueError, match="reason"):
        add_progress(by=cast["dev"], commitment=row, sentence="So", state="changed")


def test_an_unknown_state_and_a_long_sentence_are_sent_back(cast, as_):
    row = promise(cast["dev"])

    assert "Choose one of these words" in say(as_, row, state="failed").text
    assert "This has 10,000 characters" in say(as_, row, sentence="z" * 10_000).text
    assert not Progress.objects.exists()


def test_beside_harm_stands_guidance_and_the_way_to_help(cast, as_):
    page = as_("dev").get(f"/commitments/{promise(cast['dev']).pk}/progress/").text

    assert "Listen to those who were harmed" in page
    assert 'href="/help/"' in page


def test_the_reason_is_for_witnesses_and_never_published(cast, as_, nobody):
    row = shared(cast["dev"], "public")
    witnessed(row, cast["dev"], cast["hana"])

    say(as_, row, state="changed", reason="The union said no", publishes="on")

    public = nobody.get(f"/commitments/public/{row.copy.pk}/").text
    assert "So so" in public
    assert "The union said no" not in public
    assert "The union said no" in as_("hana").get(f"/commitments/{row.pk}/").text
    assert Notice.objects.filter(member=cast["hana"], kind="commitments.progress").count() == 1


def test_a_sentence_is_published_only_when_its_owner_says_so(cast, as_, nobody):
    row = shared(cast["dev"], "public")

    say(as_, row)

    assert "So so" not in nobody.get(f"/commitments/public/{row.copy.pk}/").text
    assert "So so" in as_("dev").get(f"/commitments/{row.pk}/").text


def test_a_review_date_reminds_once_and_once_more_after_fourteen_days(cast):
    witness = cast["hana"]
    row = promise(cast["dev"], review_on=date(2026, 5, 4))
    witnessed(row, cast["dev"], witness)

    told = [remind(NINE + timedelta(hours=hours)) for hours in (-24, -1, 0, 1, 24, 13 * 24, 14 * 24, 15 * 24, 60 * 24)]  # fmt: skip

    assert told == [0, 0, 1, 0, 0, 0, 1, 0, 0]
    assert (reminders(cast["dev"]), reminders(witness)) == (2, 0)
    row.refresh_from_db()
    assert row.review_on == date(2026, 5, 4)


@pytest.mark.parametrize(
    ("zone", "hours"),
    [
        ("Pacific/Kiritimati", -14),
        ("America/Los_Angeles", 7),
        ("Asia/Kathmandu", -5),
        ("Nowhere/At_All", 0),
    ],
)
def test_it_is_nine_on_the_owners_wall(cast, zone, hours):
    cast["dev"].time_zone = zone
    cast["dev"].save()
    promise(cast["dev"], review_on=date(2026, 5, 4))

    assert remind(NINE + timedelta(hours=hours, minutes=-61)) == 0
    assert remind(NINE + timedelta(hours=hours, minutes=30)) == 1


def test_snoozing_begins_anew_and_saying_how_it_goes_ends_it(cast, as_):
    row = promise(cast["dev"], review_on=date(2026, 5, 4))
    remind(NINE)
    snooze(by=cast["dev"], commitment=row, until=date(2026, 5, 20))

    assert remind(NINE + timedelta(days=15)) == 0
    assert remind(NINE + timedelta(days=16)) == 1
    with time_machine.travel(NINE + timedelta(days=17), tick=False):
        say(as_, row)
    assert remind(NINE + timedelta(days=90)) == 0
    row.refresh_from_db()
    assert row.review_on is None


def test_a_button_moves_the_day_and_nothing_is_late(cast, as_):
    row = promise(cast["dev"], review_on=date(2020, 1, 1))
    with time_machine.travel(NINE, tick=False):
        page = as_("dev").get(f"/commitments/{row.pk}/").text
        as_("dev").post(f"/commitments/{row.pk}/later/", {"later": "7"})

    row.refresh_from_db()
    assert row.review_on == date(2026, 5, 11)
    assert "You wanted to look at this" in page
    assert not any(word in page.lower() for word in ("overdue", "missed", "failed"))
    assert "Choose a day." in as_("dev").post(f"/commitments/{row.pk}/later/", {"later": "9"}).text


def test_a_vacant_role_reminds_nobody_and_waits(cast):
    role = role_of(cast["dev"])
    row = promise(cast["dev"], role=role, review_on=date(2026, 5, 4))
    type(role).objects.update(holder=None, accepted_at=None)

    assert remind(NINE) == 0
    assert Commitment.objects.get(pk=row.pk).nudges == 0


def test_today_says_what_one_wanted_to_look_at_in_two_questions(cast, as_, django_assert_num_queries, rf):  # fmt: skip
    request = rf.get("/today/")
    request.user = cast["dev"]
    card = next(offer for offer in doors.offers("today_card") if "commitments" in offer.__module__)
    with time_machine.travel(NINE, tick=False):
        promise(cast["dev"], review_on=date(2026, 5, 20))
        assert card(request=request) is None
        promise(cast["dev"], review_on=date(2026, 5, 9))
        with django_assert_num_queries(1):
            shown = card(request=request)

    assert "You wanted to look at this" in shown
    assert "hiring" not in shown


def test_people_are_counted_and_not_their_promises(cast):
    spring = Cohort.objects.get(slug="spring")
    for text in (Text("a", levels=("personal", "structural")), Text("b", levels=("personal",))):
        promise(cast["dev"], text)
    moving = promise(cast["elu"], Text("c", levels=("personal",)))
    add_progress(by=cast["elu"], commitment=moving, sentence="s", state="stuck")
    add_progress(by=cast["elu"], commitment=moving, sentence="s", state="moving")
    promise(cast["fay"], Text("d", levels=("personal",)))

    assert people_by_level_and_state(spring) == {
        ("personal", ""): 1,
        ("structural", ""): 1,
        ("personal", "moving"): 1,
    }
