"""What Dev had begun, or deleted, on its way back into his journal."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accountability.journal.actions import id_for, keep_draft, save_entry
from accountability.journal.models import Draft, Entry
from accountability.journal.texts import Text, text_of
from tests.accountability.luggage import ID, bring, bytes_of, journal_json, said, taken

pytestmark = pytest.mark.django_db


def draft(body="Begun.", of_version=0):
    return {"id": str(ID), "body": body, "draft_of": of_version}


def drafts_of(member):
    return sorted(str(row.body) for row in Draft.objects.of(member))


def test_a_draft_goes_to_the_entry_that_comes_with_it(dev, cast):
    bring(dev, ("a.json", journal_json({"id": str(ID), "body": "Kept."}, draft(of_version=4))))

    entry, row = Entry.objects.of(cast["dev"]).get(), Draft.objects.of(cast["dev"]).get()
    assert (row.pk, row.of_version, str(row.body)) == (entry.pk, entry.version, "Begun.")


def test_a_draft_overwrites_no_other_and_comes_beside_once(dev, cast):
    entry = save_entry(by=cast["dev"], entry_id=id_for(cast["dev"], uuid4()), text=Text(body="Kept."), seen=0)  # fmt: skip
    keep_draft(by=cast["dev"], entry_id=entry.pk, text=Text(body="First."), seen=0, of_version=1)
    archive = bytes_of(taken(dev))
    keep_draft(by=cast["dev"], entry_id=entry.pk, text=Text(body="Second."), seen=1, of_version=1)

    bring(dev, ("export.zip", archive))
    answer = bring(dev, ("export.zip", archive))

    assert drafts_of(cast["dev"]) == ["First.", "Second."]
    assert said(answer) == ["2 were here already, word for word, and were left out."]


def test_a_draft_that_was_saved_since_is_left_out(dev, cast):
    key = id_for(cast["dev"], uuid4())
    keep_draft(by=cast["dev"], entry_id=key, text=Text(body="Begun."), seen=0, of_version=0)
    archive = bytes_of(taken(dev))
    save_entry(by=cast["dev"], entry_id=key, text=Text(body="Begun."), seen=0)

    bring(dev, ("export.zip", archive))

    assert drafts_of(cast["dev"]) == []
    assert [text_of(row) for row in Entry.objects.of(cast["dev"])] == [Text(body="Begun.")]


def test_what_was_deleted_long_ago_can_be_taken_back_for_30_days_more(dev, cast):
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    recently = timezone.now() - timedelta(days=3)
    old, new = ({"body": body, "deleted": moment.isoformat()} for body, moment in (("Old.", long_ago), ("New.", recently)))  # fmt: skip

    bring(dev, ("a.json", journal_json(old, new)))

    deleted = {str(row.body): row.deleted_at for row in Entry.objects.of(cast["dev"]).deleted()}
    assert deleted["New."] == recently
    assert timezone.now() - deleted["Old."] < timedelta(minutes=1)
