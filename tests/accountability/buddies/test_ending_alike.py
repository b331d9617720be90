"""A pair that ends looks the same to the other whatever ended it: nothing tells that contact was stopped."""

import re

import pytest

from accountability.buddies import holdings
from accountability.buddies.actions import (
    accept_request,
    ask_listed,
    decline_request,
    leave_pair,
    set_openness,
)
from accountability.buddies.permissions import (
    can_read_words,
    requests_visible_to,
    words_readable_by,
)
from care.actions import stop_contact
from notices.models import Notice
from tests.accountability.buddies.story import open_up, pair_up

pytestmark = pytest.mark.django_db
TOKENS = re.compile(r'name="(?:csrfmiddlewaretoken|once)" value="[^"]*"')


@pytest.fixture
def pair(cast):
    return pair_up(cast, "dev", "elu")


def _without_tokens(text):
    return TOKENS.sub("", text)


@pytest.mark.parametrize("end", ["leaves", "stops contact", "is erased"])
def test_the_other_is_told_the_same_however_it_ended(cast, as_, pair, end):
    """A2, A8: an end without a notice would say that contact was stopped, and one with other words or pages as well."""
    ends = {
        "leaves": lambda: leave_pair(pair=pair, by=cast["dev"]),
        "stops contact": lambda: [stop_contact(by=cast["dev"], other=cast["elu"]) for _ in "ab"],
        "is erased": lambda: [step() for step in holdings._erase(cast["dev"])],
    }

    ends[end]()

    pair.refresh_from_db()
    assert pair.ended_at is not None
    notice = Notice.objects.get(member=cast["elu"])
    assert (notice.kind, notice.payload) == ("buddies.changed", {"pair": str(pair.pk)})
    assert not Notice.objects.filter(member=cast["dev"]).exists()
    assert "Your pair has ended" in as_("elu").get("/account/notices/").text


def test_a_pair_looks_the_same_to_the_other_when_one_leaves_and_when_one_stops_contact(cast, as_):
    """Elu's pages with Dev, who leaves, and Jo's with Ben, who stops contact, but for the names."""
    seen = []
    for one, other in (("dev", "elu"), ("ben", "jo")):
        open_up(cast, other)
        request = ask_listed(member=cast[other], words="Shall we?", by=cast[one])
        pair = accept_request(request=request, by=cast[other])
        set_openness(is_open=False, by=cast[other])
        if one == "dev":
            leave_pair(pair=pair, by=cast[one])
        else:
            stop_contact(by=cast[one], other=cast[other])
        pages = [f"/buddy/{pair.pk}/", f"/buddy/{pair.pk}/agreement/", f"/buddy/requests/{request.pk}/"]  # fmt: skip
        for page in ("/buddy/", *pages):
            text = as_(other).get(page).text.split("<main")[1].split("</main>")[0]
            seen.append(_of_nobody(text, cast[one], cast[other], pair, request))

    assert seen[:4] == seen[4:]


def _of_nobody(text, one, other, *rows):
    for member in (one, other):
        first = member.chosen_name.split()[0]
        for word in (str(member.pk), member.chosen_name, str(member.organization), member.initials, first):  # fmt: skip
            text = text.replace(word, "-")
    for row in rows:
        text = text.replace(str(row.pk), "-")
    return _without_tokens(text)


@pytest.mark.parametrize("end", ["leaves", "stops contact"])
def test_the_words_of_a_request_are_read_while_the_two_are_a_pair(cast, as_, end):
    open_up(cast, "elu")
    request = ask_listed(member=cast["elu"], words="I trust you", by=cast["dev"])
    address = f"/buddy/requests/{request.pk}/"
    pair = accept_request(request=request, by=cast["elu"])
    assert "I trust you" in as_("elu").get(address).text

    if end == "leaves":
        leave_pair(pair=pair, by=cast["elu"])
    else:
        stop_contact(by=cast["dev"], other=cast["elu"])

    assert "I trust you" not in as_("elu").get(address).text
    assert "I trust you" in as_("dev").get(address).text


def test_both_forms_of_the_rule_about_words_agree(cast):
    open_up(cast, "elu", "jo")
    rows = [
        ask_listed(member=cast["elu"], words="", by=cast["dev"]),
        ask_listed(member=cast["jo"], words="", by=cast["ben"]),
    ]

    def agree():
        readers = set()
        for name, member in cast.items():
            for row in requests_visible_to(member).annotate(has_words=words_readable_by(member)):
                assert bool(row.has_words) is can_read_words(member, row), name
                readers |= {name} if row.has_words else set()
        return readers

    assert agree() == {"dev", "elu", "ben", "jo"}
    pair = accept_request(request=rows[0], by=cast["elu"])
    decline_request(request=rows[1], by=cast["jo"])
    assert agree() == {"dev", "elu", "ben"}
    leave_pair(pair=pair, by=cast["dev"])
    assert agree() == {"dev", "ben"}
