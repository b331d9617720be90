"""Dev signs for himself: counted, by name only if he says so, gone everywhere when he withdraws."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accountability.letter.actions import Superseded, show_name, sign, withdraw
from accountability.letter.counting import signatures
from accountability.letter.models import Signature
from accountability.letter.permissions import (
    can_see_signature,
    can_withdraw_signature,
    current_version,
    owns_signature,
    signatures_owned_by,
    signatures_visible_to,
    signatures_withdrawable_by,
)
from accounts.models import User
from tests.accountability.letter.desk import (
    CSV,
    FEED,
    LETTER,
    SIGN,
    begun,
    published,
    signed,
    where,
)

pytestmark = pytest.mark.django_db
PAGES = {LETTER, f"{LETTER}versions/1/", f"{LETTER}?q=r", CSV}


@pytest.fixture
def unsigned(cast):
    """Members who have not signed for themselves."""
    own = Signature.objects.for_oneself().values("member")
    return list(User.objects.exclude(pk__in=own).order_by("email"))


def readers(cast, row, rule):
    return {name for name, member in cast.items() if rule(member, row)}


def listed(cast, row, rows):
    return {name for name, member in cast.items() if rows(member).filter(pk=row.pk).exists()}


def test_a_name_is_public_only_if_the_signer_says_so(cast, as_, nobody):
    before = signatures()

    as_("dev").post(SIGN, {"version": 1})
    assert where(nobody, "Dev Banerjee") == set()
    assert "Dev Banerjee" not in as_("ana").get(LETTER).text
    assert "9 names stand under it." in nobody.get(LETTER).text
    assert "Who signed without their name: few." in nobody.get(LETTER).text

    row = Signature.objects.get(member=cast["dev"])
    as_("dev").post(f"{LETTER}signatures/{row.pk}/name/", {"show": "1"})
    assert where(nobody, "Dev Banerjee") == PAGES
    assert before == {"people": 10, "organizations": 2, "with_public_name": 7}
    assert signatures() == {"people": 11, "organizations": 2, "with_public_name": 8}


def test_who_hides_a_name_or_withdraws_is_gone_at_the_next_look(cast, as_, nobody):
    """A18: from pages that were kept, too."""
    row, dev = signed(cast["dev"], public=True), as_("dev")
    assert where(nobody, "Dev Banerjee") == PAGES

    dev.post(f"{LETTER}signatures/{row.pk}/name/", {"show": "0"})
    assert where(nobody, "Dev Banerjee") == set()

    dev.post(f"{LETTER}signatures/{row.pk}/name/", {"show": "1"})
    assert where(nobody, "Dev Banerjee") == PAGES
    assert "goes from the page" in dev.get(f"{LETTER}signatures/{row.pk}/withdraw/").text
    dev.post(f"{LETTER}signatures/{row.pk}/withdraw/")
    assert where(nobody, "Dev Banerjee") == set()
    assert "9 names stand under it." in nobody.get(LETTER).text


def test_nobody_else_shows_hides_or_withdraws_it(cast, as_):
    """A3: not the backbone, not a colleague."""
    row = signed(cast["dev"])

    for rule, rows in (
        (owns_signature, signatures_owned_by),
        (can_withdraw_signature, signatures_withdrawable_by),
        (can_see_signature, signatures_visible_to),
    ):
        assert readers(cast, row, rule) == listed(cast, row, rows) == {"dev"}
    for name in ("ana", "gus", "elu"):
        for act in ("name", "withdraw"):
            address = f"{LETTER}signatures/{row.pk}/{act}/"
            unknown = address.replace(str(row.pk), str(uuid4()))
            answer = as_(name).post(address, {"show": "1"})
            assert answer.status_code == 404
            assert len(answer.content) == len(as_(name).post(unknown, {"show": "1"}).content)
        with pytest.raises(PermissionDenied):
            show_name(signature=row, public=True, by=cast[name])
        with pytest.raises(PermissionDenied):
            withdraw(signature=row, by=cast[name])
    row.refresh_from_db()
    assert row.name_is_public is False


def test_a_public_name_is_seen_by_all_and_the_rules_agree(cast):
    row = signed(cast["dev"], public=True)

    assert readers(cast, row, can_see_signature) == listed(cast, row, signatures_visible_to) == set(cast)  # fmt: skip


def test_two_presses_sign_once(cast, as_, nobody):
    """H9."""
    once, dev = uuid4(), as_("dev")

    for key in (once, once, uuid4()):
        dev.post(SIGN, {"version": 1, "once": key})

    assert Signature.objects.filter(member=cast["dev"]).count() == 1
    assert "You have signed this version already." in dev.get(SIGN).text


def test_a_second_time_changes_nothing_about_the_name(cast):
    signed(cast["dev"])

    row, is_new = sign(version=current_version(), name_is_public=True, by=cast["dev"])

    assert (row.name_is_public, is_new) == (False, False)


def test_the_database_keeps_one_signature_a_member_and_version(cast):
    signed(cast["dev"])

    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(version=current_version(), member=cast["dev"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(version=current_version())
    ours = {"organization": cast["dev"].organization, "name_is_public": True}
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(version=current_version(), member=cast["dev"], **ours)


def test_a_version_that_is_published_while_somebody_signs(cast, as_):
    dev = as_("dev")
    assert "This is version 1" in dev.get(SIGN).text
    published(cast["ana"], process="Only now we ask.")

    answer = dev.post(SIGN, {"version": 1, "name_is_public": "on"})
    assert answer.status_code == 409
    assert "nothing was signed. Both stand here." in answer.text
    assert "Residents decide with us" in answer.text
    assert "Only now we ask." in answer.text
    assert not Signature.objects.filter(member=cast["dev"]).exists()

    assert "checked" in answer.text
    dev.post(SIGN, {"version": 2, "name_is_public": "on"})
    row = Signature.objects.get(member=cast["dev"])
    assert (row.version.number, row.name_is_public) == (2, True)


def test_an_old_version_is_signed_by_nobody(cast):
    old = current_version()
    published(cast["ana"])

    with pytest.raises(Superseded):
        sign(version=old, name_is_public=False, by=cast["dev"])

    assert old.signatures.count() == 12


@pytest.mark.parametrize("data", [{}, {"version": "x"}, {"version": "0"}, {"version": "99999999999"}])  # fmt: skip
def test_what_nobody_means_signs_nothing(cast, as_, data):
    answer = as_("dev").post(SIGN, data)

    assert answer.status_code == 200
    assert "Nothing was saved yet" in answer.text
    assert not Signature.objects.filter(member=cast["dev"]).exists()


def test_a_version_that_never_was_is_not_signed(cast, as_):
    assert as_("dev").post(SIGN, {"version": "77"}).status_code == 404
    assert not Signature.objects.filter(member=cast["dev"]).exists()


def test_signatures_stay_with_the_version_they_were_given_to(cast, as_, nobody):
    signed(cast["dev"], public=True)
    published(cast["ana"])

    assert "Dev Banerjee" not in nobody.get(LETTER).text
    assert "Nobody has signed with their name yet." in nobody.get(LETTER).text
    old = nobody.get(f"{LETTER}versions/1/").text
    assert "Dev Banerjee" in old
    assert "This is an older version" in old

    today = as_("dev").get("/today/").text
    assert "There is a version 2" in today
    assert "There is version 2 of the public letter." in as_("dev").get("/account/notices/").text
    signed(cast["dev"])
    assert "There is a version 2" not in as_("dev").get("/today/").text
    assert "There is a version 2" not in as_("jo").get("/today/").text

    row = Signature.objects.get(member=cast["dev"], version__number=1)
    as_("dev").post(f"{LETTER}signatures/{row.pk}/withdraw/")
    assert "Dev Banerjee" not in nobody.get(f"{LETTER}versions/1/").text


def test_the_name_is_the_one_that_they_go_by_now(cast, nobody):
    signed(cast["dev"], public=True)
    assert where(nobody, "Dev Banerjee") == PAGES
    dev = cast["dev"]

    dev.chosen_name = "Dev of the <b>School</b>"
    dev.save(update_fields=["chosen_name"])

    assert where(nobody, "Dev Banerjee") == set()
    assert "Dev of the &lt;b&gt;School&lt;/b&gt;" in nobody.get(LETTER).text


def test_a_log_in_makes_no_page_anew(cast, nobody, django_assert_num_queries):
    signed(cast["dev"], public=True)
    nobody.get(LETTER)

    cast["dev"].save(update_fields=["last_login"])

    with django_assert_num_queries(1):
        assert nobody.get(LETTER).status_code == 200


def test_who_goes_by_no_name_yet_cannot_show_one(cast, as_):
    dev = cast["dev"]
    dev.chosen_name = ""
    dev.save()

    answer = as_("dev").post(SIGN, {"version": 1, "name_is_public": "on"})
    assert "by which name you go" in answer.text
    assert not Signature.objects.filter(member=dev).exists()

    row = signed(dev)
    as_("dev").post(f"{LETTER}signatures/{row.pk}/name/", {"show": "1"})
    row.refresh_from_db()
    assert row.name_is_public is False


def test_a_formula_in_a_name_runs_in_no_spreadsheet(cast, nobody):
    """F4."""
    dev = cast["dev"]
    dev.chosen_name = '=HYPERLINK("https://example.org")'
    dev.save()
    signed(dev, public=True)

    assert "'=HYPERLINK" in nobody.get(CSV).text
    assert ",=HYPERLINK" not in nobody.get(CSV).text


def test_the_table_holds_public_names_and_not_one_row_more(cast, nobody):
    before = nobody.get(CSV).text
    signed(cast["dev"])

    after = nobody.get(CSV)
    assert after.text == before
    assert after["Cache-Control"] == "no-cache"
    assert len(before.split("\r\n1,person,")) - 1 == 7
    assert len(before.split("\r\n1,organization,")) - 1 == 2
    assert before.startswith("version,kind,name,signed_on,process_commitments,outcome_commitments")


def test_the_feed_holds_versions_and_organizations_and_no_person(cast, nobody):
    signed(cast["dev"], public=True)
    begun(cast["dev"], process="A secret quince.")

    feed = nobody.get(FEED).text
    assert "Version 1 of the public letter" in feed
    assert "City of Riverton Public Health signed version 1" in feed
    assert "Dev Banerjee" not in feed
    assert "Chioma" not in feed
    assert "quince" not in feed


def test_a_field_to_find_a_name_comes_with_more_than_thirty(cast, nobody, unsigned):
    assert "Find a name" not in nobody.get(LETTER).text
    for member in unsigned[:22]:
        signed(member, public=True)

    page = nobody.get(LETTER).text
    assert "Find a name" in page
    found = nobody.get(f"{LETTER}?q=aNa+Rey").text
    assert "Ana Reyes" in found
    assert "Chioma Obi" not in found
    assert "No name that is shown here" in nobody.get(f"{LETTER}?q=Hana").text
    for odd in ("?q=%00", "?page=x", "?page=999", "?organizations=-1", "?q=" + "x" * 3_000):
        assert nobody.get(f"{LETTER}{odd}").status_code == 200


@pytest.mark.parametrize(("name", "number"), [("nobody", 7), ("dev", 13)])
def test_one_signature_and_thirty_cost_the_same(cast, as_, nobody, name, number, unsigned, django_assert_num_queries):  # fmt: skip
    client = nobody if name == "nobody" else as_(name)
    client.get(f"{LETTER}?page=1")

    for some in (unsigned[:1], unsigned[1:22]):
        for member in some:
            signed(member, public=True)
        with django_assert_num_queries(number):
            assert client.get(f"{LETTER}?page=1").status_code == 200


def test_a_kept_page_costs_one_query(cast, nobody, django_assert_num_queries):
    for address in (LETTER, f"{LETTER}versions/", CSV, FEED):
        nobody.get(address)
        with django_assert_num_queries(1):
            assert nobody.get(address).status_code == 200
