"""By address the answer is always the same: nobody learns whether it belongs to a member, to somebody who stopped contact,
or to somebody who has a buddy."""

import re

import pytest
from django.core.cache import cache
from django.db import connections
from django.test.utils import CaptureQueriesContext

from accountability.buddies.actions import ask_by_address
from accountability.buddies.models import Request
from notices.models import Notice
from tests.accountability.buddies.story import pair_up, spoil, stop, worker

pytestmark = pytest.mark.django_db
SENTENCE = "If this person is a member, they have your request."
CHANGING = re.compile(
    r'name="(?:csrfmiddlewaretoken|once)" value="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}'
)


@pytest.fixture
def people(cast):
    """Who could be meant, by what is so about them."""
    stop(cast["ben"], cast["dev"])
    stop(cast["dev"], cast["marisol"])
    pair_up(cast, "hana", "ines")
    return {
        "a member": cast["elu"].email,
        "nobody": "nobody@nowhere.example",
        "who stopped Dev": cast["ben"].email,
        "whom Dev stopped": cast["marisol"].email,
        "who has a buddy": cast["hana"].email,
        "in no cohort": cast["fay"].email,
    }


def asking(client, address):
    """What was asked of the databases, and what came back, with the address and what each page has of its own left out."""
    counts = []
    with CaptureQueriesContext(connections["default"]) as queries:
        answer = client.post("/buddy/ask/address/", {"address": address, "words": "Shall we?"})
    counts.append(len(queries))
    worker()
    with CaptureQueriesContext(connections["default"]) as queries:
        page = client.get(answer["Location"])
    counts.append(len(queries))
    body = CHANGING.sub("", page.text.replace(address, "ADDRESS"))
    return answer.status_code, counts, body


def test_everybody_gets_the_same_sentence_by_the_same_work(cast, as_, people):
    client = as_("dev")
    client.get("/buddy/")
    seen = {}
    for who, address in people.items():
        seen[who] = asking(client, address)
        request = Request.objects.open().get(by=cast["dev"])
        client.post(f"/buddy/requests/{request.pk}/withdraw/")
        client.get("/buddy/")  # shows the message, so that it is not there next time
        cache.clear()  # the limit of a day is another story

    status, counts, body = seen.pop("nobody")
    assert status == 302
    assert SENTENCE in body
    for who, other in seen.items():
        assert other == (status, counts, body), who


def test_the_worker_tells_those_alone_who_may_be_told(cast, people):
    for name, address in zip(
        ("chioma", "dev", "elu", "fay", "mo", "rui"), people.values(), strict=True
    ):
        ask_by_address(address=address, words="", by=cast[name])
    assert not Notice.objects.filter(kind="buddies.asked").exists()

    worker()
    worker()

    told = Notice.objects.filter(kind="buddies.asked").values_list("member", flat=True)
    assert sorted(told) == sorted(cast[name].pk for name in ("elu", "ben", "marisol", "fay"))


def test_of_the_six_dev_reaches_two(cast, people):
    reached = []
    for address in people.values():
        request = ask_by_address(address=address, words="", by=cast["dev"])
        worker()
        request.refresh_from_db()
        reached.append(request.to)
        assert request.passed_on_at is not None
        request.delete()

    assert reached == [cast["elu"], None, None, None, None, cast["fay"]]


def test_capitals_and_spaces_do_not_matter(cast, as_):
    as_("dev").post("/buddy/ask/address/", {"address": f" {cast['elu'].email.upper()} "})
    worker()

    assert Request.objects.get().to == cast["elu"]
    assert "Dev Banerjee asked you" in as_("elu").get("/buddy/").text


def test_ones_own_address_is_said_at_once(cast, as_):
    answer = as_("dev").post("/buddy/ask/address/", {"address": cast["dev"].email, "words": "Me"})

    assert "This is your own address. Nothing was sent." in answer.text
    assert not Request.objects.exists()


def test_what_is_no_address_is_said_and_stays(as_):
    answer = as_("dev").post("/buddy/ask/address/", {"address": "elu at riverton", "words": "Hi"})

    assert "This is no e-mail address." in answer.text
    assert "elu at riverton" in answer.text
    assert not Request.objects.exists()


def test_an_address_that_cannot_be_opened_keeps_no_other_waiting(cast, as_):
    """C4: the request stays, its page says what is so, and the one after it is passed on."""
    damaged = ask_by_address(address=cast["elu"].email, words="Hello", by=cast["dev"])
    spoil(damaged, "whom")
    ask_by_address(address=cast["jo"].email, words="", by=cast["hana"])

    worker()

    assert Request.objects.get(pk=damaged.pk).to is None
    assert Request.objects.get(by=cast["hana"]).to == cast["jo"]
    page = as_("dev").get("/buddy/")
    assert page.status_code == 200
    assert "You have asked somebody" in page.text
    assert "Hello" in page.text


def test_a_sealed_request_says_nothing_to_who_holds_the_table(cast):
    request = ask_by_address(address=cast["elu"].email, words="I trust you", by=cast["dev"])

    raw = b"".join(bytes(value.value) for value in (
        Request.objects.get(pk=request.pk).__dict__[name] for name in ("whom", "words")
    ))  # fmt: skip
    assert cast["elu"].email.encode() not in raw
    assert b"trust" not in raw
