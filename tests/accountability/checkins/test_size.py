"""However many check-ins there are, a page asks the same questions.

Every question begins with the pair (the indexes of the numbers and of the one that comes do, too) or is of the worker, whose
indexes hold nothing that is settled; so a hundred thousand rows of others stand in nobody's way.
"""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accountability.checkins.models import CheckIn
from accountability.checkins.offers import buddy_card, today_card
from tests.accountability.checkins.story import FIRST, MONDAY, both_write, coming, hour, minute

pytestmark = pytest.mark.django_db


def passed(pair, how_many):
    """So many check-ins that lie behind."""
    first = CheckIn.objects.filter(pair=pair).count() + 1
    CheckIn.objects.bulk_create(
        CheckIn(
            pair=pair,
            number=1000 + number,
            planned_on=MONDAY.date(),
            due_at=MONDAY - timedelta(days=number),
            settled_at=MONDAY,
            revealed_at=MONDAY,
            looked_at=MONDAY,
            made_at=MONDAY,
        )
        for number in range(first, first + how_many)
    )


def queries(act):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        act()
    return len(seen)


def test_the_list_asks_the_same_for_one_and_for_three(as_, pair):
    dev = as_("dev")
    passed(pair, 1)
    dev.get("/today/")
    one = queries(lambda: dev.get(f"/buddy/check-ins/of/{pair.pk}/"))
    passed(pair, 2)
    three = queries(lambda: dev.get(f"/buddy/check-ins/of/{pair.pk}/"))
    passed(pair, 60)

    assert three == one
    assert queries(lambda: dev.get(f"/buddy/check-ins/of/{pair.pk}/?page=2")) == one


def test_the_card_of_buddies_asks_three_questions(rf, cast, pair):
    both_write(cast, pair)
    request = rf.get("/buddy/")
    card = partial(buddy_card, request=request, member=cast["dev"], pair=pair)
    assert queries(card) == 3
    passed(pair, 200)
    CheckIn.objects.coming().filter(pair=pair).update(number=9_000)  # the newest, as it always is

    assert queries(card) == 3
    assert "The next one:" in card()


def test_the_card_of_today_asks_one(rf, cast, pair):
    request = rf.get("/today/")
    request.user = cast["dev"]

    assert queries(lambda: today_card(request=request)) == 1
    assert "Your check-in is near" in str(today_card(request=request))


def test_a_page_of_parts_opens_them_with_one_key(as_, cast, pair):
    check_in = both_write(cast, pair)
    dev = as_("dev")
    dev.get("/today/")
    address = f"/buddy/check-ins/{check_in.pk}/"
    few = queries(lambda: dev.get(address))
    passed(pair, 50)

    assert queries(lambda: dev.get(address)) == few


def test_the_worker_asks_six_questions_when_nothing_is_to_be_done(pair):
    passed(pair, 300)

    assert queries(lambda: minute(MONDAY)) == 2
    assert queries(lambda: hour(MONDAY)) == 4
    assert coming(pair).due_at == FIRST
