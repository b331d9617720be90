"""D4: how many signed without their name is counted once a week, and nobody who watches learns when somebody signs."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accountability.letter.actions import withdraw
from accountability.letter.models import Signature, UnnamedTally
from accountability.letter.permissions import current_version
from accountability.letter.tallying import count_unnamed, next_shown
from accounts.models import User
from core.suppression import Number, Why
from tests.accountability.letter.desk import CSV, DESK, FEED, LETTER, published, signed, written

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
A_WEEK = timedelta(days=7)


@pytest.fixture
def unsigned(cast):
    """Members who have not signed for themselves."""
    own = Signature.objects.for_oneself().values("member")
    return list(User.objects.exclude(pk__in=own).order_by("email"))


def everything(client):
    """All that somebody can fetch who signs in nowhere, with the marks by which a browser asks again."""
    found = {}
    for address in (LETTER, f"{LETTER}versions/1/", f"{LETTER}?q=r", f"{LETTER}versions/", CSV, FEED):  # fmt: skip
        answer = client.get(address)
        found[address] = (TOKEN.sub("", answer.text), answer.get("ETag"))
    return found


def weeks_later(weeks):
    return timezone.now() + weeks * A_WEEK


def said(client):
    return " ".join(client.get(LETTER).text.split())


@pytest.mark.django_db
class TestWhoWatches:
    def test_sees_nothing_change_when_somebody_signs_or_withdraws_without_a_name(
        self, cast, nobody
    ):
        before = everything(nobody)

        row = signed(cast["dev"])
        after_signing = everything(nobody)
        withdraw(signature=row, by=cast["dev"])

        assert Signature.objects.filter(member=cast["dev"]).count() == 0
        assert after_signing == before
        assert everything(nobody) == before

    def test_sees_the_number_of_the_week_and_its_day(self, unsigned, nobody):
        """Three had signed so; seven more do. Twelve and one more make the next number, and one week is not enough."""
        assert "Who signed without their name: few. Between none and five." in said(nobody)
        for member in unsigned[:7]:
            signed(member)
        assert count_unnamed(now=weeks_later(0)) == 0
        assert "Who signed without their name: few." in said(nobody)

        assert count_unnamed(now=weeks_later(1)) == 1
        assert "10 people signed without their name, as counted on" in said(nobody)
        first = said(nobody)
        for member in unsigned[7:12]:
            signed(member)
        count_unnamed(now=weeks_later(2))
        assert said(nobody) == first
        signed(unsigned[12])
        count_unnamed(now=weeks_later(3))

        assert "16 people signed without their name, as counted on" in said(nobody)

    def test_the_backbone_reads_no_other_number(self, cast, as_, unsigned):
        """D7: who publishes a version is not told how many are asked."""
        written(cast["ana"])
        page = as_("ana").get(f"{DESK}publish/").text

        for member in unsigned[:7]:
            signed(member)

        assert "Members who signed an earlier version get a notice" in page
        assert TOKEN.sub("", as_("ana").get(f"{DESK}publish/").text).split("once")[0] == TOKEN.sub("", page).split("once")[0]  # fmt: skip

    def test_is_told_the_same_where_one_signs(self, as_):
        page = as_("dev").get(f"{LETTER}sign/").text

        assert "counted once a week and moves only when at least six people differ" in page


@pytest.mark.django_db
def test_each_version_has_its_own_count_and_a_new_one_begins_with_few(cast, nobody, unsigned):
    for member in unsigned[:7]:
        signed(member)
    count_unnamed(now=weeks_later(1))
    published(cast["ana"])
    assert "Not counted yet." in nobody.get(LETTER).text

    assert count_unnamed(now=weeks_later(1)) == 1

    assert "Who signed without their name: few." in nobody.get(LETTER).text
    assert "10 people signed without their name" in nobody.get(f"{LETTER}versions/1/").text


@pytest.mark.django_db
def test_a_count_is_a_number_or_says_why_not(cast):
    tally = UnnamedTally.objects.get(version=current_version())
    assert (tally.why, tally.number) == ("few", None)

    for wrong in ({"why": ""}, {"number": 7}, {"why": "", "number": 7}):
        with pytest.raises(IntegrityError), transaction.atomic():
            UnnamedTally.objects.filter(pk=tally.pk).update(**wrong)


def test_whatever_is_shown_can_mean_six_counts_or_is_a_number_with_six_on_either_side():
    """Every count of up to 40 people, after every number that could stand there, of as many people or of others."""
    on, later = date(2026, 3, 2), date(2026, 3, 9)
    for people in (*range(12, 30), 40):
        befores = [None, Why.FEW, Why.NEARLY_ALL]
        befores += [Number(count, of, on) for of in (12, people, 40) for count in range(6, of - 5)]
        for before in befores:
            meanings: dict = {}
            for count in range(people + 1):
                meanings.setdefault(next_shown(before, count, people, later), []).append(count)
            for shown, counts in meanings.items():
                if isinstance(shown, Number) and shown != before:
                    assert 6 <= shown.count <= people - 6
                    assert not isinstance(before, Number) or abs(shown.count - before.count) >= 6
                else:
                    assert len(counts) >= 6, (people, before, shown, counts)


def test_of_fewer_than_twelve_people_nothing_is_said():
    shown = {next_shown(None, count, 11, date(2026, 3, 2)) for count in range(12)}

    assert shown == {Why.PEOPLE_FEW}
