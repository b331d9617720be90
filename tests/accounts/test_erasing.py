"""Seven days later: erased step by step, whatever interrupts it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connections, transaction
from django.utils import timezone
from wagtail.models import Comment, CommentReply, Page, PageLogEntry

from accountability.buddies.actions.pairs import prune_pairs
from accountability.checkins.models import Part
from accountability.commitments.models import OrganizationRole
from accountability.journal.models import Entry
from accounts.erasing import _forget, erase_departed, in_order, steps_of
from accounts.leaving import come_back, leave
from accounts.models import Departure, User
from cohorts.actions import invite
from cohorts.models import Invitation, Reply
from core import register
from core.crypto import erasures, owners
from core.crypto.owners import KeyDestroyed, Owner
from core.models import AuditEvent, OwnerKind
from core.register import Holding
from home.demo.people import CAST
from notices.chores import run_offers
from notices.models import Chore, OutboxMail
from tests.notices.processes import start_worker, wait_for

ALIASES = ("default", "keys")


class Killed(BaseException):
    """As if the process had ended: nothing of ours catches it."""


@pytest.fixture(autouse=True)
def _own_file(settings: Any, tmp_path: Path) -> None:
    """What a story that is taken back wrote into the file of erasures must not reach the next one."""
    settings.ERASURES_FILE = tmp_path / "erasures" / "erasures.jsonl"


@contextmanager
def counting(until: int = 0) -> Iterator[list[str]]:
    """The statements on both databases from here on; at this one of them the process ends, where that is not zero."""
    asked: list[str] = []

    def ask(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.split()[0] not in {"BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK"}:
            asked.append(sql)
            if len(asked) == until:
                raise Killed
        return execute(sql, *rest)

    with ExitStack() as stack:
        for alias in ALIASES:
            stack.enter_context(connections[alias].execute_wrapper(ask))
        yield asked


def _killed_in_the_middle(step: Callable[[], None]) -> bool:
    """Begin a step, and end the process half way. False where it asks for nothing."""
    with _taken_back(), counting() as asked:
        step()
    if not asked:
        return False
    with pytest.raises(Killed), counting(until=len(asked) // 2 + 1):
        step()
    return True


def _leave(member: Any, *, takes_along: bool = False) -> Departure:
    """They left seven days ago."""
    departure = leave(by=User.objects.get(pk=member.pk), takes_along=takes_along)
    Departure.objects.filter(pk=departure.pk).update(erase_after=departure.asked_at)
    departure.refresh_from_db()
    return departure


def _counts() -> dict[str, int]:
    """How many rows each table of both databases holds."""
    found = {}
    for alias in ALIASES:
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT count(*) FROM "{table}"')
                found[f"{alias}: {table}"] = cursor.fetchone()[0]
    return found


@contextmanager
def _taken_back() -> Iterator[None]:
    """Whatever happens inside is undone, on both databases."""
    with ExitStack() as stack:
        for alias in ALIASES:
            stack.enter_context(transaction.atomic(using=alias))
        yield
        for alias in ALIASES:
            transaction.set_rollback(True, using=alias)
    owners.forget()


@pytest.mark.django_db
@pytest.mark.parametrize("takes_along", [False, True])
def test_everybody_of_the_cast_can_be_erased(cast, takes_along):
    for person in CAST:
        if person.first != "Lena":  # the last of the backbone team
            _leave(cast[person.first.lower()], takes_along=takes_along)

    erase_departed(now=timezone.now())

    assert not Departure.objects.exists()
    assert User.objects.filter(email__in=[f"{one.first.lower()}@riverton.example" for one in CAST]).count() == 1  # fmt: skip


def test_keys_go_first_and_the_ways_in_last():
    names = [holding.name for holding in in_order()]

    assert names[:2] == ["core", "notices"]
    assert names[-1] == "accounts"


# Who is killed closes nothing: a cursor that stays open on the server is what a real end leaves as well.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("person", ["hana", "ben"])
def test_killed_in_the_middle_of_every_step_it_goes_on_to_the_same_end(cast, person):
    """H1: Hana has a buddy, a caucus and a journal; Ben a role, a seat and a signature.

    Each step is killed half way and run again. Rounds that are killed early and late come between, since each begins anew.
    """
    departure = _leave(cast[person])
    with _taken_back(), counting() as whole:
        erase_departed(now=timezone.now())
        expected = _counts()
    member, kills = User.objects.get(pk=cast[person].pk), 0

    for part in (0.02, 0.3):
        with pytest.raises(Killed), counting(until=int(len(whole) * part)):
            erase_departed(now=timezone.now())
    for _name, step in steps_of(member):
        kills += _killed_in_the_middle(step)
        step()
    assert _killed_in_the_middle(lambda: _forget(departure, User.objects.get(pk=member.pk)))
    with _taken_back(), counting() as rest:
        erase_departed(now=timezone.now())
    with pytest.raises(Killed), counting(until=len(rest) - 1):
        erase_departed(now=timezone.now())
    assert erase_departed(now=timezone.now()) == 1

    assert kills >= 20
    assert _counts() == expected
    assert not User.objects.filter(pk=cast[person].pk).exists()
    assert not Departure.objects.filter(pk=departure.pk).exists()
    assert AuditEvent.objects.filter(verb="member.erased").count() == 1


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
@pytest.mark.scripts
def test_a_worker_that_is_killed_while_it_erases_is_followed_by_a_round_that_goes_on(cast, tmp_path):  # fmt: skip
    """H1: with a real kill, in the round that it has begun."""
    hana = cast["hana"]
    _leave(hana)
    Chore.objects.filter(name="hourly").update(next_at=timezone.now())

    process = start_worker(tmp_path)
    begun = wait_for(lambda: not Departure.objects.filter(tries=0).exists())
    process.kill()
    process.communicate()
    run_offers("hourly", timezone.now())

    assert begun
    assert not User.objects.filter(pk=hana.pk).exists()
    assert not Departure.objects.exists()
    assert AuditEvent.objects.filter(verb="member.erased").count() == 1


@pytest.mark.django_db
def test_a_step_that_fails_keeps_the_account_and_no_other_step(cast, caplog, settings):
    """The next round does the rest. The key is gone from the first."""
    hana, fails = cast["hana"], [True]
    settings.ALERT_EMAIL = "keeper@riverton.example"

    def step() -> None:
        if fails:
            raise ValueError("a row that cannot be read")

    register.hold(Holding(name="story", models=(), erase=lambda _member: [step]))
    try:
        _leave(hana)
        assert erase_departed(now=timezone.now()) == 0
        assert User.objects.filter(pk=hana.pk).exists()
        assert not Entry.objects.filter(author=hana.pk).exists()
        with pytest.raises(KeyDestroyed):
            owners.current_key(Owner(OwnerKind.MEMBER, hana.pk))
        assert "story 1: ValueError" in caplog.text
        assert "a row that cannot be read" not in caplog.text
        OutboxMail.objects.all().delete()
        for _ in range(3):  # the operators are told once
            erase_departed(now=timezone.now())
        assert [mail.subject for mail in OutboxMail.objects.all()] == ["Somebody who left Riverton Healthy Starts is not erased yet"]  # fmt: skip

        fails.clear()
        assert erase_departed(now=timezone.now()) == 1
    finally:
        del register._holdings["story"]
    assert not User.objects.filter(pk=hana.pk).exists()


@pytest.mark.django_db
def test_the_worker_erases_nobody_before_the_seven_days_are_over(cast):
    departure = leave(by=cast["hana"], takes_along=False)

    run_offers("hourly", timezone.now() + timedelta(days=6, hours=23))
    assert User.objects.filter(pk=cast["hana"].pk).exists()

    run_offers("hourly", departure.erase_after)
    assert not User.objects.filter(pk=cast["hana"].pk).exists()


@pytest.mark.django_db
def test_nobody_comes_back_once_erasing_has_begun(cast):
    departure = leave(by=cast["hana"], takes_along=False)
    Departure.objects.update(begun_at=timezone.now(), chosen_name="", pronouns="")

    assert come_back(departure=departure) is False
    assert not User.objects.get(pk=cast["hana"].pk).is_active


@pytest.mark.django_db
def test_whoever_an_older_backup_brings_back_is_erased_again(cast):
    """C8: the file of erasures outlives the databases, and every start destroys the keys that it names."""
    hana = User.objects.get(pk=cast["hana"].pk)
    _leave(hana)
    erase_departed(now=timezone.now())
    assert (OwnerKind.MEMBER, hana.pk) in set(erasures.noted())
    User(pk=hana.pk, email=hana.email, chosen_name="Hana Sato", password=hana.password).save(force_insert=True)  # fmt: skip
    owners.destroy_again()

    assert erase_departed(now=timezone.now()) == 1

    assert not User.objects.filter(pk=hana.pk).exists()


@pytest.mark.django_db
def test_a_buddy_reads_for_thirty_days_what_was_shared_beside_no_name(cast, as_):
    _leave(cast["hana"])
    shared = Part.objects.filter(member=cast["hana"]).count()
    assert shared >= 1

    erase_departed(now=timezone.now())

    left = Part.objects.filter(member=None)
    assert left.count() == shared
    one = left.first()
    page = as_("ines").get(f"/buddy/check-ins/{one.check_in_id}/").content.decode()
    assert "Former member" in page
    assert one.did in page
    one.pair.refresh_from_db()
    one.pair.ended_at = timezone.now() - timedelta(days=30)
    one.pair.save(update_fields=["ended_at"])
    prune_pairs()
    assert not Part.objects.filter(member=None).exists()


@pytest.mark.django_db
def test_what_goes_along_is_read_by_nobody_any_more(cast):
    _leave(cast["hana"], takes_along=True)

    erase_departed(now=timezone.now())

    assert not Part.objects.filter(member=None).exists()
    assert Part.objects.filter(member=cast["ines"]).exists()


@pytest.mark.django_db
def test_what_was_left_behind_in_a_pair_of_three_goes_after_thirty_days(cast):
    part = Part.objects.filter(member=cast["hana"]).first()
    old = timezone.now() - timedelta(days=30)
    Part.objects.filter(pk=part.pk).update(member=None, left_behind_at=old)

    assert set(Part.objects.left_behind(timezone.now())) == {part}


@pytest.mark.django_db
def test_words_in_a_talk_stay_and_the_name_does_not(cast):
    words = Reply.objects.filter(author=cast["ben"], removed_at__isnull=True).count()
    total = Reply.objects.count()
    _leave(cast["ben"])

    erase_departed(now=timezone.now())

    assert Reply.objects.filter(author=None).count() >= words
    assert Reply.objects.count() == total
    assert not OrganizationRole.objects.filter(holder__isnull=False, accepted_at__isnull=True).exists()  # fmt: skip


@pytest.mark.django_db
def test_what_went_to_another_address_of_theirs_goes_too(cast):
    """One that she was about to take: nothing but the address says that it is hers."""
    hana, other = cast["hana"], "hana@elsewhere.example"
    invite(email=other, by=cast["ana"])
    OutboxMail.objects.create(message_id="<waits@x>", recipient="Hana@elsewhere.example")
    EmailAddress.objects.create(user=hana, email=other)
    _leave(hana)

    assert erase_departed(now=timezone.now()) == 1

    assert not OutboxMail.objects.filter(recipient__iexact=other).exists()
    assert not Invitation.objects.filter(email=other).exists()


@pytest.mark.django_db
def test_words_of_comments_in_the_editors_area_are_in_no_log(cast):
    """Also where another quotes them, and of comments that were deleted before. What the other answered stays."""
    rui, ana, page = cast["rui"], cast["ana"], Page.objects.filter(depth__gt=1).first()
    remark = Comment.objects.create(page=page, user=rui, contentpath="title", text="canary-remark")
    remark.log_create(user=rui)
    answer = CommentReply.objects.create(comment=remark, user=ana, text="canary-answer")
    answer.log_create(user=ana)
    old = Comment.objects.create(page=page, user=rui, contentpath="title", text="canary-withdrawn")
    old.log_create(user=rui)
    old.log_delete(user=ana)
    old.delete()
    _leave(rui)

    assert erase_departed(now=timezone.now()) == 1

    log = PageLogEntry.objects.filter(action__startswith="wagtail.comments.")
    said = str(list(log.values_list("data", flat=True)))
    assert log.count() == 4
    assert "canary-remark" not in said
    assert "canary-withdrawn" not in said
    assert "canary-answer" in said


@pytest.mark.django_db
def test_a_departure_of_nobody_is_let_go():
    now = timezone.now()
    Departure.objects.create(member_ref=uuid.uuid4(), asked_at=now, erase_after=now)

    assert erase_departed(now=now) == 0
    assert not Departure.objects.exists()
