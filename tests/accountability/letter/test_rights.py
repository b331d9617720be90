"""What a member can see of themselves, take with them, and leave behind; what goes by age; the tables hold."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accountability.letter.actions import prune_unconfirmed
from accountability.letter.models import LetterVersion, Signature
from accountability.letter.permissions import current_version
from core import register
from tests.accountability.letter.desk import LETTER, begun, both, colleague_of, published, signed

pytestmark = pytest.mark.django_db


def holding():
    return next(one for one in register.holdings() if one.name == "letter")


def erase(member):
    for _run in range(2):  # resumed after it was stopped
        for step in holding().erase(member):
            step()


@pytest.fixture
def dev(cast):
    return cast["dev"]


@pytest.fixture
def kay(dev):
    return colleague_of(dev)


def test_whoever_leaves_takes_their_own_signature_along(cast, dev, nobody):
    signed(dev, public=True)
    assert "Dev Banerjee" in nobody.get(LETTER).text

    erase(dev)

    assert "Dev Banerjee" not in nobody.get(LETTER).text
    assert Signature.objects.count() == 12


def test_what_two_gave_for_an_organization_stays_without_the_name(cast, dev, kay, nobody):
    row = both(dev, kay, process="A quince.")

    erase(dev)
    erase(kay)

    row.refresh_from_db()
    assert (row.member, row.confirmed_by) == (None, None)
    assert "A quince." in nobody.get(LETTER).text


def test_what_nobody_confirmed_goes_with_who_began_it(cast, dev):
    begun(dev)

    erase(dev)

    assert not Signature.objects.filter(organization=dev.organization).exists()


def test_a_published_version_stays_without_the_name_of_its_writer(cast):
    erase(cast["ana"])

    assert LetterVersion.objects.get(number=1).written_by is None
    assert current_version().number == 1


def test_a_member_who_is_deleted_leaves_a_signature_of_an_organization_only(cast, dev, kay):
    both(dev, kay)
    signed(kay)
    erase(kay)
    kay.delete()

    assert Signature.objects.for_organizations().filter(organization=dev.organization).count() == 1


def test_the_export_holds_what_is_ones_own_and_nobody_elses(cast, dev, kay):
    signed(dev)
    both(dev, kay, process="A quince.")

    mine, theirs = holding().export(dev), holding().export(kay)

    assert [(row["version"], row["name_is_public"]) for row in mine["signed"]] == [(1, False)]
    assert [one["words"] for one in mine["for_organizations"][0]["commitments"]] == ["A quince.", "Open in the evening."]  # fmt: skip
    assert theirs["for_organizations"][0]["commitments"] == []
    assert theirs["for_organizations"][0]["confirmed"] is not None
    assert "Dev" not in str(theirs)
    assert [row["version"] for row in holding().export(cast["ana"])["written"]] == [1]


def test_the_page_of_what_others_see_says_it(cast, as_, dev, kay):
    row = signed(dev)
    assert "without your name" in as_("dev").get("/account/visible/").text

    Signature.objects.filter(pk=row.pk).update(name_is_public=True)
    both(dev, kay)
    page = as_("dev").get("/account/visible/").text
    assert "Your name under the public letter" in page
    assert f'href="{LETTER}"' in page
    assert "as one of two" in page


def test_what_was_never_confirmed_goes_ninety_days_after_a_newer_version(cast, dev):
    begun(dev)
    signed(dev)
    published(cast["ana"])

    assert prune_unconfirmed() == 0
    with time_machine.travel(timezone.now() + timedelta(days=89)):
        assert prune_unconfirmed() == 0
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        assert prune_unconfirmed() == 1
    assert Signature.objects.count() == 13


def test_the_card_on_today_costs_the_same_whatever_waits(cast, as_, dev, kay):
    """A colleague's that waits stands on Today of the others alone."""
    begun(dev)

    assert "Your organization’s signature waits" not in as_("dev").get("/today/").text
    assert "Your organization’s signature waits" not in as_("ana").get("/today/").text


def test_the_demonstration_has_twelve_signatures_and_nobody_a_notice_of_it(cast, as_):
    assert Signature.objects.standing().count() == 12
    assert Signature.objects.for_organizations().count() == 2
    for name in ("elu", "chioma", "dev"):
        assert "letter" not in as_(name).get("/account/notices/").text.split("<main")[1].split("</main")[0]  # fmt: skip


def test_the_sitemap_leads_there(cast, nobody):
    text = nobody.get("/sitemap.xml").text

    assert f"{LETTER}</loc>" in text
    assert f"{LETTER}versions/1/</loc>" in text
