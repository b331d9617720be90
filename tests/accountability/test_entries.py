"""Dev writes. Entries and drafts: saved once, never overwritten unseen, deleted with a way back, opened by nobody else."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection, models
from django.utils import timezone

from accountability.journal.actions import (
    Conflict,
    Gone,
    delete_entry,
    destroy_entry,
    discard_draft,
    id_for,
    keep_draft,
    prune_deleted,
    restore_entry,
    save_entry,
    shown_html,
)
from accountability.journal.models import Draft, Entry
from accountability.journal.permissions import (
    can_change_entry,
    can_read_entry,
    drafts_visible_to,
    entries_visible_to,
)
from accountability.journal.texts import About, Prompt, Text, cleaned, tags_from, text_of
from core.crypto import owners
from core.crypto.envelope import CannotOpen
from core.crypto.owners import Owner
from core.register import holdings

pytestmark = pytest.mark.django_db

TUESDAY = Text(
    title="That Tuesday",
    body="I laughed when **she** was interrupted.",
    tags=("meetings", "silence"),
    prompt=Prompt("When did you last stay silent?", "Shared language", "/learn/shared-language/"),
    about=About("lesson", "6b6f", "What we mean by racism"),
)


@pytest.fixture
def dev(cast):
    return cast["dev"]


@pytest.fixture
def entry(dev):
    return save_entry(by=dev, entry_id=id_for(dev, uuid4()), text=TUESDAY, seen=0)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def stored_bytes():
    """Everything that stands in the two tables."""
    found = b""
    with connection.cursor() as cursor:
        for table in ("journal_entry", "journal_draft"):
            cursor.execute(f"SELECT * FROM {table}")
            for row in cursor.fetchall():
                found += b" ".join(
                    bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    for value in row
                )
    return found


class TestSaving:
    def test_an_entry_says_again_what_was_written(self, entry):
        assert text_of(fresh(entry)) == TUESDAY
        assert (
            shown_html(fresh(entry))
            == "<p>I laughed when <strong>she</strong> was interrupted.</p>"
        )

    def test_no_table_holds_a_word_of_it(self, entry, dev):
        keep_draft(by=dev, entry_id=entry.pk, text=TUESDAY, seen=0, of_version=1)
        stored = stored_bytes()

        for word in ("Tuesday", "laughed", "meetings", "silent", "Shared", "6b6f", "lesson"):
            assert word.encode() not in stored

    def test_the_same_form_sent_twice_saves_once(self, dev):
        once = id_for(dev, uuid4())
        first = save_entry(by=dev, entry_id=once, text=TUESDAY, seen=0)
        again = save_entry(by=dev, entry_id=once, text=TUESDAY, seen=0)

        assert (first.pk, again.version) == (again.pk, 1)
        assert Entry.objects.of(dev).count() == 1

    def test_what_another_tab_saved_is_not_overwritten_unseen(self, entry, dev):
        other = Text(body="From the other tab.")
        save_entry(by=dev, entry_id=entry.pk, text=other, seen=1)

        with pytest.raises(Conflict) as conflict:
            save_entry(by=dev, entry_id=entry.pk, text=Text(body="From this one."), seen=1)
        assert text_of(conflict.value.stored) == other
        assert text_of(fresh(entry)) == other

    def test_one_may_choose_ones_own_text_over_the_other(self, entry, dev):
        save_entry(by=dev, entry_id=entry.pk, text=Text(body="From the other tab."), seen=1)
        mine = Text(body="From this one.")
        save_entry(by=dev, entry_id=entry.pk, text=mine, seen=1, anyway=True)

        assert (text_of(fresh(entry)), fresh(entry).version) == (mine, 3)

    def test_saving_drops_the_draft(self, entry, dev):
        draft = keep_draft(by=dev, entry_id=entry.pk, text=Text(body="More."), seen=0, of_version=1)
        save_entry(
            by=dev, entry_id=entry.pk, text=Text(body="More."), seen=1, draft_seen=draft.version
        )

        assert not Draft.objects.exists()

    def test_what_another_tab_is_typing_is_not_dropped_unseen(self, entry, dev):
        keep_draft(by=dev, entry_id=entry.pk, text=Text(body="Still typing."), seen=0, of_version=1)

        with pytest.raises(Conflict) as conflict:
            save_entry(by=dev, entry_id=entry.pk, text=Text(body="Done."), seen=1, draft_seen=0)
        assert text_of(conflict.value.stored) == Text(body="Still typing.")
        assert text_of(fresh(entry)) == TUESDAY

    def test_an_older_cleaners_html_is_made_anew_when_it_is_read(self, entry):
        entry.html, entry.html_by = "<p>old</p>", 0
        entry.save()

        assert (
            shown_html(fresh(entry))
            == "<p>I laughed when <strong>she</strong> was interrupted.</p>"
        )
        assert fresh(entry).html_by == 1

    def test_html_made_for_an_older_text_does_not_stand_beside_a_newer_one(self, entry, dev):
        """The other tab saves between reading and keeping."""
        Entry.objects.filter(pk=entry.pk).update(html_by=0)
        read = fresh(entry)
        save_entry(by=dev, entry_id=entry.pk, text=Text(body="Newer."), seen=1)

        assert shown_html(read).startswith("<p>I laughed")
        assert shown_html(fresh(entry)) == "<p>Newer.</p>"


class TestDrafts:
    def test_a_draft_leaves_the_entry_as_it_is(self, entry, dev):
        keep_draft(by=dev, entry_id=entry.pk, text=Text(body=""), seen=0, of_version=1)

        assert text_of(fresh(entry)) == TUESDAY

    def test_each_save_has_a_number_and_an_old_tab_is_told(self, dev):
        once = id_for(dev, uuid4())
        first = keep_draft(by=dev, entry_id=once, text=Text(body="a"), seen=0, of_version=0)
        second = keep_draft(by=dev, entry_id=once, text=Text(body="ab"), seen=1, of_version=0)

        with pytest.raises(Conflict):
            keep_draft(by=dev, entry_id=once, text=Text(body="other"), seen=1, of_version=0)
        assert (first.version, second.version) == (1, 2)
        assert text_of(fresh(second)) == Text(body="ab")

    def test_the_same_text_again_is_no_conflict(self, dev):
        once = id_for(dev, uuid4())
        for _ in range(2):
            draft = keep_draft(by=dev, entry_id=once, text=Text(body="a"), seen=0, of_version=0)

        assert draft.version == 1

    def test_a_choice_between_two_texts_is_not_undone_by_a_late_save(self, dev):
        once, tab = id_for(dev, uuid4()), uuid4()
        place = {"by": dev, "entry_id": once, "of_version": 0, "tab": tab}
        keep_draft(text=Text(body="theirs"), seen=0, by=dev, entry_id=once, of_version=0)
        chosen = keep_draft(text=Text(body="mine"), seen=1, turn=2, anyway=True, **place)

        late = keep_draft(text=Text(body="mi"), seen=0, turn=1, **place)

        assert (late.version, text_of(fresh(chosen))) == (2, Text(body="mine"))

    @pytest.mark.parametrize("how", [delete_entry, destroy_entry])
    def test_what_is_deleted_while_a_save_is_on_its_way_stays_so(self, entry, dev, how):
        """The other tab has found the entry, and comes to write when it is there no more."""
        how(by=dev, entry=Entry.objects.get(pk=entry.pk))

        with pytest.raises(Gone):
            keep_draft(by=dev, entry_id=entry.pk, text=TUESDAY, seen=0, of_version=1)
        assert not Draft.objects.exists()

    def test_a_draft_that_was_thrown_away_does_not_come_back_by_a_late_save(self, dev):
        once = id_for(dev, uuid4())
        keep_draft(by=dev, entry_id=once, text=Text(body="a"), seen=0, of_version=0)
        discard_draft(by=dev, entry_id=once)

        with pytest.raises(Gone):
            keep_draft(by=dev, entry_id=once, text=Text(body="ab"), seen=1, of_version=0)
        assert not Draft.objects.exists()

    def test_a_draft_can_be_thrown_away(self, entry, dev):
        keep_draft(by=dev, entry_id=entry.pk, text=Text(body="no"), seen=0, of_version=1)
        discard_draft(by=dev, entry_id=entry.pk)

        assert not Draft.objects.exists()


class TestDeleting:
    def test_an_entry_can_be_taken_back_for_thirty_days(self, entry, dev):
        delete_entry(by=dev, entry=entry)
        assert list(entries_visible_to(dev).kept()) == []
        with time_machine.travel(timezone.now() + timedelta(days=29, hours=23)):
            assert prune_deleted() == 0
        restore_entry(by=dev, entry=fresh(entry))

        assert text_of(fresh(entry)) == TUESDAY
        assert list(entries_visible_to(dev).kept()) == [entry]

    def test_then_it_is_gone(self, entry, dev):
        delete_entry(by=dev, entry=entry)
        with time_machine.travel(timezone.now() + timedelta(days=30, seconds=1)):
            assert prune_deleted() == 1

        assert not Entry.objects.exists()

    def test_at_once_is_at_once(self, entry, dev):
        keep_draft(by=dev, entry_id=entry.pk, text=Text(body="x"), seen=0, of_version=1)
        destroy_entry(by=dev, entry=entry)

        assert (Entry.objects.count(), Draft.objects.count()) == (0, 0)

    def test_a_deleted_entry_is_not_written_in(self, entry, dev):
        delete_entry(by=dev, entry=entry)

        with pytest.raises(PermissionDenied):
            save_entry(by=dev, entry_id=entry.pk, text=Text(body="x"), seen=1)

    def test_leaving_destroys_the_key_and_the_rows(self, entry, dev, settings, tmp_path):
        settings.ERASURES_FILE = tmp_path / "erasures.jsonl"
        kept = fresh(entry)
        for holding in holdings():
            if holding.name in {"core", "journal"}:
                for step in holding.erase(dev):
                    step()

        assert not Entry.objects.of(dev).exists()
        with pytest.raises(CannotOpen):
            _ = kept.body


class TestNobodyElse:
    def test_the_rule_and_the_filter_agree_for_the_whole_cast(self, entry, cast, dev):
        keep_draft(by=dev, entry_id=entry.pk, text=TUESDAY, seen=0, of_version=1)
        readers = [name for name, member in cast.items() if can_read_entry(member, entry)]

        assert readers == ["dev"]
        assert [n for n, member in cast.items() if entries_visible_to(member).exists()] == ["dev"]
        assert [n for n, member in cast.items() if drafts_visible_to(member).exists()] == ["dev"]
        assert [n for n, member in cast.items() if can_change_entry(member, entry)] == ["dev"]

    @pytest.mark.parametrize("name", ["ana", "gus", "ben"])
    @pytest.mark.parametrize("act", [delete_entry, restore_entry, destroy_entry])
    def test_nobody_else_can_do_anything_to_it(self, entry, cast, name, act):
        """A3: not the backbone, not the operator, not a director."""
        with pytest.raises(PermissionDenied):
            act(by=cast[name], entry=entry)
        assert text_of(fresh(entry)) == TUESDAY

    def test_a_value_of_another_member_does_not_open_under_ones_name(self, entry, cast):
        """C3: the row of Dev given to Ben by hand in the database."""
        owners.get_ready([Owner("member", cast["ben"].pk)])
        Entry.objects.filter(pk=entry.pk).update(author=cast["ben"])

        with pytest.raises(CannotOpen):
            text_of(fresh(entry))

    def test_two_members_with_one_key_of_a_form_write_two_entries(self, cast):
        once = uuid4()

        assert id_for(cast["dev"], once) != id_for(cast["ben"], once)


@pytest.mark.once
class TestTyping:
    @pytest.mark.parametrize(
        ("typed", "tags"),
        [
            ("meetings, silence", ("meetings", "silence")),
            ("#meetings,Meetings ,  MEETINGS", ("meetings",)),
            ("one\ntwo,,\n , three  words", ("one", "two", "three words")),
            ("", ()),
        ],
    )
    def test_tags_are_kept_once(self, typed, tags):
        assert tags_from(typed) == tags

    def test_what_no_reader_sees_is_left_out_and_every_script_kept(self):
        assert cleaned("a\x00b\r\nc\rd\ud800") == "ab\nc\nd"
        assert cleaned("e\u0301 👩🏾‍⚕️ العربية") == "\xe9 👩🏾‍⚕️ العربية"

    def test_a_suggestion_alone_is_nothing_written(self):
        assert Text(prompt=Prompt("When?")).is_empty
        assert not Text(tags=("x",)).is_empty


def test_every_sealed_field_is_declared_class_s():
    for model in (Entry, Draft):
        sealed = {
            field.name
            for field in model._meta.get_fields()
            if isinstance(field, models.Field) and hasattr(field, "label")
        }
        declared = {name for name, field in model.Privacy.fields.items() if field.class_s}
        assert sealed == declared
