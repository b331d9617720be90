"""What the page costs, however much there is, and the card on Today."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from accountability.buddies import offers
from accountability.buddies.actions import (
    ask_listed,
    confirm_agreement,
    leave_pair,
    propose_agreement,
)
from accountability.buddies.models import Agreement
from tests.accountability.buddies.story import open_up, pair_up, terms

pytestmark = pytest.mark.django_db
#: Row 6 of the aims allows 15, with what other rooms put there.
MOST = 15


def cost(client, path="/buddy/"):
    """The queries of a page for who has read their notices, and whose keys were opened a moment ago."""
    client.post("/account/notices/read/")
    client.get(path)
    with CaptureQueriesContext(connections["default"]) as queries:
        answer = client.get(path)
    assert answer.status_code == 200
    return len(queries)


def request_of(client, path="/today/"):
    return client.get(path).wsgi_request


def test_the_page_without_a_buddy_costs_the_same_however_many_ask_and_can_be_asked(cast, as_):
    dev = as_("dev")
    open_up(cast, "elu", "dev")
    ask_listed(member=cast["dev"], words="One", by=cast["ben"])
    one = cost(dev)

    open_up(cast, "jo", "ines", "marisol")
    for name in ("hana", "chioma"):
        ask_listed(member=cast["dev"], words="More", by=cast[name])

    assert cost(dev) == one <= MOST


def test_the_page_with_a_buddy_costs_the_same_for_two_and_for_three(cast, as_):
    pair = pair_up(cast, "dev", "elu")
    first = propose_agreement(pair=pair, terms=terms(), seen=None, by=cast["dev"])
    one = cost(as_("dev"))
    leave_pair(pair=pair, by=cast["dev"])
    trio = pair_up(cast, "dev", "elu", "jo")
    for name in ("dev", "elu", "jo"):
        newest = Agreement.objects.filter(pair=trio).order_by("-number").first()
        first = propose_agreement(
            pair=trio, terms=terms(), seen=newest and newest.pk, by=cast[name]
        )
    for name in ("dev", "elu"):
        confirm_agreement(pair=trio, agreement_id=first.pk, by=cast[name])
    propose_agreement(pair=trio, terms=terms(), seen=first.pk, by=cast["elu"])

    assert cost(as_("dev")) == one <= MOST


def test_the_page_of_agreements_costs_the_same_for_one_text_and_for_three(cast, as_):
    pair = pair_up(cast, "dev", "elu")
    path = f"/buddy/{pair.pk}/agreement/"
    newest = propose_agreement(pair=pair, terms=terms(), seen=None, by=cast["dev"])
    one = cost(as_("dev"), path)
    for name in ("elu", "dev", "elu"):
        newest = propose_agreement(pair=pair, terms=terms(), seen=newest.pk, by=cast[name])

    assert cost(as_("dev"), path) == one


def test_the_card_on_today_stands_there_when_something_waits_and_asks_once(cast, as_):
    request = request_of(as_("elu"))
    with CaptureQueriesContext(connections["default"]) as queries:
        assert offers.today_card(request=request) is None
    assert len(queries) == 1
    open_up(cast, "elu")
    for name in ("dev", "ben", "jo"):
        ask_listed(member=cast["elu"], words="Private words", by=cast[name])

    with CaptureQueriesContext(connections["default"]) as queries:
        card = offers.today_card(request=request)

    assert len(queries) == 1
    assert "The request of Dev Banerjee" in card
    assert "Private words" not in card


def test_the_card_names_a_text_that_waits_for_me(cast, as_):
    pair = pair_up(cast, "dev", "elu")
    propose_agreement(pair=pair, terms=terms(), seen=None, by=cast["dev"])

    assert "A text of your agreement waits for you" in as_("elu").get("/today/").text
    assert "waits for you" not in as_("dev").get("/today/").text


def test_how_it_works_stands_there_in_three_sentences(as_):
    page = as_("fay").get("/buddy/").text

    assert "Two people who trust each other write down what they will do" in page
    assert "Nobody of your cohorts is in the list at the moment." in page


def test_with_a_buddy_it_says_who_since_when_and_who_reads_along(cast, as_):
    pair_up(cast, "dev", "elu")

    page = as_("dev").get("/buddy/").text

    assert "Elu Whitehorse" in page
    assert "(they)" in page
    assert "City of Riverton Public Health" in page
    assert "A pair since" in page
    assert "Seen by the two of you, and nobody else" in page
    assert "ghost" not in page


def test_the_switch_can_be_turned_off_with_a_buddy_too(cast, as_):
    open_up(cast, "dev")
    pair_up(cast, "dev", "elu")

    assert "Be in the list no more" in as_("dev").get("/buddy/").text
    assert "Be in the list no more" not in as_("elu").get("/buddy/").text
