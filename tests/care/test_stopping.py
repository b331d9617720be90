"""Dev keeps away from Paul. Paul, and everybody else, sees what they saw before."""

import json
import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from django.utils import timezone

from accountability.buddies.actions import ask_by_address, decline_request, form_pair, leave_pair
from accountability.buddies.choices import CameAbout
from accountability.commitments.models import Witness
from accounts.models import User
from care.actions import end_stop, stop_contact
from care.known import can_know_person, people_known_to
from care.models import Stop
from care.permissions import (
    any_stopped_among,
    can_see_stop,
    is_stopped_between,
    kept_away_from,
    stops_visible_to,
)
from cohorts.models import Membership
from core import doors
from core.crypto import owners
from core.crypto.owners import Owner
from core.models import AuditEvent, DataKey, FormResult, KeyOwner, OwnerKind
from core.tasks import work_off
from home.demo.initiative import email_of
from notices.models import Notice, OutboxMail
from tests.accountability.commitments.promises import promise
from tests.accountability.matching.hands import cohort_of, run_round, wants
from tests.care.hands import OF_THE_MOMENT, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def paul(cast):
    return User.objects.get(email=email_of("paul"))


@pytest.fixture
def heard(monkeypatch):
    """What the rooms above are asked at the door."""
    calls = []

    def listen(*, by, other):
        calls.append((by, other, connection.in_atomic_block))

    monkeypatch.setitem(doors._offers, "contact_stopped", [(1, "story", listen)])
    return calls


def test_it_holds_at_once_and_in_both_directions(cast, paul, heard):
    stop_contact(by=cast["dev"], other=paul)

    assert is_stopped_between(paul.pk, cast["dev"].pk)
    assert kept_away_from(cast["dev"], {paul.pk, cast["elu"].pk}) == {paul.pk}
    assert kept_away_from(paul, {cast["dev"].pk, cast["elu"].pk}) == {cast["dev"].pk}
    assert any_stopped_among([cast["elu"], paul, cast["dev"]])
    assert not any_stopped_among([cast["elu"], paul])
    assert heard == [(cast["dev"], paul, True)]


def test_a_second_press_changes_nothing(cast, paul, heard):
    first = stop_contact(by=cast["dev"], other=paul)

    second = stop_contact(by=cast["dev"], other=paul)

    assert (second.pk, second.at) == (first.pk, first.at)
    assert len(heard) == Stop.objects.count() == 1


def test_nobody_stops_contact_with_themselves_or_with_a_stranger(cast, heard):
    for other in (cast["dev"], cast["fay"]):
        with pytest.raises(PermissionDenied):
            stop_contact(by=cast["dev"], other=other)

    assert (heard, Stop.objects.count()) == ([], 0)


def test_only_who_stopped_knows(cast, paul):
    stop = stop_contact(by=cast["dev"], other=paul)
    everybody = {**cast, "paul": paul}

    can = {name for name, one in everybody.items() if can_see_stop(one, stop)}
    listed = {name for name, one in everybody.items() if stops_visible_to(one).exists()}

    assert can == listed == {"dev"}


def test_nothing_tells_the_other(cast, as_, paul):
    """A2, A8: every page of the one who is stopped, and of a third, has the same status and the same body as before."""
    client = as_("dev")
    client.force_login(paul)
    dev, elu = cast["dev"].pk, as_("elu")
    pages = [
        "/care/", "/care/stop/", f"/care/stop/{dev}/", "/care/stopped/", "/care/report/", f"/care/report/{dev}/",
        "/care/reports/", "/cohorts/spring/", "/today/", "/account/visible/", "/account/notices/", "/buddy/", "/help/",
    ]  # fmt: skip
    before = [(seen(client.get(page)), seen(elu.get(page))) for page in pages]
    traces = AuditEvent.objects.count(), Notice.objects.count(), OutboxMail.objects.count()

    pressed = as_("dev").post(f"/care/stop/{paul.pk}/")

    assert pressed.headers["Location"] == "/care/stopped/"
    assert [(seen(client.get(page)), seen(elu.get(page))) for page in pages] == before
    assert (
        AuditEvent.objects.count(),
        Notice.objects.count(),
        OutboxMail.objects.count(),
    ) == traces
    assert FormResult.objects.count() == 0


def test_the_work_is_the_same_for_who_is_stopped(cast, as_, paul, django_assert_num_queries):
    """Equal work: as many queries for the page about Dev, whether or not he keeps Paul away."""
    client = as_("dev")
    client.force_login(paul)
    address = f"/care/stop/{cast['dev'].pk}/"
    client.get(address)
    with django_assert_num_queries(8):
        client.get(address)

    stop_contact(by=cast["dev"], other=paul)

    with django_assert_num_queries(8):
        client.get(address)


def test_the_page_says_what_happens_and_then_that_it_did(cast, as_, paul):
    dev = as_("dev")

    before = dev.get(f"/care/stop/{paul.pk}/").text
    dev.post(f"/care/stop/{paul.pk}/")
    after = dev.get(f"/care/stop/{paul.pk}/").text

    assert "No more contact with Paul Nguyen?" in before
    assert ("Stop contact now" in before, "Stop contact now" in after) == (True, False)
    assert "You stopped contact on" in after


def test_whom_one_may_not_know_of_looks_like_nobody(cast, as_):
    """A2, A3: by GET and by POST, for who is not there, who is in no cohort of hers, and oneself."""
    fay = as_("fay")
    answers = {
        (method, *seen(getattr(fay, method)(f"/care/{page}/{one}/")))
        for one in (uuid4(), cast["dev"].pk, cast["fay"].pk)
        for page in ("stop", "report")
        for method in ("get", "post")
    }

    assert {(method, status) for method, status, _body in answers} == {("get", 404), ("post", 404)}
    assert len(answers) == 2
    assert Stop.objects.count() == 0


def test_both_forms_of_the_rule_agree(cast):
    for name, member in cast.items():
        known = set(people_known_to(member).values_list("pk", flat=True))
        can = {other.pk for other in User.objects.all() if can_know_person(member, other.pk)}
        assert can == known, name
    assert set(people_known_to(cast["fay"])) == set()
    assert cast["mo"] in people_known_to(cast["dev"])


def test_one_still_knows_whom_one_met_in_a_cohort(cast, paul):
    Membership.objects.filter(member=paul).update(left_at="2026-11-01T00:00Z")

    assert can_know_person(cast["dev"], paul.pk)


def reachable(as_, name, member):
    """Whether this member's pages to stop contact and to report are there for who is named."""
    client = as_(name)
    pages = {client.get(f"/care/{page}/{member.pk}/").status_code for page in ("stop", "report")}
    assert len(pages) == 1
    return pages == {200}


def test_a_buddy_who_shares_no_cohort_is_known_while_the_pair_can_be_read(cast, as_):
    pair = form_pair(members=[cast["gus"], cast["fay"]], came_about=CameAbout.ASKED)
    assert reachable(as_, "fay", cast["gus"])
    assert reachable(as_, "gus", cast["fay"])

    leave_pair(pair=pair, by=cast["gus"])

    assert reachable(as_, "fay", cast["gus"])
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        assert not reachable(as_, "fay", cast["gus"])


def test_who_asked_is_known_to_the_one_who_was_asked(cast, as_):
    """The other way round it would tell whether the address belongs to a member, and later that contact was stopped."""
    request = ask_by_address(address=cast["fay"].email, words="", by=cast["gus"])
    assert not reachable(as_, "fay", cast["gus"])
    work_off()

    assert (reachable(as_, "fay", cast["gus"]), reachable(as_, "gus", cast["fay"])) == (True, False)
    decline_request(request=request.__class__.objects.get(pk=request.pk), by=cast["fay"])
    assert (reachable(as_, "fay", cast["gus"]), reachable(as_, "gus", cast["fay"])) == (True, False)


def test_one_can_stop_the_asker_and_report_them_afterwards(cast, as_):
    ask_by_address(address=cast["fay"].email, words="", by=cast["gus"])
    work_off()
    before = as_("gus").get("/buddy/").text.split("<main")[1]

    as_("fay").post(f"/care/stop/{cast['gus'].pk}/")

    assert is_stopped_between(cast["fay"].pk, cast["gus"].pk)
    assert reachable(as_, "fay", cast["gus"])
    assert not reachable(as_, "gus", cast["fay"])
    assert OF_THE_MOMENT.sub("", as_("gus").get("/buddy/").text.split("<main")[1]) == OF_THE_MOMENT.sub("", before)  # fmt: skip


def test_who_was_proposed_to_one_is_known_also_when_that_is_over(cast, as_):
    reed = cohort_of(cast["gus"], cast["fay"])
    wants(cast["gus"], cast["fay"])
    run_round(reed)
    Membership.objects.filter(cohort=reed).delete()
    assert reachable(as_, "fay", cast["gus"])

    stop_contact(by=cast["gus"], other=cast["fay"])

    assert reachable(as_, "fay", cast["gus"])


def test_a_witness_is_known_and_knows_also_when_that_is_over(cast, as_):
    row = promise(cast["gus"])
    Witness.objects.create(commitment=row, member=cast["fay"], state="accepted")
    assert reachable(as_, "fay", cast["gus"])
    assert reachable(as_, "gus", cast["fay"])

    stop_contact(by=cast["gus"], other=cast["fay"])

    assert reachable(as_, "fay", cast["gus"])
    assert Witness.objects.get().state == "removed"


@pytest.mark.parametrize("lost", ["damaged", "destroyed"])
def test_it_holds_also_when_ones_own_key_is_lost(cast, as_, paul, caplog, lost):
    """C4, C6: the token alone keeps the two apart; the list says somebody, and can end it."""
    owner = Owner(OwnerKind.MEMBER, cast["dev"].pk)
    owners.current_key(owner)
    if lost == "destroyed":
        owners.destroy(owner)
    else:
        DataKey.objects.filter(owner=KeyOwner.objects.get(ref=owner.ref).pk).update(wrapped=b"x" * 60)  # fmt: skip
    owners.forget()

    pressed = as_("dev").post(f"/care/stop/{paul.pk}/")

    assert pressed.headers["Location"] == "/care/stopped/"
    assert is_stopped_between(paul.pk, cast["dev"].pk)
    page = as_("dev").get("/care/stopped/").text
    assert "<strong>Somebody</strong>" in page
    assert "care.stop" in caplog.text
    as_("dev").post(f"/care/stopped/{Stop.objects.get().pk}/end/")
    assert not is_stopped_between(paul.pk, cast["dev"].pk)


def test_ending_it_frees_ones_own_side_alone(cast, as_, paul):
    mine = stop_contact(by=cast["dev"], other=paul)
    stop_contact(by=paul, other=cast["dev"])

    as_("dev").post(f"/care/stopped/{mine.pk}/end/")

    assert is_stopped_between(cast["dev"].pk, paul.pk)
    assert [row.by for row in Stop.objects.all()] == [paul]


def test_nobody_ends_it_for_another(cast, as_, paul):
    """A3: pressed by others, nothing changes, and the answer is that for a stop that never was."""
    stop = stop_contact(by=cast["dev"], other=paul)
    with pytest.raises(PermissionDenied):
        end_stop(stop=stop, by=paul)

    answers = {
        (answer.status_code, answer.headers["Location"])
        for name in ("elu", "ana", "gus", "mo")
        for key in (stop.pk, uuid4())
        for answer in [as_(name).post(f"/care/stopped/{key}/end/")]
    }

    assert answers == {(302, "/care/stopped/")}
    assert list(Stop.objects.all()) == [stop]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_one_as_for_three(cast, as_, count, django_assert_num_queries):
    people = [cast["elu"], cast["ben"], cast["jo"]][:count]
    for other in people:
        stop_contact(by=cast["dev"], other=other)
    dev = as_("dev")
    dev.get("/care/stopped/")

    with django_assert_num_queries(7):
        page = dev.get("/care/stopped/").text

    assert [name for name in ("Elu", "Ben", "Jo") if f"{name} " in page] == ["Elu", "Ben", "Jo"][
        :count
    ]


def test_a_name_that_does_not_open_says_so_for_that_row_alone(cast, as_):
    first = stop_contact(by=cast["dev"], other=cast["elu"])
    second = stop_contact(by=cast["dev"], other=cast["ben"])
    moved = Stop.objects.get(pk=first.pk).__dict__["other"]  # still sealed, for the other row
    Stop.objects.filter(pk=second.pk).update(other=moved)

    page = as_("dev").get("/care/stopped/").text

    assert ("Elu Whitehorse" in page, "Ben Achterberg" in page) == (True, False)
    assert "This name cannot be opened" in page


def test_the_tables_do_not_say_who_is_kept_away(cast, paul):
    """C1: the row holds the id of who stopped, a token and bytes."""
    stop = stop_contact(by=cast["dev"], other=paul)

    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT * FROM care_stop")
        row = json.dumps([str(bytes(v) if isinstance(v, memoryview) else v) for v in cursor.fetchone()])  # fmt: skip

    assert stop.other == str(paul.pk)
    assert str(paul.pk) not in row
    assert paul.pk.hex not in row


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_stop_once(cast, paul):
    start, made = threading.Barrier(2), []

    def press():
        start.wait()
        try:
            made.append(stop_contact(by=cast["dev"], other=paul).pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(made) == 2
    assert set(made) == {Stop.objects.get().pk}
    assert isinstance(made[0], UUID)
