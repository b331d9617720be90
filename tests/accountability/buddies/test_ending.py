"""A rest, an end with one press, the thirty days after, one's own copy, stopped contact, and a member who leaves."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accountability.buddies import holdings
from accountability.buddies.actions import (
    accept_request,
    ask_by_address,
    ask_listed,
    confirm_agreement,
    leave_pair,
    propose_agreement,
    set_contact,
)
from accountability.buddies.actions.lapsing import prune_requests
from accountability.buddies.models import Agreement, Confirmation, Openness, Pair, Place, Request
from accountability.buddies.permissions import (
    pairs_writable_by,
)
from core import doors
from core.crypto import owners
from core.crypto.owners import Owner
from core.models import AuditEvent, KeyOwner, OwnerKind
from core.register import holdings as all_holdings
from notices.models import Notice
from tests.accountability.buddies.story import open_up, pair_up, spoil, stop, terms, worker

pytestmark = pytest.mark.django_db
TOKENS = re.compile(r'name="(?:csrfmiddlewaretoken|once)" value="[^"]*"')


@pytest.fixture
def pair(cast):
    return pair_up(cast, "dev", "elu")


def _without_tokens(text):
    return TOKENS.sub("", text)


def agreed(cast, pair, by="dev", *others, **changes):
    newest = pair.agreements.order_by("-number").first()
    row = propose_agreement(
        pair=pair, terms=terms(**changes), seen=newest and newest.pk, by=cast[by]
    )
    for name in others:
        confirm_agreement(pair=pair, agreement_id=row.pk, by=cast[name])
    return row


def copy_for(client, pair):
    answer = client.post(f"/buddy/{pair.pk}/export/")
    return json.loads(b"".join(answer.streaming_content)), answer


def test_a_rest_begins_and_ends_with_one_press(cast, as_, pair):
    as_("dev").post(f"/buddy/{pair.pk}/rest/")
    since = Place.objects.get(pair=pair, member=cast["dev"]).resting_since
    as_("dev").post(f"/buddy/{pair.pk}/rest/")

    assert Place.objects.get(pair=pair, member=cast["dev"]).resting_since == since
    assert "You take a rest." in as_("dev").get("/buddy/").text
    assert "takes a rest" in as_("elu").get("/buddy/").text
    assert not Notice.objects.filter(member=cast["elu"]).exists()
    as_("dev").post(f"/buddy/{pair.pk}/resume/")
    assert Place.objects.get(pair=pair, member=cast["dev"]).resting_since is None


def test_nobody_begins_the_rest_of_another(cast, as_, pair):
    as_("elu").post(f"/buddy/{pair.pk}/rest/")

    assert list(Place.objects.filter(resting_since__isnull=False)) == [
        Place.objects.get(member=cast["elu"])
    ]


def test_leaving_says_what_will_happen_and_then_does_it_with_one_press(cast, as_, pair):
    set_contact(pair=pair, contact="555 0101", by=cast["elu"])
    agreed(cast, pair, "dev", "elu")
    page = as_("dev").get(f"/buddy/{pair.pk}/leave/").text
    assert "You need no reason, and nobody asks for one." in page
    assert "<textarea" not in page

    as_("dev").post(f"/buddy/{pair.pk}/leave/")
    as_("dev").post(f"/buddy/{pair.pk}/leave/")

    assert not pairs_writable_by(cast["elu"]).exists()
    assert Notice.objects.filter(kind="buddies.changed").count() == 1
    for name in ("dev", "elu"):
        page = as_(name).get("/buddy/").text
        assert "Ask someone you trust" in page
        assert "Readable until" in page
        page = as_(name).get(f"/buddy/{pair.pk}/").text
        assert "Take your copy" in page
        assert "555 0101" not in page
        page = as_(name).get(f"/buddy/{pair.pk}/agreement/").text
        assert "We want to say what we see." in page
        assert "<form" not in page.split("<main", 1)[1].split("</main>")[0]
    with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1), tick=False):
        assert as_("dev").get(f"/buddy/{pair.pk}/").status_code == 404
        assert "Readable until" not in as_("dev").get("/buddy/").text


def test_after_the_end_nothing_is_written_any_more(cast, as_, pair):
    row = agreed(cast, pair)
    leave_pair(pair=pair, by=cast["dev"])
    for address, data in (
        ("rest/", {}), ("resume/", {}), (f"agreement/{row.pk}/confirm/", {}), (f"agreement/{row.pk}/take-back/", {}),
    ):  # fmt: skip
        page = as_("elu").post(f"/buddy/{pair.pk}/{address}", data, follow=True).text
        assert "This pair has ended, or you have left it. Nothing was changed." in page, address
    assert Agreement.objects.get().state == "proposed"
    assert Confirmation.objects.count() == 1
    assert not Place.objects.filter(resting_since__isnull=False).exists()


def test_each_takes_their_own_copy(cast, as_, pair):
    agreed(cast, pair, "dev", "elu")
    agreed(cast, pair, "elu", why="We grew.")
    leave_pair(pair=pair, by=cast["elu"])

    found, answer = copy_for(as_("dev"), pair)

    assert found["about"]["people"] == ["Dev Banerjee", "Elu Whitehorse"]
    assert [
        (row["number"], row["state"], row["written_by"], row["why"]) for row in found["agreements"]
    ] == [
        (1, "in_force", "Dev Banerjee", "We want to say what we see."),
        (2, "proposed", "Elu Whitehorse", "We grew."),
    ]
    assert answer["Content-Disposition"].startswith('attachment; filename="export-')
    assert "no-store" in answer["Cache-Control"]
    assert copy_for(as_("elu"), pair)[0]["agreements"] == found["agreements"]


def test_a_copy_is_whole_but_for_what_cannot_be_opened(cast, as_, pair):
    row = agreed(cast, pair, "dev", channel="On a walk.")
    spoil(row, "why")

    found, _answer = copy_for(as_("elu"), pair)

    assert (found["agreements"][0]["why"], found["agreements"][0]["channel"]) == (
        None,
        "On a walk.",
    )


def test_leaving_works_without_the_key_of_the_pair(cast, as_, pair):
    """C6: what was sealed is lost, and nobody is kept in a pair by that."""
    set_contact(pair=pair, contact="555 0101", by=cast["elu"])
    owners.destroy(Owner(OwnerKind.PAIR, pair.pk))

    page = as_("dev").get("/buddy/")
    as_("dev").post(f"/buddy/{pair.pk}/leave/")

    assert page.status_code == 200
    assert "How to reach them cannot be opened" in page.text
    assert not Place.objects.open().exists()
    assert as_("elu").get(f"/buddy/{pair.pk}/").status_code == 200


def test_who_left_three_reads_and_takes_what_was_there_then_and_no_later_contact(cast, as_):
    trio = pair_up(cast, "dev", "elu", "jo")
    agreed(cast, trio, "dev", why="When we were three.")
    set_contact(pair=trio, contact="555 0101", by=cast["elu"])
    leave_pair(pair=trio, by=cast["jo"])
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        agreed(cast, trio, "elu", why="Now we are two.")

        found, _answer = copy_for(as_("jo"), trio)
        pages = (
            as_("jo").get(f"/buddy/{trio.pk}/").text
            + as_("jo").get(f"/buddy/{trio.pk}/agreement/").text
        )

    assert [row["why"] for row in found["agreements"]] == ["When we were three."]
    assert "Now we are two." not in pages
    assert "555 0101" not in pages
    assert "When we were three." in pages
    assert "Jo Marsh" not in as_("dev").get("/buddy/").text.split("<main", 1)[1]


def test_every_address_of_a_pair_is_the_same_404_to_everybody_else(cast, as_, pair):
    """Ana and Lena of the backbone, the facilitator Mo, the operator Gus, Fay, and somebody of the cohort."""
    row = agreed(cast, pair)
    unused = "9b2c3f4e-0000-4000-8000-00000000abcd"
    addresses = (
        "", "rest/", "resume/", "leave/", "export/", "contact/", "agreement/", "agreement/write/",
        f"agreement/{row.pk}/confirm/", f"agreement/{row.pk}/take-back/",
    )  # fmt: skip
    for name in ("ana", "lena", "mo", "fay", "gus", "ben", "rui"):
        client = as_(name)
        for address in addresses:
            for method in (client.get, client.post):
                real = method(f"/buddy/{pair.pk}/{address}")
                other = method(f"/buddy/{unused}/{address}")
                assert real.status_code in (404, 405)
                assert _plain(real, pair.pk) == _plain(other, unused), (name, address)
    assert Agreement.objects.get().state == "proposed"


def _plain(answer, identity):
    changing = {"X-Request-ID", "Set-Cookie", "Content-Length"}
    headers = {name: value for name, value in answer.headers.items() if name not in changing}
    body = answer.text.replace(str(identity), "").replace(answer.headers["X-Request-ID"], "")
    return answer.status_code, headers, _without_tokens(body)


def test_stopping_contact_in_a_trio_leaves_the_two_others(cast):
    trio = pair_up(cast, "dev", "elu", "jo")
    stop(cast["dev"], cast["elu"])

    doors.ask("contact_stopped", by=cast["dev"], other=cast["elu"])

    assert set(Place.objects.open().filter(pair=trio).values_list("member", flat=True)) == {
        cast["elu"].pk, cast["jo"].pk
    }  # fmt: skip


def test_a_request_of_somebody_who_is_stopped_looks_as_if_nobody_had_answered(cast, as_):
    open_up(cast, "elu")
    request = ask_listed(member=cast["elu"], words="Shall we?", by=cast["dev"])
    before = as_("dev").get(f"/buddy/requests/{request.pk}/").text.split("<main")[1]
    stop(cast["elu"], cast["dev"])

    doors.ask("contact_stopped", by=cast["elu"], other=cast["dev"])

    after = as_("dev").get(f"/buddy/requests/{request.pk}/").text.split("<main")[1]
    assert _without_tokens(after) == _without_tokens(before)
    assert as_("elu").get(f"/buddy/requests/{request.pk}/").status_code == 404
    assert as_("elu").post(f"/buddy/requests/{request.pk}/accept/").status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        worker("hourly")
    assert Request.objects.get().state == "lapsed"
    assert Notice.objects.filter(member=cast["dev"], kind="buddies.answered").count() == 1


def test_who_stops_contact_takes_their_own_request_back(cast):
    open_up(cast, "elu")
    ask_listed(member=cast["elu"], words="", by=cast["dev"])
    stop(cast["dev"], cast["elu"])

    doors.ask("contact_stopped", by=cast["dev"], other=cast["elu"])

    assert Request.objects.get().state == "withdrawn"
    assert not Notice.objects.filter(member=cast["dev"]).exists()


def erase(member):
    for step in holdings._erase(member):
        step()
        step()


def test_what_a_leaving_member_wrote_goes(cast, as_, pair):
    agreed(cast, pair, "dev", "elu", why="By Dev.")
    agreed(cast, pair, "elu", why="By Elu.")
    open_up(cast, "dev")

    erase(cast["dev"])

    assert [str(row.why) for row in Agreement.objects.all()] == ["By Elu."]
    assert not Openness.objects.exists()
    page = as_("elu").get(f"/buddy/{pair.pk}/")
    assert page.status_code == 200
    assert "Whoever was in it has left the initiative." in page.text
    assert "Dev Banerjee" not in page.text.split("<main", 1)[1]
    erase(cast["elu"])
    assert not Pair.objects.exists()
    assert KeyOwner.objects.get(kind=OwnerKind.PAIR, ref=pair.pk).destroyed_at is not None


def test_the_text_that_two_others_live_by_stays_without_a_name(cast):
    trio = pair_up(cast, "dev", "elu", "jo")
    agreed(cast, trio, "dev", "elu", "jo", why="What we live by.")
    agreed(cast, trio, "dev", why="Only proposed.")

    erase(cast["dev"])

    assert [(str(row.why), row.written_by) for row in Agreement.objects.all()] == [
        ("What we live by.", None)
    ]


def test_requests_of_and_to_a_leaving_member(cast, as_):
    open_up(cast, "dev")
    ask_by_address(address=cast["jo"].email, words="", by=cast["dev"])
    request = ask_listed(member=cast["dev"], words="", by=cast["elu"])

    erase(cast["dev"])

    assert list(Request.objects.all()) == [request]
    assert "They have your request." in as_("elu").get("/buddy/").text


def test_the_account_page_says_what_is_seen_and_by_whom(cast, as_):
    before = as_("dev").get("/account/visible/").text
    open_up(cast, "dev")
    after = as_("dev").get("/account/visible/").text

    assert "open to being asked as a buddy" not in before
    assert "open to being asked as a buddy" in after
    assert "People of your cohorts who have no buddy" in after


def test_the_export_of_the_account_holds_no_private_word(cast):
    open_up(cast, "elu")
    ask_listed(member=cast["elu"], words="Private words", by=cast["dev"])

    holding = next(row for row in all_holdings() if row.name == "buddies")
    found = json.dumps(holding.export(cast["dev"]))

    assert "Private words" not in found
    assert "Elu" not in found
    assert '"listed"' in found


def test_answered_requests_go_after_thirty_days(cast):
    open_up(cast, "elu")
    request = ask_listed(member=cast["elu"], words="", by=cast["dev"])
    accept_request(request=request, by=cast["elu"])
    assert prune_requests() == 0
    with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1), tick=False):
        assert prune_requests() == 1


def test_nothing_of_it_stands_in_the_central_audit(cast, pair):
    before = AuditEvent.objects.count()

    agreed(cast, pair, "dev", "elu")
    set_contact(pair=pair, contact="555", by=cast["dev"])
    leave_pair(pair=pair, by=cast["dev"])

    assert AuditEvent.objects.count() == before
