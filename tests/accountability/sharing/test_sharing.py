"""Dev shows Elu an excerpt and takes it back: who reads it when, what ends it, what is left of it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accountability.buddies.actions import form_pair, leave_pair
from accountability.buddies.actions.pairs import prune_pairs
from accountability.buddies.choices import CameAbout
from accountability.journal.actions import delete_entry, destroy_entry, save_entry
from accountability.journal.models import Entry
from accountability.journal.texts import Text
from accountability.sharing.actions import (
    EntryGone,
    NobodyToRead,
    TooMany,
    prune_excerpts,
    share_excerpt,
    take_back,
)
from accountability.sharing.choices import MOST_AT_ONCE
from accountability.sharing.models import Excerpt
from accountability.sharing.permissions import (
    can_see_excerpt,
    can_take_back_excerpt,
    excerpts_takeable_by,
    excerpts_visible_to,
)
from core.models import AuditEvent
from core.register import holdings, visible_of
from notices.models import Notice
from tests.accountability.sharing.story import SHOWN, entry_of, shared, today_of
from tests.core.test_the_same_404 import seen

pytestmark = pytest.mark.django_db


def page(excerpt, act=""):
    return f"/journal/shared/{excerpt.pk}/{act}"


def who(cast, excerpt, can, rows):
    """The names of those whom the rule admits; that the filter gives the same is asserted on the way."""
    ruled = {name for name, member in cast.items() if can(member, excerpt)}
    assert ruled == {name for name, member in cast.items() if rows(member).filter(pk=excerpt.pk).exists()}  # fmt: skip
    return ruled


def readers(cast, excerpt):
    return who(cast, excerpt, can_see_excerpt, excerpts_visible_to)


def test_the_rules_and_the_filters_agree_for_the_whole_cast(cast, excerpt):
    """A2: the two read it, its author takes it back."""
    assert readers(cast, excerpt) == {"dev", "elu"}
    assert who(cast, excerpt, can_take_back_excerpt, excerpts_takeable_by) == {"dev"}


def test_a_signed_out_reader_is_led_to_the_log_in(nobody, excerpt):
    assert nobody.get(page(excerpt)).headers["Location"].startswith("/account/login/")


def test_the_buddy_reads_what_was_cut_out_and_nothing_else(as_, excerpt):
    """C16: exactly that one."""
    answer = as_("elu").get(page(excerpt))

    assert "<p>I laughed when <strong>she</strong> was interrupted.</p>" in answer.text
    assert "Ask Dev Banerjee before you pass any of it on." in answer.text
    assert "sister" not in answer.text
    assert str(excerpt.entry_id) not in answer.text
    assert "Take it back" not in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "<title>An excerpt" in answer.text


@pytest.mark.parametrize("name", ["ana", "lena", "mo", "fay", "gus", "jo"])
def test_to_everybody_else_it_is_the_same_404_as_what_never_was(as_, excerpt, name):
    """A2, A3, A8."""
    client = as_(name)

    for ask in (client.get, client.post):
        for act in ("", "take-back/"):
            assert seen(ask(page(excerpt, act))) == seen(ask(f"/journal/shared/{uuid4()}/{act}"))
    assert client.get(page(excerpt)).status_code == 404
    assert Excerpt.objects.filter(pk=excerpt.pk).exists()


def test_the_buddy_cannot_take_it_back_nor_ask_for_it_in_a_file(as_, cast, excerpt):
    elu = as_("elu")

    assert elu.post(page(excerpt, "take-back/")).status_code == 404
    with pytest.raises(PermissionDenied):
        take_back(by=cast["elu"], excerpt=excerpt)
    assert Excerpt.objects.filter(pk=excerpt.pk).exists()


def test_taken_back_it_is_gone_on_the_next_load(as_, excerpt):
    """A19: and the same 404 as what never was."""
    elu = as_("elu")
    before = elu.get(page(excerpt)).status_code

    answer = as_("dev").post(page(excerpt, "take-back/"), follow=True)

    assert "Taken back." in answer.text
    assert before == 200
    assert seen(elu.get(page(excerpt))) == seen(elu.get(f"/journal/shared/{uuid4()}/"))
    assert not Excerpt.objects.exists()


def test_two_presses_take_it_back_once(as_, excerpt):
    """H9."""
    dev, key = as_("dev"), {"once": str(uuid4())}

    answers = [dev.post(page(excerpt, "take-back/"), key) for _press in range(2)]

    assert [answer.headers["Location"] for answer in answers] == ["/buddy/", "/buddy/"]


@pytest.mark.parametrize(
    ("zone", "last_moment"),
    [
        ("America/Chicago", datetime(2026, 12, 2, 5, 59, tzinfo=UTC)),
        ("Pacific/Auckland", datetime(2026, 12, 1, 10, 59, tzinfo=UTC)),
    ],
)
def test_it_is_read_through_the_last_day_where_its_author_is(cast, pair, zone, last_moment):
    cast["dev"].time_zone = zone
    cast["dev"].save(update_fields=["time_zone"])
    with time_machine.travel(datetime(2026, 11, 29, 18, 0, tzinfo=UTC), tick=False):
        excerpt = shared(cast["dev"], pair, until=datetime(2026, 12, 1, tzinfo=UTC).date())
    with time_machine.travel(last_moment, tick=False):
        assert readers(cast, excerpt) == {"dev", "elu"}
        assert prune_excerpts() == 0

    with time_machine.travel(last_moment + timedelta(minutes=1), tick=False):
        assert readers(cast, excerpt) == set()  # also before the worker has come by
        assert prune_excerpts() == 1
    assert not Excerpt.objects.exists()


@pytest.mark.parametrize("days", [-1, 91])
def test_no_other_day_can_be_set(cast, pair, days):
    with pytest.raises(ValueError, match="90 days"):
        shared(cast["dev"], pair, until=today_of(cast["dev"]) + timedelta(days=days))

    assert not Excerpt.objects.exists()


def test_the_database_takes_none_that_ended_before_it_began(excerpt):
    excerpt.ends_at = excerpt.shared_at

    with pytest.raises(IntegrityError), transaction.atomic():
        excerpt.save()


@pytest.mark.parametrize("ends", [delete_entry, destroy_entry])
def test_it_goes_with_the_entry(cast, excerpt, entry, ends):
    other = shared(cast["dev"], excerpt.pair)

    ends(by=cast["dev"], entry=entry)

    assert list(Excerpt.objects.all()) == [other]


def test_changing_the_entry_changes_nothing_of_it(cast, as_, excerpt, entry):
    save_entry(by=cast["dev"], entry_id=entry.pk, text=Text(body="All different."), seen=1)

    assert "I laughed when" in as_("elu").get(page(excerpt)).text


@pytest.mark.parametrize("leaver", ["dev", "elu"])
def test_it_ends_when_the_pair_ends_for_both(cast, as_, excerpt, leaver):
    """A19."""
    of_elu = shared(cast["elu"], excerpt.pair)

    leave_pair(pair=excerpt.pair, by=cast[leaver])

    assert not Excerpt.objects.exists()
    assert as_("elu").get(page(excerpt)).status_code == 404
    assert as_("dev").get(page(of_elu)).status_code == 404


def test_of_a_trio_the_others_both_read_it_and_who_leaves_reads_no_more(cast, as_):
    trio = form_pair(members=[cast[name] for name in ("dev", "elu", "jo")], came_about=CameAbout.MATCHED)  # fmt: skip
    by_dev, by_jo = shared(cast["dev"], trio), shared(cast["jo"], trio)
    before = readers(cast, by_dev)

    leave_pair(pair=trio, by=cast["jo"])

    assert before == {"dev", "elu", "jo"}
    assert readers(cast, by_dev) == {"dev", "elu"}
    assert not Excerpt.objects.filter(pk=by_jo.pk).exists()
    assert as_("jo").get(page(by_dev)).status_code == 404


def test_nothing_is_shared_without_a_pair_or_in_that_of_others(cast, pair):
    for member in (cast["jo"], cast["hana"]):
        with pytest.raises(NobodyToRead):
            shared(member, pair)
    leave_pair(pair=pair, by=cast["elu"])
    with pytest.raises(NobodyToRead):
        shared(cast["dev"], pair)

    assert not Excerpt.objects.exists()


def test_nothing_is_cut_out_of_an_entry_of_another_or_a_deleted_one(cast, pair, entry):
    """A3."""
    with pytest.raises(EntryGone):
        shared(cast["dev"], pair, entry_of(cast["elu"]))
    delete_entry(by=cast["dev"], entry=entry)
    with pytest.raises(EntryGone):
        shared(cast["dev"], pair, entry)

    assert not Excerpt.objects.exists()


def test_thirty_at_a_time_are_enough(cast, pair, entry, excerpt):
    rows = []
    for _number in range(MOST_AT_ONCE - 1):
        row = Excerpt(pair=pair, author=cast["dev"], entry_id=entry.pk, until=excerpt.until)
        row.ends_at = excerpt.ends_at
        rows.append(row)
    Excerpt.objects.bulk_create(rows)

    with pytest.raises(TooMany):
        shared(cast["dev"], pair, entry)
    assert shared(cast["elu"], pair).author == cast["elu"]  # each counts their own


def test_elu_is_told_in_a_sentence_that_goes_when_it_is_taken_back(cast, as_, excerpt):
    """E1: the notice holds an id, and no name."""
    told = Notice.objects.filter(kind="sharing.shared")
    elu = as_("elu")
    before = elu.get("/account/notices/").text

    take_back(by=cast["dev"], excerpt=excerpt)

    assert [notice.member for notice in told] == [cast["elu"]]
    assert "Something was shared with you" in before
    assert "Something was shared with you" not in elu.get("/account/notices/").text


def test_no_table_holds_a_word_of_it(excerpt):
    """C1."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sharing_excerpt")
        stored = b" ".join(
            bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
            for value in cursor.fetchone()
        )

    assert [word for word in (b"laughed", b"Tuesday", b"interrupted") if word in stored] == []


def test_no_row_of_the_audit_tells_of_it(cast, pair, entry):
    before = AuditEvent.objects.count()

    take_back(by=cast["dev"], excerpt=shared(cast["dev"], pair, entry))

    assert AuditEvent.objects.count() == before


def test_each_takes_along_their_own_and_no_other(cast, dev, excerpt):
    """F1, F2: the register's export names days; the words are in the file behind the lock."""
    shared(cast["elu"], excerpt.pair, words="It was my brother.")
    holding = next(one for one in holdings() if one.name == "sharing")

    file = dev.get("/journal/shared/export/").json()

    assert file == {
        "excerpts": [
            {
                "entry": str(excerpt.entry_id),
                "shared": excerpt.shared_at.isoformat(),
                "until": excerpt.until.isoformat(),
                "title": "Tuesday",
                "words": SHOWN,
            }
        ]
    }
    assert holding.export(cast["dev"]) == {
        "excerpts_shared": [{key: file["excerpts"][0][key] for key in ("entry", "shared", "until")}]
    }
    assert [line.who for line in visible_of(cast["dev"], holding)] == ["Your buddy"]


def test_who_leaves_takes_what_they_shared_with_them(cast, excerpt):
    of_elu = shared(cast["elu"], excerpt.pair)
    holding = next(one for one in holdings() if one.name == "sharing")

    for step in holding.erase(cast["dev"]):
        step()

    assert list(Excerpt.objects.all()) == [of_elu]


def test_thirty_days_after_the_end_the_key_is_gone_too(cast, excerpt):
    leave_pair(pair=excerpt.pair, by=cast["dev"])
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        prune_pairs()

    assert Entry.objects.filter(pk=excerpt.entry_id).exists()
    assert not Excerpt.objects.exists()


def test_sharing_again_makes_a_new_one(cast, excerpt, entry):
    again = share_excerpt(by=cast["dev"], pair=excerpt.pair, entry=entry, title="", words="Less.", until=excerpt.until)  # fmt: skip

    assert {str(row.words) for row in Excerpt.objects.all()} == {SHOWN, "Less."}
    assert again.pk != excerpt.pk
