"""One's own copy, leaving, erasing and suspending, while a pulse is open and after it."""

import pytest

from accounts.leaving import leave
from accounts.owncopy.contents import rooms_of
from backbone.pulse.actions import answer_pulse, close_pulse
from backbone.pulse.holdings import _erase, leaving, own_copy
from tests.backbone.pulse.story import HOME, flags, in_the_box, opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_pulses")]


def in_their_copy(member):
    """What their own copy says of pulses."""
    (part,) = own_copy(member)
    return list(part.rows())


@pytest.fixture
def pulse(cast):
    """Dev has answered."""
    row = opened(cast["mo"])
    answer_pulse(pulse=row, choices=[2], by=cast["dev"])
    return row


def test_the_copy_says_that_one_answered_while_it_is_open_and_never_what(cast, pulse):
    during = in_their_copy(cast["dev"])
    nothing_of_elus = in_their_copy(cast["elu"])
    for_operators = {room.name: room.data for room in rooms_of(cast["dev"], private=False)}
    close_pulse(pulse=pulse, by=None)

    assert during == [{"cohort": "Spring", "closes": pulse.closes_on.isoformat()}]
    assert nothing_of_elus == []
    assert not for_operators.get("pulse")
    assert in_their_copy(cast["dev"]) == []


def test_what_one_who_leaves_chose_stays_and_who_comes_back_answers_no_second_time(cast, pulse):
    said = [str(remark.words) for remark in leaving(member=cast["dev"])]

    leave(by=cast["dev"], takes_along=False)

    assert "nobody, and no program, can tell which answers are yours" in said[0]
    assert leaving(member=cast["elu"]) == []
    assert flags(pulse)[cast["dev"].pk.hex] == 1
    assert in_the_box(pulse) == ["2"]


def test_erasing_takes_them_off_every_open_list_and_may_be_run_again(cast, pulse):
    cast["dev"].memberships.all().delete()  # as the cohorts do before

    for step in _erase(cast["dev"]):
        step()
        step()

    assert cast["dev"].pk.hex not in flags(pulse)
    assert len(flags(pulse)) == 12


def test_who_is_suspended_finds_no_page_and_has_answered_all_the_same(as_, cast, pulse):
    dev = as_("dev")
    type(cast["dev"]).objects.filter(pk=cast["dev"].pk).update(is_active=False)

    assert dev.get(HOME).status_code == 302
    assert in_the_box(pulse) == ["2"]
