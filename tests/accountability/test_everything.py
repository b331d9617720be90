"""Rows 6 and 12: Today, the page of a pair and one's commitments, with everything on them, cost the same for few and for many."""

from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accountability.buddies.actions import confirm_agreement, leave_pair, propose_agreement
from accountability.checkins.actions import hand_in, make_link, save_draft, save_notes
from accountability.checkins.models import Asking, CheckIn
from accountability.commitments.actions import add_progress, invite_witness, name_successor
from accounts.actions import offer_seat
from accounts.models import Body
from core.crypto import owners
from core.register import NoticeKind, notice_kinds
from notices.models import Notice
from notices.showing import lines, unread_count
from tests.accountability.buddies.story import pair_up, terms
from tests.accountability.checkins.story import DEVS, ELUS, coming
from tests.accountability.commitments.promises import promise, role_of, shared, witnessed
from tests.accountability.letter.desk import begun, colleague_of, published, signed
from tests.accountability.sharing.story import entry_of
from tests.accountability.sharing.story import shared as excerpt

pytestmark = pytest.mark.django_db
#: What each page asks of the database: at most 15, and never more for more.
ASKED = {"/today/": 14, "/buddy/": 13, "/commitments/": 11}


@pytest.fixture
def pair(cast):
    """Dev has left a pair with Jo; in his pair with Elu there is an agreement, and a text that waits for him."""
    dev, elu = cast["dev"], cast["elu"]
    before = pair_up(cast, "dev", "jo")
    text = propose_agreement(pair=before, terms=soon(), seen=None, by=dev)
    confirm_agreement(pair=before, agreement_id=text.pk, by=cast["jo"])
    save_draft(check_in=coming(before), by=dev, words=DEVS, seen=0)
    leave_pair(pair=before, by=cast["jo"])
    pair = pair_up(cast, "dev", "elu")
    text = propose_agreement(pair=pair, terms=soon(), seen=None, by=dev)
    confirm_agreement(pair=pair, agreement_id=text.pk, by=elu)
    propose_agreement(pair=pair, terms=soon(), seen=text.pk, by=elu)
    save_notes(pair=pair, by=elu, body="Bring the map.", seen=0)
    place = pair.places.get(member=dev)
    make_link(place=place, by=dev, title="")
    Asking.objects.create(place=place, member=dev, asked_at=timezone.now(), settled_at=None)
    return pair


@pytest.fixture
def dev(cast, as_, pair):
    """Dev, for whom something waits everywhere."""
    dev, elu = cast["dev"], cast["elu"]
    offer_seat(body=Body.objects.first(), member=dev, title="", by=cast["ana"])
    role = role_of(cast["jo"])
    type(role).objects.filter(pk=role.pk).update(organization=dev.organization)
    type(cast["jo"]).objects.filter(pk=cast["jo"].pk).update(organization=dev.organization)
    role.refresh_from_db()
    cast["jo"].refresh_from_db()
    name_successor(by=cast["jo"], role=role, member=dev)
    invite_witness(by=elu, commitment=promise(elu), member=dev)
    signed(dev)
    published(cast["ana"])
    begun(colleague_of(dev))
    return as_("dev")


def soon():
    return terms(first_on=timezone.localdate() + timedelta(days=2))


def one_more(cast, pair):
    """A check-in that both read, a commitment of each, one that Dev witnesses, an excerpt each way."""
    for name, words in (("dev", DEVS), ("elu", ELUS)):
        hand_in(check_in=coming(pair), by=cast[name], words=words, seen=0)
        row = shared(cast[name], "buddy", review_on=timezone.localdate())
        add_progress(by=cast[name], commitment=row, sentence="A step.", state="moving", review_on=timezone.localdate())  # fmt: skip
        excerpt(cast[name], pair, entry_of(cast[name]))
    witnessed(promise(cast["elu"]), cast["elu"], cast["dev"])
    CheckIn.objects.coming().filter(pair=pair).update(due_at=timezone.now() + timedelta(hours=5))


def cost(client):
    """The queries of each page, once the keys were opened and what is kept was made."""
    found = {}
    for path in ASKED:
        client.get(path)
        with CaptureQueriesContext(connections["default"]) as queries:
            answer = client.get(path)
        assert answer.status_code == 200
        found[path] = len(queries)
    return found


def test_the_three_pages_with_everything_on_them(cast, dev, pair):
    one_more(cast, pair)
    few = cost(dev)
    for _number in range(5):
        one_more(cast, pair)

    assert few == cost(dev) == ASKED
    today, buddy, commitments = (dev.get(path).text for path in ASKED)
    for words in (
        "Your check-in is near",
        "A text of your agreement waits for you",
        "You wanted to look at this",
        "There is a version 2",
        "signature waits",
    ):
        assert words in today
    for words in (
        "The next one:",
        "How is it going with your check-ins?",
        "The link for your calendar",
        "Shown to you",
        "Shown by you",
        "Commitments that you both may see",
        "Your text is kept for you",
        "What can still be read",
    ):
        assert words in buddy
    for words in ("You are asked to take the role", "Those you witness", "Somebody asks you"):
        assert words in commitments


def test_the_keys_are_asked_for_in_one_question(cast, dev, pair):
    """Whose they are, and the keys: of the pair, of both, for everything that stands on the page."""
    one_more(cast, pair)
    dev.get("/buddy/")
    owners.forget()

    with CaptureQueriesContext(connections["keys"]) as queries:
        dev.get("/buddy/")

    assert len(queries) == 2


def test_the_bell_knows_every_kind():
    """A kind without its rule would be counted by none."""
    assert [kind.name for kind in notice_kinds() if kind.known is NoticeKind.known] == []


def test_the_bell_counts_what_the_list_shows(cast, dev, pair):
    one_more(cast, pair)
    for member in cast.values():
        unread = Notice.objects.filter(member=member, read_at__isnull=True)
        assert unread_count(member) == len(lines(member, unread)), member

    kinds = set(Notice.objects.filter(member=cast["dev"]).values_list("kind", flat=True))
    assert len(kinds) >= 8
