"""What one may not know of looks like what is not there: status, headers and body (“the same 404”)."""

import re
from uuid import uuid4

import pytest

from accounts.actions import offer_seat
from accounts.models import Body
from cohorts.models import Cohort

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


def seen(answer):
    """Status, headers and body, apart from the form token, the request's own number and the second of its answer."""
    own = {"X-Request-ID", "Expires"}
    headers = {name: name in own or value for name, value in answer.headers.items()}
    return answer.status_code, headers, TOKEN.sub("", answer.text)


def test_a_cohort_of_others_looks_like_none(as_):
    assert Cohort.objects.filter(slug="autumn").exists()
    dev = as_("dev")

    hidden, unknown = seen(dev.get("/cohorts/autumn/")), seen(dev.get("/cohorts/of-no-one/"))

    assert hidden == unknown
    assert hidden[0] == 404
    assert "autumn" not in hidden[2]


def test_a_seat_of_others_looks_like_none(cast, as_):
    body = Body.objects.get(slug="steering-committee")
    seat = offer_seat(body=body, member=cast["elu"], title="", by=cast["ana"])
    dev = as_("dev")

    hidden, unknown = (
        seen(dev.post(f"/account/seats/{key}/accept/")) for key in (seat.pk, uuid4())
    )

    assert hidden == unknown
    assert hidden[0] == 404


def test_an_unknown_page_names_no_address_to_the_signed_out(nobody):
    first, second = (
        seen(nobody.get(address)) for address in ("/glossary/one/", "/glossary/x/?q=y")
    )

    assert first == second
    assert 'name="next" value="/"' in first[2]


def test_a_refusal_leads_the_switch_of_languages_to_the_front_page(as_):
    answer = as_("dev").post("/cohorts/spring/announcements/", {"text": "hello"})

    assert answer.status_code == 403
    assert 'name="next" value="/"' in answer.text
    assert "/cohorts/spring/announcements/" not in answer.text


def test_a_link_that_is_no_invitation_comes_back_in_no_part_of_the_page(nobody):
    assert seen(nobody.get("/invitation/abc/")) == seen(nobody.get("/invitation/def/"))


def test_a_form_in_another_charset_for_an_address_that_is_not_there_is_a_404_too(nobody):
    """Django refuses to read it; nothing of it can be given back, and it is no fault of ours (G1)."""
    answer = nobody.post(
        "/x.php", b"a=b", content_type="application/x-www-form-urlencoded; charset=latin-1"
    )

    assert answer.status_code == 404
