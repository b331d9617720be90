"""A form sent twice acts once (row H9), and a second post is led to where the first one went."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from core import audit
from core.holdings import prune_form_results
from core.models import FormResult

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

FORM = {"chosen_name": "Dev", "pronouns": "he", "time_zone": "UTC", "language": ""}


def test_the_second_post_changes_nothing(as_, cast):
    """The same form, with a token of another moment."""
    dev, key = as_("dev"), str(uuid4())
    first = dev.post("/account/profile/", {**FORM, "once": key, "csrfmiddlewaretoken": "a"})
    cast["dev"].__class__.objects.filter(pk=cast["dev"].pk).update(pronouns="they")

    again = dev.post("/account/profile/", {**FORM, "once": key, "csrfmiddlewaretoken": "b"})

    assert (again.status_code, again["Location"]) == (302, first["Location"])
    cast["dev"].refresh_from_db()
    assert cast["dev"].pronouns == "they"
    assert FormResult.objects.count() == 1


def test_another_text_under_the_same_key_is_another_form(as_, cast):
    """Who goes back, writes on and sends again loses nothing of it."""
    dev, key = as_("dev"), str(uuid4())
    dev.post("/account/profile/", {**FORM, "once": key})

    answer = dev.post("/account/profile/", {**FORM, "pronouns": "changed", "once": key})

    assert answer.status_code == 302
    cast["dev"].refresh_from_db()
    assert cast["dev"].pronouns == "changed"


def test_what_was_typed_cannot_be_told_from_what_is_kept(as_):
    """The same text by two people, and by one twice, leaves other digits each time."""
    for name in ("dev", "dev", "elu"):
        as_(name).post("/account/profile/", {**FORM, "once": str(uuid4())})
    key = uuid4()
    as_("dev").post("/account/profile/", {**FORM, "once": str(key)})
    guess = audit.pseudonym(json.dumps(sorted((name, [value]) for name, value in FORM.items())))

    bodies = set(FormResult.objects.values_list("body", flat=True))

    assert len(bodies) == 4
    assert {len(body) for body in bodies} == {32}
    assert guess not in bodies


def test_a_form_with_an_error_can_be_sent_again(as_, cast):
    dev, key = as_("dev"), str(uuid4())
    refused = dev.post("/account/profile/", {**FORM, "time_zone": "Moon/Sea", "once": key})

    answer = dev.post("/account/profile/", {**FORM, "once": key})

    assert refused.status_code == 200
    assert answer.status_code == 302
    cast["dev"].refresh_from_db()
    assert cast["dev"].pronouns == "he"


def test_the_same_key_of_another_member_is_another_form(as_, cast):
    key = str(uuid4())
    as_("dev").post("/account/profile/", {**FORM, "once": key})
    as_("elu").post("/account/profile/", {**FORM, "chosen_name": "Elu", "once": key})

    cast["elu"].refresh_from_db()
    assert cast["elu"].pronouns == "he"
    assert FormResult.objects.filter(key=key).count() == 2


@pytest.mark.parametrize("key", ["", "x", "\x00", "9" * 5000, "' OR 1=1 --"])
def test_a_key_that_is_none_is_ignored(as_, key):
    assert as_("dev").post("/account/profile/", {**FORM, "once": key}).status_code == 302
    assert FormResult.objects.count() == 0


def test_results_are_kept_for_a_day(as_):
    as_("dev").post("/account/profile/", {**FORM, "once": str(uuid4())})
    FormResult.objects.update(at=timezone.now() - timedelta(hours=23))
    assert prune_form_results() == 0

    FormResult.objects.update(at=timezone.now() - timedelta(hours=25))
    assert prune_form_results() == 1
