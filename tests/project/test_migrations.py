"""Migrations of `main` are never folded or edited, and what they take away was not used any more: expand, then contract."""

import ast
import json
from pathlib import Path

import pytest

from tests.upgrades.changed import CONTRACTS, WIDENS
from tests.upgrades.kept import migrations_of

ROOT = Path(__file__).resolve().parents[2]
KEPT = {
    path.parent.name: json.loads(path.read_text())["migrations"]
    for path in sorted((ROOT / "tests" / "upgrades").glob("*/read.json"))
}
TAKES_AWAY = {"RemoveField", "RenameField", "DeleteModel", "RenameModel", "AlterModelTable", "AlterField", "AddConstraint", "RunSQL"}  # fmt: skip
#: What lets code that does not know a column go on writing rows.
DOES_WITHOUT = ("null", "db_default")


def contracting(source):
    """The operations of a migration by which code of before could no longer read or write."""
    found = []
    for call in _calls(ast.parse(source)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        given = {one.arg: one.value for one in call.keywords}
        if name in TAKES_AWAY and not _of_a_new_model(given, source):
            found.append(name)
        if name == "AddField" and not _may_be_left_out(given.get("field")) and not _of_a_new_model(given, source):  # fmt: skip
            found.append(f"AddField {ast.literal_eval(given['name'])} without db_default or null")
    return found


def _calls(node):
    """The calls below this node, but for what only the code forgets and the database keeps."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.keyword) and child.arg == "state_operations":
            continue
        if isinstance(child, ast.Call):
            yield child
        yield from _calls(child)


def _may_be_left_out(field):
    if getattr(field.func, "attr", "") == "ManyToManyField":
        return True
    given = {one.arg: one.value for one in field.keywords}
    is_null = isinstance(given.get("null"), ast.Constant) and given["null"].value is True
    return is_null or "db_default" in given


def _of_a_new_model(given, source):
    """Whether the model is made in the same migration: no code of before writes to it."""
    model = given.get("model_name")
    made = {
        ast.literal_eval(one.value).lower()
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "CreateModel"
        for one in call.keywords
        if one.arg == "name"
    }
    return isinstance(model, ast.Constant) and model.value.lower() in made


@pytest.mark.parametrize("commit", KEPT)
def test_a_migration_that_main_had_is_as_it_was(commit):
    """H15: a database that has run it would else be taken for that of another program, or miss what was folded in."""
    now = migrations_of(ROOT)

    assert {path: now.get(path) for path in KEPT[commit]} == KEPT[commit]


def test_what_came_since_takes_nothing_away_that_the_last_release_uses():
    """H16."""
    known = set().union(*KEPT.values())
    later = [path for path in migrations_of(ROOT) if path not in known]

    found = {path: contracting((ROOT / path).read_text()) for path in later}
    for path in WIDENS:
        found[path] = [name for name in found[path] if name != "AlterField"]

    assert {path: taken for path, taken in found.items() if taken and path not in CONTRACTS} == {}


def test_every_contract_is_there_and_gives_a_reason():
    assert [path for path, reason in CONTRACTS.items() if not (ROOT / path).exists() or len(reason) < 30] == []  # fmt: skip


def test_each_way_to_take_away_is_seen():
    head = "from django.db import migrations, models\noperations = ["

    assert contracting(f"{head}migrations.RemoveField(model_name='member', name='age')]") == ["RemoveField"]  # fmt: skip
    assert contracting(f"{head}migrations.RenameField(model_name='a', old_name='b', new_name='c')]") == ["RenameField"]  # fmt: skip
    assert contracting(f"{head}migrations.AddField(model_name='a', name='b', field=models.TextField(default=''))]") == [
        "AddField b without db_default or null"
    ]  # fmt: skip


def test_what_only_adds_is_none():
    head = "from django.db import migrations, models\noperations = ["

    assert contracting(f"{head}migrations.AddField(model_name='a', name='b', field=models.TextField(null=True))]") == []  # fmt: skip
    assert contracting(f"{head}migrations.AddField(model_name='a', name='b', field=models.TextField(db_default=''))]") == []  # fmt: skip
    assert contracting(f"{head}migrations.CreateModel(name='A', fields=[]), migrations.AddConstraint(model_name='a', constraint=None)]") == []  # fmt: skip
    assert contracting(f"{head}migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveField(model_name='a', name='b')])]") == []  # fmt: skip


def test_what_the_database_forgets_too_takes_away():
    head = "from django.db import migrations, models\noperations = ["

    assert contracting(f"{head}migrations.SeparateDatabaseAndState(database_operations=[migrations.RemoveField(model_name='a', name='b')])]") == [
        "RemoveField"
    ]  # fmt: skip
