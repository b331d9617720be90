"""Hana has left a moment ago: nobody comes across her name any more, at any address there is."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db.models import UUIDField
from django.utils import timezone

from accountability.buddies.actions import set_contact
from accountability.buddies.models import Place
from accountability.commitments.actions import make_commitment, widen
from accountability.commitments.models import Commitment
from accountability.commitments.texts import Text
from accountability.letter.actions import show_name, sign
from accountability.letter.models import LetterVersion
from accounts.leaving import leave
from accounts.models import Departure, User
from cohorts.actions import invite, post_reply
from cohorts.models import Invitation, Prompt
from tests.project.walk import client_of
from tests.sweep.places import tables
from tests.sweep.walking import addresses, answers

#: Installed packages, and rows that no address names.
BESIDE = ("wagtail", "account.", "mfa.", "usersessions", "notices", "sessions")
#: Where her name and address wait for the days in which she can come back.
WAITS_IN = {
    "default: accounts_departure",
    "default: accounts_user",
    "default: account_emailaddress",
}


def _known(cast: dict[str, Any], words: Any) -> User:
    """Hana under names of her own: in her cohort, beside her buddy, under the letter, in public, and invited."""
    hana = cast["hana"]
    hana.chosen_name, hana.pronouns = words.word("name"), words.word("pronouns")
    hana.email = f"{words.word('address')}@riverton.example"
    hana.save()
    EmailAddress.objects.filter(user=hana).update(email=hana.email)
    hana = User.objects.get(pk=hana.pk)
    place = Place.objects.open().select_related("pair").get(member=hana)
    set_contact(pair=place.pair, contact=words.word("contact"), by=hana)
    text = Text("Ask who is missing.", "Write it on the form.", levels=("structural",))
    stand = make_commitment(by=hana, kind="stand", text=text)
    widen(by=hana, commitment=stand, circle="public", seen=1)
    post_reply(prompt=Prompt.objects.get(cohort__slug="spring"), text="Ours has none.", by=hana)
    version = LetterVersion.objects.published().latest("number")
    signature, _new = sign(by=hana, version=version, name_is_public=True)
    show_name(by=hana, signature=signature, public=True)
    invite(email="new@riverton.example", by=cast["ana"])
    used = Invitation.objects.filter(email="new@riverton.example")
    used.update(email=hana.email, accepted_by=hana, accepted_at=timezone.now())
    return hana


def _rows_of(member: User) -> dict[str, Any]:
    """Two rows at most of each kind that name her, whose ids an address could take; and her own."""
    rows: dict[str, Any] = {"accounts.User": member}
    for relation in User._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue
        model, name = relation.field.model, relation.field.name
        if model._meta.label.startswith(BESIDE) or not isinstance(model._meta.pk, UUIDField):
            continue
        for number, row in enumerate(model._base_manager.filter(**{name: member.pk})[:2]):
            rows[f"{model._meta.label}.{name}.{number}"] = row
    return rows


def _read(words: Any, person: Any, paths: dict[str, bool]) -> dict[str, set[str]]:
    """The names of her words that this person reads, by address."""
    found = {}
    for place, data in answers(client_of(person), paths):
        if words.traces(data):
            found[place] = words.names_in(data)
    return found


@pytest.mark.django_db
@pytest.mark.long
@pytest.mark.parametrize("person", ["nobody", "ines", "ana"])
def test_who_left_is_named_at_no_address(cast, words, person):
    """Pages, feeds, files, JSON, search: whatever somebody else gets by GET, signed out, of her cohort, or backbone."""
    hana = _known(cast, words)
    paths = dict.fromkeys(addresses(person, cast, _rows_of(hana)), False)
    paths |= dict.fromkeys((f"/search/?q={words.word('name')}", "/commitments/public/"), False)
    asked = {path: False for path in paths if words.mark not in path}
    before = _read(words, cast.get(person), asked)
    assert before != {}  # the letter is public, and so is her stand

    leave(by=User.objects.get(pk=hana.pk), takes_along=False)

    assert _read(words, cast.get(person), asked) == {}


@pytest.mark.django_db
def test_the_name_waits_in_one_table_and_goes_out_in_one_mail(cast, words):
    hana = _known(cast, words)
    mail.outbox.clear()

    leave(by=User.objects.get(pk=hana.pk), takes_along=False)

    found = {place: words.names_in(data) for place, data in tables() if words.traces(data)}
    assert set(found) == WAITS_IN
    assert found["default: accounts_departure"] == {"name", "pronouns"}
    assert found["default: accounts_user"] == {"address"}
    (sent,) = mail.outbox
    assert sent.to == [hana.email]
    assert words.names_in(sent.message().as_bytes()) == {"address"}


@pytest.mark.django_db
def test_she_is_in_no_list_of_people(cast, as_, words):
    hana = _known(cast, words)
    assert words.word("name") in as_("ines").get("/cohorts/spring/").content.decode()

    leave(by=User.objects.get(pk=hana.pk), takes_along=False)

    for name, path in (
        ("ines", "/cohorts/spring/"),
        ("ana", "/account/organization/"),
        ("ana", "/account/reporting/"),
        ("nobody", "/commitments/public/"),
        ("nobody", "/commitments/letter/"),
        ("ben", "/commitments/roles/"),
        ("dev", "/buddy/"),
    ):
        page = client_of(cast.get(name)).get(path).content.decode()
        assert words.mark not in page, path
        assert "Former member" not in page, path
    assert Commitment.objects.filter(owner=hana.pk).exists()
    assert Departure.objects.of(hana.pk).exists()
