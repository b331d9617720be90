"""The forms of one’s own copy: readable pages, tables that no spreadsheet runs, names in words, and damage that is said."""

import csv
import io
import json
import zipfile
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import translation

from accountability.journal.actions import id_for, save_entry
from accountability.journal.models import Entry
from accountability.journal.texts import Text
from accounts.models import User
from accounts.owncopy.words import label_of, told
from accounts.owncopy.writing import zipped
from cohorts.models import Cohort, Prompt, Reply
from core import register
from core.spreadsheets import as_csv, neutral
from curriculum.models import LessonDone

pytestmark = pytest.mark.django_db


def copy_of(member):
    """The files by their names."""
    archive = zipfile.ZipFile(io.BytesIO(b"".join(zipped(member))))
    return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def entry_of(member, **text):
    return save_entry(by=member, entry_id=id_for(member, uuid4()), text=Text(**text), seen=0)


def test_every_name_in_every_copy_of_the_cast_has_words(cast):
    """A name that an app forgets would stand on the page as it is written in the code."""
    wordless = {
        f"{holding.name}: {name}"
        for member in User.objects.filter(is_active=True)
        for holding in register.holdings()
        for name in _names(_all_of(holding, member)) - set(holding.labels)
    }
    assert wordless == set()


def _all_of(holding, member):
    parts = [list(part.rows()) for part in holding.private_export(member)]
    return [holding.export(member), parts]


def _names(value):
    if isinstance(value, dict):
        return set(value).union(*map(_names, value.values()))
    return set().union(*map(_names, value)) if isinstance(value, list | tuple) else set()


def test_every_holding_that_exports_has_a_title():
    nothing = register._nothing
    untitled = {
        holding.name
        for holding in register.holdings()
        if (holding.export is not nothing or holding.private_export is not nothing)
        and not holding.title
    }
    assert untitled == set()


def test_names_of_parts_are_unique_in_their_room_and_none_is_data(cast):
    for holding in register.holdings():
        names = [part.name for part in holding.private_export(cast["hana"])]
        assert len({"data", *names}) == len(names) + 1


def test_words_of_a_member_are_no_html(cast):
    """D1 inside the file: what looks like a tag is words."""
    entry_of(cast["dev"], title="<script>alert(1)</script>", body="<img src=x onerror=alert(1)>")

    page = copy_of(cast["dev"])["pages/journal.html"]

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<img" not in page


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", " =", "\uff1d"])
def test_a_cell_is_never_a_formula(begin):
    """F4."""
    assert neutral(f"{begin}1+1") == f"'{begin}1+1"
    assert neutral("5 of us") == "5 of us"


def test_tables_hold_no_formula(cast):
    """F4: what others and oneself wrote alike."""
    spring = Cohort.objects.get(slug="spring")
    prompt = Prompt.objects.filter(cohort=spring).first()
    Reply.objects.create(prompt=prompt, author=cast["dev"], text='=HYPERLINK("http://x")', text_html="", cleaner_version=1)  # fmt: skip

    rows = list(csv.reader(io.StringIO(copy_of(cast["dev"])["tables/cohorts-replies.csv"])))

    assert '\'=HYPERLINK("http://x")' in rows[1]
    assert rows[0][0] == "Cohort"


def test_a_table_begins_with_the_mark_of_utf_8_and_keeps_its_cells_apart():
    lines = "".join(as_csv([["a", "b"], ['say "no"', "one\ntwo"]]))

    assert lines == '\ufeffa,b\r\n"say ""no""","one\ntwo"\r\n'


def test_lessons_stand_by_their_titles(cast):
    done = LessonDone.objects.filter(member=cast["dev"]).first()

    rows = json.loads(copy_of(cast["dev"])["data.json"])["rooms"]["curriculum"]["data"]

    row = next(row for row in rows if row["lesson"] == str(done.lesson_key))
    assert row["title"] != ""
    assert row["title"] in copy_of(cast["dev"])["pages/curriculum.html"]


def test_the_data_is_one_json_whose_names_stay(cast):
    entry_of(cast["dev"], body="I did.")

    data = json.loads(copy_of(cast["dev"])["data.json"])

    assert list(data) == ["format", "version", "made", "rooms"]
    assert (data["format"], data["version"]) == ("lodestar-my-data", 1)
    (entry,) = data["rooms"]["journal"]["entries"]
    assert entry["body"] == "I did."


def test_what_cannot_be_opened_says_so_and_the_rest_is_there(cast):
    kept, damaged = (entry_of(cast["dev"], body=body) for body in ("I did.", "I did not."))
    row = Entry.objects.get(pk=damaged.pk).__dict__["body"].value
    broken = bytearray(row)
    broken[40] ^= 1
    _store(damaged, bytes(broken))

    data = json.loads(copy_of(cast["dev"])["data.json"])["rooms"]["journal"]["entries"]

    assert [one["id"] for one in data if one.get("cannot_be_opened")] == [str(damaged.pk)]
    assert [one["body"] for one in data if "body" in one] == ["I did."]
    assert str(kept.pk) in {one["id"] for one in data}


def _store(entry, value):
    """As a damaged disk would."""
    with connection.cursor() as cursor:
        key = entry._meta.pk.get_db_prep_value(entry.pk, connection)
        cursor.execute("UPDATE journal_entry SET body = %s WHERE id = %s", [value, key])


def test_it_speaks_the_members_language_and_keeps_their_clock(cast):
    with translation.override("es"):
        page = copy_of(cast["dev"])["index.html"]

    assert '<html lang="es" dir="ltr">' in page


def test_values_are_in_words():
    labels = {"state": "State", "state:open": "open still", "at": "When"}

    said = told(
        {"state": "open", "at": "2026-11-29T12:00:00+00:00", "empty": "", "yes": True, "own": "1999-13-77"},
        labels,
    )  # fmt: skip

    assert [(one.label, one.text) for one in said] == [
        ("State", "open still"),
        ("When", "Nov. 29, 2026, noon"),
        ("yes", "yes"),
        ("own", "1999-13-77"),
    ]
    assert label_of("some_name", labels) == "some name"
