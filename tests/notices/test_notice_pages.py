"""The bell, the list, preferences, and the link that stops mail (threats A2, A3, A26, E4, E8, H9)."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cohorts.actions import leave_cohort, post_announcement
from core import doors
from core.register import notice_kinds
from notices.models import MailChoice, Notice, Preference
from notices.showing import unread_count
from notices.stop_links import member_of, stop_token

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

LIST = "/account/notices/"
PREFERENCES = "/account/notices/preferences/"
ALL_SOON = {
    **{f"rhythm-{kind.name.replace('.', '-')}": "now" for kind in notice_kinds()},
    "quiet_from": "",
    "quiet_until": "",
}


def announce(house, text="Meet under the plum tree"):
    return post_announcement(cohort=house.larch, text=text, by=house.mo)


def bell_of(member, rf):
    request = rf.get("/today/")
    request.user = member
    return doors.ask("bell", request=request)


def test_an_empty_list_is_kind(as_, house):
    page = as_("dev").get(LIST)

    assert "Nothing new, and nothing you have missed" in page.text


def test_the_list_says_what_happened_and_where(as_, house):
    announcement = announce(house)

    page = as_("dev").get(LIST)

    assert "A new announcement in Larch" in page.text
    assert "plum tree" not in page.text
    opened = as_("dev").post(
        f"{LIST}{house.dev.notices.get().pk}/read/", {"open": "1", "once": uuid4()}
    )
    assert opened["Location"] == f"/cohorts/larch/#announcement-{announcement.pk}"
    assert house.dev.notices.get().read_at is not None


def test_looking_at_the_list_marks_nothing_as_read(as_, house):
    announce(house)

    as_("dev").get(LIST)
    answer = as_("dev").get(f"{LIST}{house.dev.notices.get().pk}/read/")

    assert answer.status_code == 405
    assert house.dev.notices.get().read_at is None


def test_marking_all_as_read_marks_ones_own_only(as_, house):
    announce(house)

    as_("dev").post(f"{LIST}read/", {"once": uuid4()})

    assert house.dev.notices.unread().count() == 0
    assert house.elu.notices.unread().count() == 1


def test_the_bell_counts_what_is_unread_and_can_be_seen(rf, house):
    announce(house)
    announce(house, "Another")
    two = bell_of(house.dev, rf)[0]
    leave_cohort(cohort=house.larch, member=house.dev, by=house.dev)
    none = bell_of(house.dev, rf)[0]

    assert "2 new notices" in two
    assert "Notices, none new" in none


def test_the_bell_counts_to_twenty_and_looks_past_what_has_gone(rf, house):
    """Of the newest, one after the other is of an announcement that was taken back."""
    kept = [announce(house, f"Kept {number}") for number in range(22)]
    assert "20+ new notices" in "".join(bell_of(house.dev, rf))

    for one in kept[3:]:
        one.delete()
    for number in range(25):
        announce(house, f"Taken back {number}").delete()

    assert unread_count(house.dev) == 3
    assert "3 new notices" in "".join(bell_of(house.dev, rf))


def test_the_bell_of_nobody_does_not_ring(rf):
    from django.contrib.auth.models import AnonymousUser

    assert bell_of(AnonymousUser(), rf) == []


def test_who_left_the_cohort_no_longer_sees_its_notices(as_, house):
    """A18, A26: words are made when they are shown, by the access rules of that moment."""
    announce(house)
    leave_cohort(cohort=house.larch, member=house.dev, by=house.dev)

    page = as_("dev").get(LIST)

    assert "Larch" not in page.text
    notice = house.dev.notices.get()
    assert as_("dev").post(f"{LIST}{notice.pk}/read/", {"open": "1"}).status_code == 404


def test_the_notice_of_another_is_the_404_of_an_unused_number(as_, house):
    """A2, A3."""
    announce(house)
    notice = house.elu.notices.get()

    theirs = as_("dev").post(f"{LIST}{notice.pk}/read/")
    unused = as_("dev").post(f"{LIST}{uuid4()}/read/")

    assert theirs.status_code == unused.status_code == 404
    assert scrubbed(theirs) == scrubbed(unused)
    notice.refresh_from_db()
    assert notice.read_at is None


def scrubbed(answer):
    """The page apart from its own address, CSRF token and request id."""
    page = answer.text.replace(answer.request["PATH_INFO"], "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|[0-9a-f]{12}\b', "", page)


def test_the_signed_out_are_asked_to_sign_in(nobody, house):
    """E4: the mailed link says nothing to whoever opens it."""
    answer = nobody.get(LIST)

    assert answer.status_code == 302
    assert answer["Location"] == f"/account/login/?next={LIST}"


def test_the_list_takes_as_many_queries_for_three_as_for_one(as_, house):
    client = as_("dev")

    def queries():
        client.get(LIST)
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST)
        return len(captured)

    announce(house)
    one = queries()
    for text in ("Two", "Three", "Four"):
        announce(house, text)

    assert queries() == one


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 400, "1e9", "%00", '"'])
def test_any_page_number_is_answered(as_, house, page):
    """G1."""
    assert as_("dev").get(LIST, {"page": page}).status_code == 200


def test_preferences_are_kept(as_, house):
    chosen = {kind.name: "now" for kind in notice_kinds() if kind.concerns(house.dev)}
    chosen |= {
        "cohorts.announcement": "weekly",
        "cohorts.reply": "daily",
        "cohorts.added": "none",
        "glossary.commented": "weekly",
    }
    answer = as_("dev").post(
        PREFERENCES,
        {
            **{f"rhythm-{name.replace('.', '-')}": rhythm for name, rhythm in chosen.items()},
            "quiet_from": "22:00",
            "quiet_until": "07:30",
            "is_paused": "on",
            "once": uuid4(),
        },
    )

    assert answer.status_code == 302
    assert dict(Preference.objects.values_list("kind", "rhythm")) == chosen
    choice = MailChoice.objects.get(member=house.dev)
    assert (choice.is_paused, str(choice.quiet_from), str(choice.quiet_until)) == (
        True,
        "22:00:00",
        "07:30:00",
    )
    page = as_("dev").get(PREFERENCES).text
    assert re.search(r'name="quiet_from" value="22:00"', page)
    assert '<option value="weekly" selected>' in page


@pytest.mark.parametrize(
    ("starts", "ends", "sentence"),
    [
        ("22:00", "", "need both a beginning and an end"),
        ("", "07:00", "need both a beginning and an end"),
        ("07:00", "07:00", "must differ from the beginning"),
        ("06:00", "05:00", "Leave at least two hours"),
        ("25:00", "07:00", "valid time"),
        ("\x00", "07:00", ""),
    ],
)
def test_quiet_hours_that_cannot_be_are_refused_with_a_sentence(as_, house, starts, ends, sentence):
    answer = as_("dev").post(PREFERENCES, {**ALL_SOON, "quiet_from": starts, "quiet_until": ends})

    assert answer.status_code == 200
    assert sentence in answer.text
    assert MailChoice.objects.count() == 0


def test_an_unknown_rhythm_or_another_member_in_the_form_changes_nothing(as_, house):
    """A4."""
    answer = as_("dev").post(
        PREFERENCES, {**ALL_SOON, "rhythm-cohorts-added": "hourly", "member": str(house.elu.pk)}
    )

    assert answer.status_code == 200
    assert Preference.objects.count() == 0


def test_a_look_at_the_link_stops_nothing_and_a_press_stops_all(nobody, house):
    """E8: scanners look; only a press, without signing in, has an effect."""
    url = reverse("notices:mail_stop", args=[stop_token(house.dev.pk)])

    page = nobody.get(url)
    looked = MailChoice.objects.count()
    head = nobody.head(url)
    done = nobody.post(url)

    assert page.status_code == 200
    assert "Stop this mail" in page.text
    assert head.status_code == 405
    assert looked == 0
    assert "No more mail about notices" in done.text
    assert MailChoice.objects.get(member=house.dev).is_paused


def test_a_mail_program_stops_mail_with_one_press_and_no_cookie(house):
    """E8, RFC 8058: a post without a token of ours, from outside."""
    strict = Client(enforce_csrf_checks=True)
    url = reverse("notices:mail_stop", args=[stop_token(house.dev.pk)])

    answer = strict.post(url, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert MailChoice.objects.get().member == house.dev


def test_the_link_tells_nobody_whose_it_is(nobody, house):
    """E8."""
    token = stop_token(house.dev.pk)
    mine, other = (
        nobody.get(reverse("notices:mail_stop", args=[token])),
        nobody.get(reverse("notices:mail_stop", args=[stop_token(house.elu.pk)])),
    )

    assert house.dev.pk.hex not in token
    assert stop_token(house.dev.pk) != token
    assert not [word for word in ("Dev Banerjee", house.dev.email) if word in mine.text]
    assert scrubbed(mine) == scrubbed(other)


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t[:-2],
        lambda t: ("B" if t[0] == "A" else "A") + t[1:],
        lambda t: "x",
        lambda t: "é",
    ],
)
def test_a_forged_link_is_a_404(nobody, house, change):
    url = reverse("notices:mail_stop", args=[change(stop_token(house.dev.pk))])

    answer = nobody.post(url)

    assert answer.status_code == 404
    assert MailChoice.objects.count() == 0


def test_the_link_outlives_a_new_secret_key(settings, house):
    token = stop_token(house.dev.pk)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]

    assert member_of(token) == house.dev.pk


def test_the_link_of_somebody_who_has_left_is_answered_as_any_other(nobody, house):
    token = stop_token(uuid4())

    answer = nobody.post(reverse("notices:mail_stop", args=[token]))

    assert answer.status_code == 200
    assert MailChoice.objects.count() == 0


def test_a_double_click_acts_once(as_, house):
    """H9."""
    announce(house)
    key, client = uuid4(), as_("dev")
    url = f"{LIST}{house.dev.notices.get().pk}/read/"

    answers = [client.post(url, {"once": key}) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [LIST, LIST]
    assert Notice.objects.filter(read_at__isnull=False).count() == 1
