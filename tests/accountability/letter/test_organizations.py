"""Dev begins for his school, a second person of it confirms; what it promises is public from then on."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accountability.letter.actions import (
    AlreadyConfirmed,
    NotNow,
    Superseded,
    confirm_signature,
    send_back,
    sign_for_organization,
    withdraw,
)
from accountability.letter.models import Pledge, Signature
from accountability.letter.permissions import (
    can_change_signature,
    can_confirm_signature,
    can_see_signature,
    can_withdraw_signature,
    current_version,
    signatures_changeable_by,
    signatures_confirmable_by,
    signatures_spoken_for_by,
    signatures_visible_to,
    signatures_withdrawable_by,
    speaks_for_signature,
)
from accounts.models import Organization, User
from core.content import raise_version
from notices.models import Notice
from tests.accountability.letter.desk import (
    CSV,
    FEED,
    LETTER,
    ORGANIZATION,
    begun,
    both,
    colleague_of,
    pledged,
    promises,
    published,
    soon,
    where,
)

pytestmark = pytest.mark.django_db
SCHOOLS = "Riverton Unified Schools"
EVERYWHERE = {LETTER, f"{LETTER}versions/1/", f"{LETTER}?q=r", CSV, FEED}


@pytest.fixture
def dev(cast):
    return cast["dev"]


@pytest.fixture
def kay(cast, dev):
    """A colleague of Dev's, to whom the letter's notices come."""
    return colleague_of(dev)


@pytest.fixture
def as_kay(client, kay):
    client.force_login(kay)
    return client


def row_of(dev):
    return Signature.objects.for_organizations().get(organization=dev.organization)


def page_of(row, act=""):
    return f"{LETTER}signatures/{row.pk}/{act}"


def test_two_people_sign_for_an_organization(cast, as_, as_kay, dev, kay, nobody):
    as_("dev").post(ORGANIZATION, pledged(process="A quince for each family.", version=1))
    row = row_of(dev)
    assert where(nobody, "quince") == set()
    assert where(nobody, SCHOOLS) == set()
    assert Notice.objects.filter(kind="letter.waits", member=kay).count() == 1
    assert "waits" in as_kay.get("/today/").text
    page = as_kay.get(page_of(row)).text
    assert "A quince for each family." in page
    assert "Dev Banerjee" in page

    as_kay.post(page_of(row, "confirm/"), {"revision": row.revision})
    assert where(nobody, "quince") == EVERYWHERE
    assert where(nobody, SCHOOLS) == EVERYWHERE
    assert where(nobody, "Dev Banerjee") == where(nobody, kay.chosen_name) == set()
    assert "has signed the public letter" in as_("dev").get("/account/notices/").text


def test_until_it_is_confirmed_only_its_own_people_know_of_it(cast, as_, dev, kay):
    row = begun(dev)
    people = {**cast, "kay": kay}

    for rule, rows, names in (
        (can_see_signature, signatures_visible_to, {"dev", "kay"}),
        (speaks_for_signature, signatures_spoken_for_by, {"dev", "kay"}),
        (can_withdraw_signature, signatures_withdrawable_by, {"dev", "kay"}),
        (can_confirm_signature, signatures_confirmable_by, {"kay"}),
        (can_change_signature, signatures_changeable_by, {"dev"}),
    ):
        assert {name for name, member in people.items() if rule(member, row)} == names
        assert {
            name for name, member in people.items() if rows(member).filter(pk=row.pk).exists()
        } == names
    for name in ("ana", "gus", "elu", "mo", "fay"):
        for act in ("", "confirm/", "return/", "withdraw/"):
            answer = as_(name).post(page_of(row, act), {"revision": 1})
            assert answer.status_code == (405 if act == "" else 404)
        assert as_(name).get(page_of(row)).status_code == 404


def test_whoever_names_the_organization_alone_is_not_its_voice(cast, as_, dev, kay):
    """They read no pledge that waits, confirm nothing, send nothing back, withdraw nothing and begin nothing."""
    waiting = begun(dev, process="A quince.")
    as_("fay").post("/account/profile/", {"chosen_name": "Fay", "organization": str(dev.organization_id), "time_zone": "UTC"})  # fmt: skip
    fay = User.objects.get(pk=cast["fay"].pk)
    assert fay.organization_id == dev.organization_id

    for act in ("confirm/", "return/", "withdraw/"):
        assert as_("fay").post(page_of(waiting, act), {"revision": 1}).status_code == 404
    assert as_("fay").get(page_of(waiting)).status_code == 404
    assert where(as_("fay"), "quince") == set()
    assert "How to be confirmed" in as_("fay").get(LETTER).text
    assert "You do not speak for Riverton Unified Schools yet" in as_("fay").get(ORGANIZATION).text
    with pytest.raises(PermissionDenied):
        sign_for_organization(version=current_version(), promises=promises(), seen_revision=0, by=fay)  # fmt: skip

    confirmed = confirm_signature(signature=waiting, seen_revision=1, by=kay)
    assert as_("fay").post(page_of(confirmed, "withdraw/")).status_code == 404
    with pytest.raises(PermissionDenied):
        withdraw(signature=confirmed, by=fay)
    assert not Notice.objects.filter(member=fay, kind="letter.waits").exists()


def test_the_letter_is_kept_by_nobody_between(nobody):
    pages = (LETTER, f"{LETTER}versions/", f"{LETTER}versions/1/", f"{LETTER}?q=r", CSV, FEED)

    for _time in ("made", "from our own shelf"):
        assert [nobody.get(page).headers["Cache-Control"] for page in pages] == ["no-cache"] * 6


def test_the_first_is_never_the_second(cast, as_, dev):
    row = begun(dev)

    assert as_("dev").post(page_of(row, "confirm/"), {"revision": 1}).status_code == 403
    with pytest.raises(PermissionDenied):
        confirm_signature(signature=row, seen_revision=1, by=dev)
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.filter(pk=row.pk).update(confirmed_by=dev, confirmed_at=timezone.now())


def test_it_is_sent_back_with_a_sentence_and_changed(cast, as_, as_kay, dev, kay, nobody):
    row = begun(dev)

    empty = as_kay.post(page_of(row, "return/"), {"revision": 1, "reason": " "})
    assert "Nothing was sent back." in empty.text
    as_kay.post(page_of(row, "return/"), {"revision": 1, "reason": "Name a <b>school</b>."})
    assert "asks for a change" in as_("dev").get("/account/notices/").text
    form = as_("dev").get(ORGANIZATION).text
    assert "Name a &lt;b&gt;school&lt;/b&gt;." in form
    assert "Ask the families." in form
    assert as_kay.post(page_of(row, "confirm/"), {"revision": 2}).status_code == 409

    as_("dev").post(ORGANIZATION, pledged(process="In Oak School.", version=1, revision=2))
    row.refresh_from_db()
    assert (row.sent_back_reason, row.revision) == ("", 3)
    as_kay.post(page_of(row, "confirm/"), {"revision": 3})
    assert where(nobody, "In Oak School.") == EVERYWHERE


def test_what_changed_since_it_was_read_is_not_confirmed(cast, as_, as_kay, dev):
    """H9."""
    row = begun(dev)
    as_("dev").post(ORGANIZATION, pledged(process="Another thing.", version=1, revision=1))

    answer = as_kay.post(page_of(row, "confirm/"), {"revision": 1})

    assert answer.status_code == 409
    assert "Another thing." in answer.text
    assert "Nothing was confirmed" in answer.text
    row.refresh_from_db()
    assert row.confirmed_at is None


def test_of_two_who_confirm_one_does(cast, as_, as_kay, dev, kay):
    other = colleague_of(dev, but=[kay])
    row = begun(dev)

    confirm_signature(signature=row, seen_revision=1, by=kay)
    with pytest.raises(AlreadyConfirmed):
        confirm_signature(signature=row, seen_revision=1, by=other)
    with pytest.raises(AlreadyConfirmed):
        send_back(signature=row, reason="Wait.", seen_revision=1, by=other)

    row.refresh_from_db()
    assert row.confirmed_by == kay
    answer = as_kay.post(page_of(row, "return/"), {"revision": 1, "reason": "A late thought."})
    assert answer.status_code == 409
    assert "A late thought." in answer.text


def test_of_two_who_begin_one_does_and_the_other_keeps_what_they_typed(cast, as_kay, dev):
    begun(dev, process="Dev’s words.")

    answer = as_kay.post(ORGANIZATION, pledged(process="Kay’s words.", version=1))

    assert answer.status_code == 409
    assert "Dev’s words." in answer.text
    assert "Kay’s words." in answer.text
    assert Signature.objects.filter(organization=dev.organization).count() == 1


def test_a_version_that_is_published_meanwhile(cast, as_, as_kay, dev, kay):
    row = begun(dev, process="A quince.")
    published(cast["ana"], process="Only now we ask.")

    answer = as_kay.post(page_of(row, "confirm/"), {"revision": 1})
    assert answer.status_code == 409
    assert "A newer version of the letter was published" in answer.text
    assert "A quince." in as_("dev").get(ORGANIZATION).text

    late = as_("dev").post(ORGANIZATION, pledged(process="A quince, still.", version=1, revision=1))
    assert late.status_code == 409
    assert "A quince, still." in late.text
    assert "Only now we ask." in late.text
    with pytest.raises(Superseded):
        sign_for_organization(version=row.version, promises=promises(), seen_revision=1, by=dev)

    as_("dev").post(ORGANIZATION, pledged(process="A quince, still.", version=2))
    assert Signature.objects.get(organization=dev.organization, version__number=2).is_waiting


def test_whoever_began_leaves_the_organization_and_a_colleague_begins_anew(cast, as_kay, dev, kay):
    row = begun(dev, process="A quince.")
    dev.organization = cast["ana"].organization
    dev.save()

    answer = as_kay.post(page_of(row, "confirm/"), {"revision": 1})
    assert answer.status_code == 409
    assert "no longer speaks for your organization" in answer.text
    assert not can_see_signature(dev, row)
    assert "A quince." in as_kay.get(ORGANIZATION).text

    as_kay.post(ORGANIZATION, pledged(process="A quince.", version=1))
    row.refresh_from_db()
    assert (row.member, row.revision) == (kay, 2)
    assert Pledge.objects.filter(signature=row).count() == 2


def test_whoever_has_left_the_organization_does_nothing_for_it(cast, as_kay, dev, kay):
    """A18."""
    row = begun(dev)
    kay.organization = None
    kay.save()

    assert as_kay.post(page_of(row, "confirm/"), {"revision": 1}).status_code == 404
    assert as_kay.get(page_of(row)).status_code == 404
    with pytest.raises(PermissionDenied):
        confirm_signature(signature=row, seen_revision=1, by=kay)
    assert "You belong to no organization here" in as_kay.get(ORGANIZATION).text
    sent = as_kay.post(ORGANIZATION, pledged(process="A pear.", version=1))
    assert sent.status_code == 403
    assert "A pear." in sent.text
    assert Signature.objects.filter(organization__name=SCHOOLS).count() == 1


def test_one_person_is_enough_to_withdraw_and_the_two_are_told(cast, as_, as_kay, dev, kay, nobody):
    other = colleague_of(dev, but=[kay])
    row = both(dev, kay, process="A quince.")
    assert where(nobody, "quince") == EVERYWHERE

    as_kay.force_login(other)
    assert "The two who gave it are told." in as_kay.get(page_of(row, "withdraw/")).text
    as_kay.post(page_of(row, "withdraw/"))

    assert where(nobody, "quince") == where(nobody, SCHOOLS) == set()
    told = Notice.objects.filter(kind="letter.withdrawn")
    assert {notice.member for notice in told} == {dev, kay}
    assert "A colleague withdrew its signature" in as_("dev").get("/account/notices/").text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"process_1": ""}, "Write at least one for each part."),
        ({"outcome_1": "   "}, "Write at least one for each part."),
        ({"process_1_on": ""}, "Choose the day by which it is done."),
        ({"process_1_on": (date.today() - timedelta(days=3)).isoformat()}, "This day has passed."),
        ({"process_1_on": "2999-01-01"}, "within the next 20 years"),
        ({"process_1_on": "31.02.2027"}, "Enter a valid date."),
        ({"outcome_2": "And more."}, "Choose the day by which it is done."),
        ({"outcome_3_on": soon().isoformat()}, "Say what will be done by that day"),
        ({"process_1": "x" * 401}, "at most 400 characters"),
        ({"process_1": "x" * 10_000}, "at most 400 characters"),
        ({"version": ""}, "This field is required."),
    ],
)
def test_what_is_not_right_is_said_and_nothing_is_lost(cast, as_, dev, changed, sentence):
    answer = as_("dev").post(ORGANIZATION, pledged(version=1) | {"outcome_2": "", **changed})

    assert answer.status_code == 200
    assert sentence in answer.text
    assert ("Open in the evening." in answer.text) is ("outcome_1" not in changed)
    for typed in changed.values():
        assert typed.strip() in answer.text
    assert not Signature.objects.filter(organization=dev.organization).exists()


def test_html_and_formulas_in_what_is_promised(cast, dev, kay, nobody):
    """F4, G2."""
    both(dev, kay, process="<img src=x onerror=alert(1)>", outcome="=1+1")

    assert "<img src=x" not in nobody.get(LETTER).text
    assert "&lt;img src=x" in nobody.get(LETTER).text
    assert "<img src=x" not in nobody.get(FEED).text
    assert not re.search(r"(^|,|\")=1", nobody.get(CSV).text)


def test_a_day_that_has_passed_since_is_shown_as_it_is(cast, dev, kay, nobody):
    row = both(dev, kay)
    row.pledges.update(due_on=date(2020, 5, 4))

    raise_version()  # a bulk change, which nobody of the product makes

    assert "by May 4, 2020" in nobody.get(LETTER).text
    assert not re.search(r"\b(late|overdue|missed|failed)\b", nobody.get(LETTER).text)


def test_the_name_of_an_organization_is_that_of_now_and_goes_with_it(cast, dev, kay, nobody):
    both(dev, kay, process="A quince.")
    organization = Organization.objects.get(name=SCHOOLS)

    organization.name = "Riverton <Schools>"
    organization.save()
    assert where(nobody, SCHOOLS) == set()
    assert "Riverton &lt;Schools&gt;" in nobody.get(LETTER).text

    organization.delete()
    assert where(nobody, "quince") == set()
    assert "9 names stand under it." in nobody.get(LETTER).text


def test_two_presses_begin_once(cast, as_, dev):
    """H9."""
    once = uuid4()

    for _press in range(2):
        as_("dev").post(ORGANIZATION, pledged(version=1, once=once))

    assert Signature.objects.filter(organization=dev.organization).count() == 1
    waits = Notice.objects.filter(kind="letter.waits", about__isnull=False)
    assert waits.filter(member=colleague_of(dev)).count() == 1


def test_a_signature_without_a_pledge_for_each_part_is_refused(cast, dev):
    with pytest.raises(ValueError, match="for each part"):
        sign_for_organization(
            version=current_version(), promises=promises()[:1], seen_revision=0, by=dev
        )


def test_what_was_withdrawn_is_not_confirmed(cast, as_, as_kay, dev, kay):
    row = begun(dev)
    as_("dev").post(page_of(row, "withdraw/"))

    assert as_kay.post(page_of(row, "confirm/"), {"revision": 1}).status_code == 404
    with pytest.raises(NotNow):
        confirm_signature(signature=row, seen_revision=1, by=kay)
