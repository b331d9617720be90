"""A link to join by: for whoever holds it, for a time and a number of people (threats A8, A23, A25, B5, H9)."""

import logging
import re
import threading
from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from cohorts.actions import (
    AlreadyIn,
    CohortIsOver,
    LinkGone,
    end_join_link,
    join_by_link,
    leave_cohort,
    make_join_link,
)
from cohorts.actions.invitations import hash_of
from cohorts.models import Cohort, JoinLink
from cohorts.permissions import can_end_join_link, join_links_visible_to
from tests.cohorts.house import new_member
from tests.cohorts.test_invitations import NEW, PASSWORD, page_of, sign_up

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def made(house, *, days=7, most_uses=2, by=None, form=None):
    return make_join_link(
        cohort=house.larch, days=days, most_uses=most_uses, form=form or uuid4(), by=by or house.ana
    )


def path_of(link):
    return re.sub(r"^https?://[^/]+", "", link.address)


def joined(house, member):
    return house.larch.memberships.current().filter(member=member).count() == 1


def test_the_database_keeps_the_hash_alone(house):
    link = made(house)

    token = path_of(link).split("/")[3]
    assert len(token) == 43  # 32 bytes
    assert token not in str(JoinLink.objects.values())
    assert link.join_link.token_hash == hash_of(token)


def test_the_page_says_what_it_is_and_who_sees_that_one_joined(nobody, house):
    link = made(house)

    page = nobody.get(path_of(link))

    assert page.status_code == 200
    for words in (
        "Join Larch",
        "lets whoever holds it join",
        "its facilitators and the backbone team see your name",
    ):
        assert words in page.text
    assert "Ana" not in page.text
    assert "no-store" in page["Cache-Control"]
    assert JoinLink.objects.get().used == 0


def test_a_member_joins_by_one_press_and_nobody_is_told_by_which_way(as_, house):
    link = made(house)

    answer = as_("ben").post(path_of(link), {"once": uuid4()})

    assert answer["Location"] == "/cohorts/larch/"
    assert joined(house, house.ben)
    assert JoinLink.objects.get().used == 1
    assert house.larch.memberships.get(member=house.ben).is_facilitator is False


def test_who_is_in_already_takes_no_use(as_, house):
    link = made(house)
    client = as_("dev")

    page = client.get(path_of(link))
    client.post(path_of(link), {"once": uuid4()})

    assert "You are in this cohort already" in page.text
    assert JoinLink.objects.get().used == 0
    with pytest.raises(AlreadyIn):
        join_by_link(link=link.join_link, by=house.mo)


def test_whose_place_was_ended_is_not_brought_back_by_a_link(as_, house):
    """Nobody leaves a cohort by themselves: a place that ended was ended by the backbone team."""
    link = made(house)
    leave_cohort(cohort=house.larch, member=house.dev, by=house.ana)

    page = as_("dev").post(path_of(link), {"once": uuid4()}, follow=True)

    assert "a link does not bring you back into it" in page.text
    assert not joined(house, house.dev)
    assert JoinLink.objects.get().used == 0


def test_whose_place_was_ended_reads_so_when_they_sign_in_by_a_link(nobody, house):
    link = made(house)
    house.dev.set_password(PASSWORD)
    house.dev.save()
    leave_cohort(cohort=house.larch, member=house.dev, by=house.ana)
    nobody.post(path_of(link), {"have_account": "1"})

    sent = {"login": house.dev.email, "password": PASSWORD}
    page = nobody.post("/account/login/", sent, follow=True)

    assert not joined(house, house.dev)
    assert "a link does not bring you back into it" in page.text


def test_a_double_click_takes_one_use(as_, house):
    """H9."""
    link, key, client = made(house), uuid4(), as_("ben")

    answers = [client.post(path_of(link), {"once": key}) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == ["/cohorts/larch/", "/cohorts/larch/"]
    assert JoinLink.objects.get().used == 1


def test_a_newcomer_makes_an_account_with_any_address_proves_it_and_is_in(nobody, house, settings):
    settings.SIGNUP = "invite"
    link = made(house)

    led = nobody.post(path_of(link))
    form = nobody.get(led["Location"])
    sign_up(nobody)

    assert (led["Location"], form.status_code) == ("/account/signup/", 200)
    assert joined(house, User.objects.get(email=NEW))
    assert JoinLink.objects.get().used == 1


def test_nothing_is_taken_before_the_address_is_proven(nobody, house, settings):
    """B5: or what is left of a link would tell which addresses have an account."""
    settings.SIGNUP = "invite"
    link = made(house, most_uses=1)
    for email in (house.ben.email, NEW):
        nobody.post(path_of(link))
        nobody.post("/account/signup/", {"email": email, "password1": PASSWORD, "password2": PASSWORD})  # fmt: skip

    assert JoinLink.objects.get().used == 0
    assert nobody.get(path_of(link)).status_code == 200


def test_without_a_link_nobody_signs_up_with_any_address(nobody, house, settings):
    settings.SIGNUP = "invite"
    link = made(house)
    nobody.post(path_of(link))
    end_join_link(link=link.join_link, by=house.ana)

    nobody.post("/account/signup/", {"email": NEW, "password1": PASSWORD, "password2": PASSWORD})

    assert not User.objects.filter(email=NEW).exists()


def test_who_signs_in_an_hour_later_at_this_browser_joins_nothing(nobody, house):
    link = made(house)
    nobody.post(path_of(link), {"have_account": "1"})
    session = nobody.session
    session["join_link"] = [session["join_link"][0], session["join_link"][1] - 3601]
    session.save()

    nobody.force_login(house.ben)

    assert not joined(house, house.ben)


def test_a_link_that_ran_out_meanwhile_leaves_the_account_and_says_so(nobody, house, settings):
    settings.SIGNUP = "invite"
    link = made(house, most_uses=1)
    nobody.post(path_of(link))
    nobody.post("/account/signup/", {"email": NEW, "password1": PASSWORD, "password2": PASSWORD})
    join_by_link(link=link.join_link, by=house.ben)

    from notices.models import OutboxMail  # the mail of this story alone

    mail = OutboxMail.objects.waiting().filter(recipient=NEW).order_by("-created_at").first()
    code = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", mail.text)[0]
    page = nobody.post("/account/confirm-email/", {"code": code}, follow=True)

    assert "The link could not be used any more" in page.text
    assert not joined(house, User.objects.get(email=NEW))


def test_used_up_ended_expired_unknown_and_of_a_cohort_that_is_over_are_one_page(
    nobody, as_, house
):
    """B5, A8: signed out and signed in."""
    used, ended, expired = (made(house, most_uses=1) for _ in range(3))
    JoinLink.objects.filter(pk=used.join_link.pk).update(used=1)
    end_join_link(link=ended.join_link, by=house.lena)
    now = timezone.now()
    JoinLink.objects.filter(pk=expired.join_link.pk).update(made_at=now - timedelta(2), expires_at=now)  # fmt: skip
    old = Cohort.objects.create(slug="old", name="Old", starts_on=timezone.localdate())
    over = make_join_link(cohort=old, days=7, most_uses=1, form=uuid4(), by=house.ana)
    yesterday = timezone.localdate() - timedelta(days=1)
    Cohort.objects.filter(pk=old.pk).update(starts_on=yesterday, ends_on=yesterday)

    paths = [*map(path_of, (used, ended, expired, over)), "/invitation/link/unknown/"]
    for client in (nobody, as_("ben")):
        answers = [getattr(client, verb)(path) for verb in ("get", "post") for path in paths]
        assert {answer.status_code for answer in answers} == {404}
        assert len({page_of(answer) for answer in answers}) == 1
    assert not joined(house, house.ben)


def test_a_link_works_through_the_last_day_of_the_initiative_wherever_ones_clock_stands(
    as_, house, settings, time_machine
):
    settings.TIME_ZONE = "America/Chicago"
    house.hana.time_zone = "Asia/Tokyo"
    house.hana.save()
    Cohort.objects.filter(pk=house.larch.pk).update(ends_on=date(2027, 3, 31))
    chicago, statuses = ZoneInfo("America/Chicago"), []
    time_machine.move_to(datetime(2027, 3, 31, 23, 59, tzinfo=chicago), tick=False)
    link = made(house)

    statuses.append(as_("hana").get(path_of(link)).status_code)
    time_machine.move_to(datetime(2027, 4, 1, 0, 1, tzinfo=chicago), tick=False)
    statuses.append(as_("hana").get(path_of(link)).status_code)

    assert statuses == [200, 404]


def test_a_link_of_a_cohort_that_ended_since_it_was_opened_takes_no_use(house):
    """A18."""
    link = made(house).join_link
    Cohort.objects.filter(pk=house.larch.pk).update(ends_on="2026-03-02")

    with pytest.raises(LinkGone):
        join_by_link(link=link, by=house.ben)

    assert JoinLink.objects.get().used == 0


def test_the_last_use_is_given_once(house):
    link = made(house, most_uses=1)

    join_by_link(link=link.join_link, by=house.ben)

    with pytest.raises(LinkGone):
        join_by_link(link=link.join_link, by=house.jo)
    assert not joined(house, house.jo)


@pytest.mark.postgres
@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_of_two_people_and_one_use_one_joins():
    """H9: at the same moment, each in a transaction of their own."""
    _of_two_people_one_joins()


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_of_two_people_and_one_use_one_joins_where_one_writes_at_a_time():
    _of_two_people_one_joins()


def _of_two_people_one_joins():
    people = [new_member("newcomer"), new_member("other")]
    ana = User.objects.get(email="ana@riverton.example")
    cohort = Cohort.objects.create(slug="larch", name="Larch", starts_on=timezone.localdate())
    link = make_join_link(cohort=cohort, days=1, most_uses=1, form=uuid4(), by=ana).join_link
    outcomes, ready = [], threading.Barrier(2)

    def join(pk):
        try:
            ready.wait()
            join_by_link(link=JoinLink.objects.get(pk=link.pk), by=User.objects.get(pk=pk))
            outcomes.append("in")
        except LinkGone:
            outcomes.append("gone")
        finally:
            connection.close()

    threads = [threading.Thread(target=join, args=(member.pk,)) for member in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["gone", "in"]
    assert cohort.memberships.count() == 1
    assert JoinLink.objects.get(pk=link.pk).used == 1


def test_the_same_form_sent_twice_shows_the_same_link_for_ten_minutes(house):
    """H9."""
    form = uuid4()

    links = {made(house, form=form).address for _ in range(2)}

    assert len(links) == 1
    assert JoinLink.objects.count() == 1
    JoinLink.objects.update(made_at=timezone.now() - timedelta(minutes=11))
    with pytest.raises(LinkGone):
        made(house, form=form)
    assert made(house, form=form, by=house.lena).address not in links


@pytest.mark.parametrize("name", ["mo", "gus", "rui", "dev"])
def test_only_the_backbone_makes_and_ends_links(house, name):
    link = made(house)

    with pytest.raises(PermissionDenied):
        made(house, by=house.people[name])
    with pytest.raises(PermissionDenied):
        end_join_link(link=link.join_link, by=house.people[name])

    assert JoinLink.objects.usable().count() == 1


def test_the_two_forms_of_who_may_end_a_link_agree(house, cast):
    link = made(house).join_link

    for member in cast.values():
        assert can_end_join_link(member, link) == join_links_visible_to(member).exists()


def test_nobody_makes_a_link_into_a_cohort_that_is_over(house):
    Cohort.objects.filter(pk=house.larch.pk).update(ends_on="2026-03-02")

    with pytest.raises(CohortIsOver):
        made(house)


@pytest.mark.parametrize("wrong", [{"most_uses": 0}, {"most_uses": 101}, {"used": 3}, {"days": -1}])
def test_what_no_link_may_be_the_database_refuses(house, wrong):
    now = timezone.now()
    fields = {"most_uses": 2, "used": 0, "days": 1} | wrong
    expires = now + timedelta(days=fields.pop("days"))

    with pytest.raises(IntegrityError), transaction.atomic():
        JoinLink.objects.create(cohort=house.larch, token_hash="x", made_at=now, expires_at=expires, **fields)  # fmt: skip


def test_a_link_is_open_for_30_days_at_most(house):
    link = made(house, days=400).join_link

    assert link.expires_at - link.made_at == timedelta(days=30)


def test_no_log_and_no_referrer_tells_the_token(nobody, house, caplog):
    """A23, A25."""
    link = made(house)
    token = path_of(link).split("/")[3]

    with caplog.at_level(logging.DEBUG):
        page = nobody.get(path_of(link))
        nobody.get(f"/invitation/link/{token}x/")

    assert token not in caplog.text
    assert page["Referrer-Policy"] == "same-origin"
    assert not re.findall(r'(?:href|src|action)="https?://', page.text)
