"""Monday morning for 200 members: the worker is killed half way through their digests, and another one goes on.

`bench/digest.py` tells the same of 10 000, with the worker's memory.
"""

from collections import Counter
from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import User
from cohorts import notifications
from cohorts.actions import post_announcement
from cohorts.models import Cohort, Membership
from notices.choices import MailKind, Rhythm
from notices.models import Notice, OutboxMail, Preference
from tests.notices.processes import start_worker, wait_for
from tests.notices.story import read

MEMBERS = 200


@pytest.fixture
def grove(cast):
    """A cohort that Mo facilitates, with 200 members who want what is announced once a week."""
    OutboxMail.objects.all().delete()
    people = [
        User(email=f"grove{number}@riverton.example", chosen_name=f"Tree {number}")
        for number in range(MEMBERS)
    ]
    User.objects.bulk_create(people)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in people
    )
    grove = Cohort.objects.create(slug="grove", name="Grove", starts_on=date(2026, 1, 5))
    Membership.objects.create(cohort=grove, member=cast["mo"], is_facilitator=True)
    Membership.objects.bulk_create(Membership(cohort=grove, member=one) for one in people)
    Preference.objects.bulk_create(
        Preference(member=one, kind=notifications.ANNOUNCEMENT, rhythm=Rhythm.WEEKLY)
        for one in people
    )
    return grove


@pytest.mark.long
@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
@pytest.mark.scripts
def test_of_a_digest_that_is_killed_half_way_each_notice_has_one_message_id(cast, grove, tmp_path):
    """H1, H7: nobody is left out, nobody gets two mails, and both announcements stand in one."""
    for text in ("We meet under the plum tree.", "Bring a chair."):
        post_announcement(cohort=grove, text=text, by=cast["mo"])
    digests = OutboxMail.objects.filter(kind=MailKind.DIGEST)
    assert digests.count() == MEMBERS
    digests.update(due_at=timezone.now())  # Monday morning has come
    files = lambda: sorted((tmp_path / "mail").glob("*.eml"))  # noqa: E731 (asked for again and again)

    first = start_worker(tmp_path)
    wait_for(lambda: len(files()) >= MEMBERS // 2, seconds=60)
    first.kill()
    first.communicate()
    half = len(files())
    OutboxMail.objects.waiting().update(
        lease_until=None
    )  # as if the killed one's lease had run out
    second = start_worker(tmp_path)
    done = wait_for(lambda: not OutboxMail.objects.waiting().exists(), seconds=60)
    second.terminate()
    _out, wrong = second.communicate(timeout=10)

    assert (done, wrong) == (True, "")
    assert MEMBERS // 2 <= half < MEMBERS
    sent = [read(path) for path in files()]
    assert len({str(mail["Message-ID"]) for mail in sent}) == len(sent) == MEMBERS
    assert set(Counter(str(mail["To"]) for mail in sent).values()) == {1}
    told = Notice.objects.filter(member__email__startswith="grove").values_list("mail__message_id")
    times = Counter(message_id for (message_id,) in told)
    assert set(times) == {str(mail["Message-ID"]) for mail in sent}
    assert set(times.values()) == {2}
    assert sum(digests.values_list("attempts", flat=True)) <= MEMBERS + 1  # the mail in hand
