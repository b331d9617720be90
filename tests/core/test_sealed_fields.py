"""The field that seals: models use it like a text field, and cannot do with it what would tell."""

import logging
import uuid

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from django.test.utils import isolate_apps

from core.crypto import checks
from core.crypto.envelope import CannotOpen
from core.crypto.fields import EncryptedTextField, PrivateText
from core.models import OwnerKind

SECRET = "I laughed when she was interrupted."


@pytest.fixture
def page():
    """A model with a sealed field, in a table of its own that the story's transaction takes back."""
    with isolate_apps("core"):

        class Page(models.Model):  # noqa: DJ008
            id = models.UUIDField(primary_key=True, default=uuid.uuid4)
            author_id = models.UUIDField()
            body = EncryptedTextField(
                sealed_as="page.body", owner="author_id", kind=OwnerKind.MEMBER
            )
            title = EncryptedTextField(
                sealed_as="page.title", owner="author_id", kind=OwnerKind.MEMBER
            )

            class Meta:
                app_label = "core"

        yield Page


@pytest.fixture
def table(page, db):
    editor = connection.SchemaEditorClass(connection, collect_sql=True)
    statement, _params = editor.table_sql(page)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    return page


@pytest.fixture
def row(table):
    return table.objects.create(author_id=uuid.uuid4(), body=SECRET, title="That Tuesday")


def stored(row, column="body"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM core_page WHERE id = %s", [_key(row)])
        return bytes(cursor.fetchone()[0])


def bent(value):
    """The same with its last bit turned over, whatever it was."""
    return value[:-1] + bytes([value[-1] ^ 1])


def put(row, value, column="body"):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE core_page SET {column} = %s WHERE id = %s", [value, _key(row)])


def _key(row):
    return row.pk.hex if connection.vendor == "sqlite" else row.pk


@pytest.mark.django_db
class TestTheField:
    """What models see of it."""

    def test_it_is_used_like_a_text_field(self, row):
        again = type(row).objects.get(pk=row.pk)
        again.body += " I said nothing."
        again.save()

        assert type(row).objects.get(pk=row.pk).body == f"{SECRET} I said nothing."
        assert again.title == "That Tuesday"

    def test_the_table_holds_no_word_of_it(self, row):
        assert SECRET.encode() not in stored(row)
        assert stored(row)[:3] == b"\x01\x00\x01"

    def test_what_was_not_opened_goes_back_as_it_is(self, row):
        before = stored(row)
        again = type(row).objects.get(pk=row.pk)
        again.title = "That Wednesday"
        again.save()

        assert stored(row) == before

    def test_a_value_moved_to_another_row_field_or_author_does_not_open(self, row):
        """C3, by SQL."""
        other = type(row).objects.create(author_id=row.author_id, body="Another.", title="")
        put(other, stored(row))
        put(row, stored(row), "title")
        again = type(row).objects

        with pytest.raises(CannotOpen):
            _ = again.get(pk=other.pk).body
        with pytest.raises(CannotOpen):
            _ = again.get(pk=row.pk).title
        type(row).objects.update(author_id=uuid.uuid4())
        with pytest.raises(CannotOpen):
            _ = again.get(pk=row.pk).body

    def test_one_damaged_value_leaves_the_others_alone(self, row):
        put(row, bent(stored(row)))
        again = type(row).objects.get(pk=row.pk)

        assert again.title == "That Tuesday"
        with pytest.raises(CannotOpen):
            _ = again.body

    @pytest.mark.parametrize(
        "question",
        [
            lambda rows: rows.filter(body=SECRET),
            lambda rows: rows.filter(body__icontains="she"),
            lambda rows: rows.filter(body__isnull=False),
            lambda rows: rows.order_by("body").first(),
        ],
        ids=["exact", "contains", "is null", "order"],
    )
    def test_it_cannot_be_filtered_or_ordered(self, row, question):
        with pytest.raises(FieldError, match="encrypted"):
            question(type(row).objects)

    def test_no_text_goes_past_the_row(self, row):
        with pytest.raises(TypeError, match="encrypted"):
            type(row).objects.update(body="changed")
        with pytest.raises(TypeError, match="encrypted"):
            type(row).objects.bulk_update([row], ["body"])

    def test_a_representation_and_a_log_line_do_not_hold_it(self, row, caplog):
        with caplog.at_level(logging.DEBUG):
            logging.getLogger("lodestar").debug("%r %s", row.body, [row.body])

        assert repr(row.body) == "(private text)"
        assert f"{row.body}" == SECRET
        assert SECRET not in caplog.text

    def test_no_form_and_no_serializer_shows_it(self, row):
        field = type(row)._meta.get_field("body")

        assert field.formfield() is None
        assert field.value_to_string(row) == field.value_from_object(row) == "(private text)"

    def test_values_alone_stay_sealed(self, row):
        rows = type(row).objects
        taken = [
            *rows.values_list("body", flat=True),
            rows.annotate(more=models.F("body")).get().more,
        ]

        assert [repr(value) for value in taken] == ["(sealed)"] * 2

    def test_a_row_takes_text_alone(self, page):
        with pytest.raises(TypeError, match="takes text"):
            page(author_id=uuid.uuid4(), body=None)

    def test_a_deferred_value_is_fetched_when_it_is_read(self, row):
        assert type(row).objects.defer("body").get().body == SECRET

    def test_a_text_is_private_before_it_is_saved_too(self, page):
        assert isinstance(page(author_id=uuid.uuid4(), body="x").body, PrivateText)


def found(check):
    return [(problem.id, problem.msg) for problem in check]


@pytest.mark.once
class TestTheChecks:
    """A model that would leak does not start."""

    def test_ours_pass(self):
        assert found(checks.check_sealed(None)) == []

    @isolate_apps("core")
    def test_a_field_must_say_whose_it_is_and_be_no_index(self):
        class Leaky(models.Model):  # noqa: DJ008
            id = models.UUIDField(primary_key=True, default=uuid.uuid4)
            body = EncryptedTextField()
            name = EncryptedTextField(
                sealed_as="x", owner="id", kind="member", unique=True, null=True
            )

            class Meta:
                app_label = "core"

        assert [problem.id for problem in Leaky.check() if problem.id.startswith("crypto")] == [
            "crypto.E001",
            "crypto.E002",
        ]

    @pytest.mark.parametrize(
        ("options", "wrong"),
        [
            ({"ordering": ["-body"]}, "crypto.E004"),
            ({"indexes": [models.Index(fields=["body"], name="leak")]}, "crypto.E004"),
        ],
    )
    def test_nothing_leans_on_a_sealed_value(self, monkeypatch, options, wrong):
        with isolate_apps("core"):
            body = EncryptedTextField(sealed_as="l", owner="id", kind="member")
            meta = type("Meta", (), {"app_label": "core", **options})
            key = models.UUIDField(primary_key=True, default=uuid.uuid4)
            members = {"id": key, "body": body, "Meta": meta, "__module__": __name__}
            leaky = type("Leaky", (models.Model,), members)
        monkeypatch.setattr(checks, "sealed_fields", lambda: [leaky._meta.get_field("body")])

        assert [problem.id for problem in checks.nothing_leans_on_it()] == [wrong]

    def test_two_fields_of_one_label_are_refused(self, monkeypatch):
        known = list(checks.sealed_fields())
        monkeypatch.setattr(checks, "sealed_fields", lambda: [*known, known[0]])

        assert [problem.id for problem in checks.labels_are_unique()] == ["crypto.E003"]
