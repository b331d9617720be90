"""Two presses at the same moment: one takes effect, the other gets a sentence, and nothing is doubled."""

import threading

import pytest
from django.db import connections

from accountability.buddies.actions import (
    Conflict,
    Refused,
    accept_request,
    ask_listed,
    confirm_agreement,
    propose_agreement,
    withdraw_request,
)
from accountability.buddies.choices import WhyNot
from accountability.buddies.models import Agreement, Pair, Place, Request
from notices.models import Notice
from tests.accountability.buddies.story import open_up, pair_up, terms

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Every act in a thread of its own, begun together; what each gave or raised, in their order."""
    outcomes, start = [None] * len(acts), threading.Barrier(len(acts))

    def run(number, act):
        try:
            start.wait()
            outcomes[number] = act()
        except Exception as problem:
            outcomes[number] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def whys(outcomes):
    return sorted(
        row.why.value if isinstance(row, Refused) else type(row).__name__ for row in outcomes
    )


def test_both_ask_each_other(cast):
    open_up(cast, "dev", "elu")
    dev, elu = cast["dev"], cast["elu"]

    outcomes = at_once(
        lambda: ask_listed(member=elu, words="", by=dev),
        lambda: ask_listed(member=dev, words="", by=elu),
    )

    assert whys(outcomes) == ["Request", "asks_you"]
    assert Request.objects.count() == Notice.objects.filter(kind="buddies.asked").count() == 1


def test_two_people_accept_the_two_requests_that_lead_to_one(cast):
    """Elu has asked Dev, Dev has asked Jo: Dev says yes to Elu while Jo says yes to Dev."""
    open_up(cast, "dev", "jo")
    to_dev = ask_listed(member=cast["dev"], words="", by=cast["elu"])
    to_jo = ask_listed(member=cast["jo"], words="", by=cast["dev"])

    outcomes = at_once(
        lambda: accept_request(request=to_dev, by=cast["dev"]),
        lambda: accept_request(request=to_jo, by=cast["jo"]),
    )

    assert whys(outcomes) == ["Pair", "closed"]
    assert Pair.objects.count() == 1
    assert Place.objects.open().count() == 2
    assert sorted(Request.objects.values_list("state", flat=True)) == ["accepted", "lapsed"]


def test_one_accepts_twice(cast):
    open_up(cast, "elu")
    request = ask_listed(member=cast["elu"], words="", by=cast["dev"])

    outcomes = at_once(*[lambda: accept_request(request=request, by=cast["elu"])] * 3)

    assert whys(outcomes) == ["Pair", "closed", "closed"]
    assert Pair.objects.count() == Notice.objects.filter(kind="buddies.answered").count() == 1


def test_it_is_taken_back_while_it_is_accepted(cast):
    open_up(cast, "elu")
    request = ask_listed(member=cast["elu"], words="", by=cast["dev"])

    outcomes = at_once(
        lambda: withdraw_request(request=request, by=cast["dev"]),
        lambda: accept_request(request=request, by=cast["elu"]),
    )

    assert whys(outcomes) in (["NoneType", "withdrawn"], ["Pair", "closed"])
    assert Pair.objects.exists() is (Request.objects.get().state == "accepted")


def test_the_asker_found_another_buddy_meanwhile(cast):
    """The page of Elu is older than the pair of Dev and Jo."""
    open_up(cast, "elu")
    stale = ask_listed(member=cast["elu"], words="", by=cast["dev"])
    pair_up(cast, "dev", "jo")

    with pytest.raises(Refused) as refused:
        accept_request(request=stale, by=cast["elu"])

    assert refused.value.why is WhyNot.CLOSED
    assert Pair.objects.count() == 1


def test_an_asker_who_asks_twice_has_one_request(cast):
    open_up(cast, "elu", "jo")

    outcomes = at_once(
        lambda: ask_listed(member=cast["elu"], words="", by=cast["dev"]),
        lambda: ask_listed(member=cast["jo"], words="", by=cast["dev"]),
    )

    assert whys(outcomes) == ["Request", "asked"]


def test_both_write_a_first_text(cast):
    pair = pair_up(cast, "dev", "elu")

    outcomes = at_once(
        lambda: propose_agreement(pair=pair, terms=terms(), seen=None, by=cast["dev"]),
        lambda: propose_agreement(pair=pair, terms=terms(), seen=None, by=cast["elu"]),
    )

    assert sorted(type(row).__name__ for row in outcomes) == ["Agreement", "Conflict"]
    conflict = next(row for row in outcomes if isinstance(row, Conflict))
    assert conflict.newest == Agreement.objects.get()


def test_two_of_three_confirm_last(cast):
    trio = pair_up(cast, "dev", "elu", "jo")
    row = propose_agreement(pair=trio, terms=terms(), seen=None, by=cast["dev"])

    at_once(
        lambda: confirm_agreement(pair=trio, agreement_id=row.pk, by=cast["elu"]),
        lambda: confirm_agreement(pair=trio, agreement_id=row.pk, by=cast["jo"]),
    )

    assert Agreement.objects.get().state == "in_force"
    assert Notice.objects.filter(kind="buddies.agreed").count() == 2
