"""Witnesses: asked by name, free to leave, shown both texts, never told of each other, never somebody kept away."""

import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accountability.commitments.actions import (
    NotPossible,
    edit_commitment,
    end_between,
    invite_witness,
    leave_witnessing,
    remove_witness,
)
from accountability.commitments.choices import TRANSITIONS
from accountability.commitments.models import Witness
from accountability.commitments.notifications import show_invited, show_reworded
from accountability.commitments.permissions import (
    can_answer_as_witness,
    witnesses_to_ask,
    witnessing_of,
)
from accountability.commitments.texts import Text
from notices.models import Notice
from tests.accountability.commitments.promises import HIRING, promise, stop, witnessed

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    return promise(cast["dev"])


def answer(as_, name, row, act, **more):
    return as_(name).post(f"/commitments/{row.pk}/witness/", {"act": act, **more})


def test_who_is_asked_reads_when_they_have_said_yes(cast, as_, row):
    as_("dev").post(f"/commitments/{row.pk}/witnesses/", {"member": str(cast["hana"].pk)})
    before = as_("hana").get(f"/commitments/{row.pk}/")

    answer(as_, "hana", row, "accept")

    assert "Dev Banerjee asks you" in before.text
    assert HIRING.will not in before.text
    assert HIRING.will in as_("hana").get(f"/commitments/{row.pk}/").text
    assert Notice.objects.filter(member=cast["dev"], kind="commitments.accepted").count() == 1


@pytest.mark.parametrize("act", ["leave"])
def test_a_no_and_leaving_later_end_it_without_a_word_to_the_owner(cast, as_, row, act):
    witnessed(row, cast["dev"], cast["hana"])
    told = Notice.objects.filter(member=cast["dev"]).count()

    answer(as_, "hana", row, act)

    assert as_("hana").get(f"/commitments/{row.pk}/").status_code == 404
    assert "Hana Sato" not in as_("dev").get(f"/commitments/{row.pk}/").text
    assert Notice.objects.filter(member=cast["dev"]).count() == told
    with pytest.raises(NotPossible):
        invite_witness(by=cast["dev"], commitment=row, member=cast["hana"])


def test_a_witness_removed_while_reading_finds_nothing_at_the_next_load(cast, as_, row):
    witness = witnessed(row, cast["dev"], cast["hana"])
    hana = as_("hana")
    assert hana.get(f"/commitments/{row.pk}/").status_code == 200

    as_("dev").post(f"/commitments/{row.pk}/witnesses/{witness.pk}/remove/")

    assert hana.get(f"/commitments/{row.pk}/").status_code == 404
    assert answer(as_, "hana", row, "read", version="1").status_code == 404
    assert invite_witness(by=cast["dev"], commitment=row, member=cast["hana"]).state == "invited"


def test_removing_and_leaving_twice_is_once(cast, row):
    witness = witnessed(row, cast["dev"], cast["hana"])
    remove_witness(by=cast["dev"], witness=witness)
    ended = Witness.objects.get(pk=witness.pk).ended_at

    remove_witness(by=cast["dev"], witness=witness)

    assert Witness.objects.get(pk=witness.pk).ended_at == ended


def test_no_witness_learns_of_another(cast, as_, row):
    witnessed(row, cast["dev"], cast["hana"])
    witnessed(row, cast["dev"], cast["jo"])

    page = as_("hana").get(f"/commitments/{row.pk}/").text

    assert "Jo Marsh" not in page
    assert as_("hana").get(f"/commitments/{row.pk}/witnesses/").status_code == 404


def test_whom_one_stopped_oneself_is_not_offered_and_cannot_be_asked(cast, as_, row):
    stop(cast["dev"], cast["hana"])

    page = as_("dev").get(f"/commitments/{row.pk}/witnesses/").text
    sent = as_("dev").post(f"/commitments/{row.pk}/witnesses/", {"member": str(cast["hana"].pk)})

    assert "Hana Sato" not in page
    assert "cannot be asked now" in sent.text
    assert not Witness.objects.exists()


def asked(client, address, member):
    """The list before and after, without what is new in each answer, and what asking cost."""
    pages = [without_tokens(client.get(address).text)]
    with CaptureQueriesContext(connection) as queries:
        pages.append(client.post(address, {"member": str(member.pk)}).status_code)
    said = [one["sql"].split()[0] for one in queries if "SAVEPOINT" not in one["sql"]]
    return [*pages, without_tokens(client.get(address).text), said]


def without_tokens(page):
    return re.sub(
        r'(csrfmiddlewaretoken|once)" value="[^"]+"|nonce="[^"]+"|witnesses/[0-9a-f-]{36}', "", page
    )


def test_nobody_finds_out_by_asking_that_somebody_keeps_away_from_them(cast, as_):
    """A12: the same pages and the same questions to the database, whether or not Hana stopped contact with Dev."""
    address = f"/commitments/{promise(cast['dev']).pk}/witnesses/"
    dev = as_("dev")
    with transaction.atomic():
        free = asked(dev, address, cast["hana"])
        transaction.set_rollback(True)
    stop(cast["hana"], cast["dev"])

    assert asked(dev, address, cast["hana"]) == free
    assert "Hana Sato" in free[2]


def test_what_is_asked_of_who_keeps_away_reaches_them_nowhere(cast, as_, row):
    stop(cast["hana"], cast["dev"])
    witness = invite_witness(by=cast["dev"], commitment=row, member=cast["hana"])

    hana = as_("hana")
    assert (witness.state, witness.is_passed_on) == ("invited", False)
    assert not can_answer_as_witness(cast["hana"], witness)
    assert not witnessing_of(cast["hana"]).exists()
    assert hana.get(f"/commitments/{row.pk}/").status_code == 404
    assert answer(as_, "hana", row, "accept").status_code == 404
    assert "Dev Banerjee" not in hana.get("/commitments/").text
    assert "witness" not in hana.get("/account/visible/").text
    assert not Notice.objects.filter(member=cast["hana"], kind="commitments.invited").exists()


def test_only_people_of_ones_own_cohorts_are_offered(cast, row):
    names = {person.first_name if hasattr(person, "first_name") else person.chosen_name for person in witnesses_to_ask(cast["dev"], row)}  # fmt: skip

    assert "Hana Sato" in names
    assert names.isdisjoint({"Dev Banerjee", "Fay Lindqvist", "Ana Reyes", "Priya Raman"})
    assert witnesses_to_ask(cast["fay"], promise(cast["fay"])) == []


def test_stopping_contact_ends_it_in_both_directions(cast, row):
    witnessed(row, cast["dev"], cast["hana"])
    theirs = promise(cast["hana"])
    witnessed(theirs, cast["hana"], cast["dev"])
    other = witnessed(row, cast["dev"], cast["jo"])
    told = Notice.objects.count()

    end_between(by=cast["hana"], other=cast["dev"])

    assert list(Witness.objects.filter(state="accepted")) == [other]
    assert Notice.objects.count() == told


def test_an_edited_wording_shows_its_witness_both_texts_until_they_have_read(cast, as_, row):
    witnessed(row, cast["dev"], cast["hana"])
    for number, words in enumerate(("ask twice", "ask thrice"), start=1):
        edit_commitment(by=cast["dev"], commitment=row, text=Text(words, levels=("personal",)), seen=number)  # fmt: skip

    both = as_("hana").get(f"/commitments/{row.pk}/").text
    answer(as_, "hana", row, "read", version="3")
    one = as_("hana").get(f"/commitments/{row.pk}/").text

    assert HIRING.will in both
    assert "ask thrice" in both
    assert HIRING.will not in one
    assert "ask thrice" in one
    assert Notice.objects.filter(member=cast["hana"], kind="commitments.reworded").count() == 1


@pytest.mark.parametrize("version", ["", "x", "99", "-1", "9" * 50])
def test_no_version_that_was_not_read_is_noted(cast, as_, row, version):
    witnessed(row, cast["dev"], cast["hana"])

    assert answer(as_, "hana", row, "read", version=version).status_code == 302
    assert Witness.objects.get().seen_version == 1


def test_notices_show_nothing_to_who_may_not_know_any_more(cast, row):
    """A26."""
    witness = witnessed(row, cast["dev"], cast["hana"])
    payloads = [{"witness": witness.pk}], [{"commitment": row.pk}]
    assert show_invited(cast["hana"], payloads[0])[0] is not None
    assert show_reworded(cast["jo"], payloads[1]) == [None]

    leave_witnessing(by=cast["hana"], witness=witness)

    assert show_invited(cast["hana"], payloads[0]) == [None]
    assert show_reworded(cast["hana"], payloads[1]) == [None]


def test_both_forms_of_the_rule_agree(cast, row):
    witness = witnessed(row, cast["dev"], cast["hana"])

    rule = {name for name, member in cast.items() if can_answer_as_witness(member, witness)}
    rows = {name for name, member in cast.items() if witnessing_of(member).exists()}
    assert rule == rows == {"hana"}


def test_whoever_said_no_is_not_asked_again():
    assert TRANSITIONS["left"] == frozenset()
    assert {state for state, after in TRANSITIONS.items() if "invited" in after} == {"removed"}
