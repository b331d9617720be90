"""Every task of ours takes ids and nothing else, and is put in by `enqueue_once` alone."""

from __future__ import annotations

import ast
import inspect
from importlib import import_module

import pytest

from core.tasks import worker_task
from core.tasks.declaring import KeptTask, takes_an_id
from tests.project.source import ROOT, python_files

TASKS = {
    "accountability.buddies.actions.passing.pass_on",
    "accountability.matching.actions.previews.make_asked_for",
    "accountability.matching.actions.rounds.run_started",
    "accounts.owncopy.building.make",
    "cohorts.actions.imports.carry_out_started",
    "cohorts.actions.imports.read",
    "curriculum.paper.actions.make",
    "operations.nightly.backup_again",
    "operations.nightly.night",
}


def declared(tree: ast.Module) -> list[str]:
    """The functions of a module that are declared as tasks, with ours or with the package's own decorator."""
    return [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for mark in node.decorator_list
        if "task" in ast.unparse(mark).split("(")[0].rpartition(".")[2].lower()
    ]


def ours() -> dict[str, KeptTask]:
    """Every task of ours, by its path."""
    found = {}
    for path in python_files():
        for name in declared(ast.parse(path.read_text())):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            found[f"{module}.{name}"] = getattr(import_module(module), name)
    return found


def test_these_are_the_tasks_and_each_is_one_of_ours():
    """Whoever adds one names it here, and says in adr/0017 why it may be begun twice when that is not plain."""
    found = ours()

    assert set(found) >= TASKS
    assert [path for path, task in found.items() if not isinstance(task, KeptTask)] == []


def test_each_takes_ids_alone():
    """Arguments stand readable in the table of tasks."""
    arguments = {
        f"{path}({name})": argument
        for path, task in ours().items()
        for name, argument in inspect.signature(task.func).parameters.items()
    }

    assert [name for name, argument in arguments.items() if not takes_an_id(argument)] == []
    assert len(arguments) >= len(TASKS)


@pytest.mark.parametrize(
    "line", ["@task", "@task()", "@worker_task(gave_up=x)", "@django_tasks.task"]
)
def test_a_declared_task_is_found(line):
    assert declared(ast.parse(f"{line}\ndef one(): ...")) == ["one"]
    assert declared(ast.parse("@staff\ndef one(): ...")) == []


def test_what_takes_words_cannot_be_declared():
    def tell(text: str) -> None: ...

    with pytest.raises(TypeError, match="a task is given ids alone"):
        worker_task()(tell)
