"""One's own copy, leaving, erasing and suspending, while a pulse is open and after it."""

import pytest

from accounts.leaving import leave
from backbone.pulse.actions import answer_pulse, close_pulse
from backbone.pulse.holdings import _erase, _export, leaving
from tests.backbone.pulse.story import HOME, flags, in_the_box, opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_pulses")]


@pytest.fixture
def pulse(cast):
    """Dev has answered."""
    row = opened(cast["mo"])
    answer_pulse(pulse=row, choices=[2], by=cast["dev"])
    return row


def test_the_copy_says_that_one_answered_while_it_is_open_and_never_what(cast, pulse):
    during = _export(cast["dev"])
    close_pulse(pulse=pulse, by=None)

    assert during == {"answered": [{"cohort": "Spring", "closes": pulse.closes_on.isoformat()}]}
    assert _export(cast["elu"]) == {"answered": []}
    assert _export(cast["dev"]) == {"answered": []}


def test_who_leaves_is_off_the_list_and_what_they_chose_stays(cast, pulse):
    said = [str(remark.words) for remark in leaving(member=cast["dev"])]

    leave(by=cast["dev"], takes_along=False)

    assert "nobody, and no program, can tell which answers are yours" in said[0]
    assert leaving(member=cast["elu"]) == []
    assert cast["dev"].pk.hex not in flags(pulse)
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
