"""The supervisor by itself, with small programs for children."""

import os
import subprocess
import sys

import pytest

from tests.scripts.processes import ROOT, wait_for

pytestmark = pytest.mark.scripts
SCRIPTS = ROOT / "scripts"


def run(code):
    return subprocess.run([sys.executable, "-c", code], cwd=SCRIPTS, capture_output=True, text=True, timeout=30)  # fmt: skip


def test_a_program_that_is_missing_is_a_sentence():
    ended = run(
        "from supervision import Child, Supervisor\n"
        "one = Supervisor()\n"
        "print(one.add(Child('web server', ['/nowhere/granian'], {})), one.run_once(Child('x', ['/nowhere/x'], {})))\n"
        "one.tick(); one.end()"
    )

    assert ended.stdout == "False 1\n"
    assert ended.stderr == (
        "The web server cannot be started: /nowhere/granian: No such file or directory.\n"
        "The x cannot be started: /nowhere/x: No such file or directory.\n"
    )


def test_a_child_that_dies_again_and_again_is_never_waited_for_longer_than_four_seconds():
    """H1, H2: with a start of some seconds the site is back within ten."""
    ended = run(
        "from supervision import Child, Watcher\n"
        "watcher, child = Watcher(), Child('worker', ['/nowhere/python'], {})\n"
        "waits = [(child.wait, child.start(watcher))[0] for _ in range(6)]\n"
        "print(waits); watcher.close()"
    )

    assert ended.stdout == "[0.5, 1.0, 2.0, 4.0, 4.0, 4.0]\n"


def test_a_worker_that_lives_and_gives_no_sign_of_life_is_ended_and_begins_again(tmp_path):
    """One that hangs would send no mail until somebody looks. Its child ends with it; one that beats is left alone."""
    ended = run(
        "import pathlib, supervision, time\n"
        "from supervision import Child, Supervisor\n"
        "supervision.SILENT_FOR = 0.6\n"
        f"folder, one = pathlib.Path({str(tmp_path)!r}), Supervisor()\n"
        "def child(name, does):\n"
        "    beat = folder / f'{name}.beat'\n"
        "    made = Child(name, ['/bin/sh', '-c', f'{does}; echo > {beat}; exec sleep 60'], {}, heartbeat=beat)\n"
        "    one.add(made)\n"
        "    return made, beat, made.process.pid\n"
        "silent, _file, first = child('worker', 'sleep 61 & true')\n"
        "lively, beat, only = child('other', 'true')\n"
        "until = time.monotonic() + 10\n"
        "while silent.process and silent.process.pid == first and time.monotonic() < until:\n"
        "    beat.write_text(str(time.monotonic())); one.tick(); time.sleep(0.05)\n"
        "one.tick()\n"
        "print(silent.process.pid != first, silent.process.poll(), lively.process.pid == only)\n"
        "one.end()"
    )

    assert ended.stdout == "True None True\n"
    assert ended.stderr == (
        "The worker has given no sign of life for 0.000166667 hours; it is ended and starts again.\n"
    )


def test_the_worker_of_make_dev_begins_again_when_the_code_changes(tmp_path):
    """With the scripts of a project that holds one file."""
    (tmp_path / "scripts").mkdir()
    for name in ("reloading.py", "supervision.py"):
        (tmp_path / "scripts" / name).write_text((SCRIPTS / name).read_text())
    (tmp_path / "app").mkdir()
    code = tmp_path / "app" / "views.py"
    code.write_text("one = 1")
    (tmp_path / "scripts" / "go.py").write_text(
        "import reloading\n"
        "from supervision import Child, Supervisor\n"
        "one = Supervisor()\n"
        "worker = Child('worker', ['/bin/sh', '-c', 'echo begun; exec sleep 60'], {})\n"
        "one.add(worker)\n"
        "one.run(reloading.watch(one, worker))\n"
    )
    said = tmp_path / "said.txt"
    with said.open("w") as out:
        process = subprocess.Popen([sys.executable, "scripts/go.py"], cwd=tmp_path, stdout=out, stderr=out)  # fmt: skip
    try:
        assert wait_for(lambda: said.read_text() == "begun\n", 10)
        assert wait_for(lambda: os.utime(code) or said.read_text().count("begun") > 1, 10)
    finally:
        process.terminate()
        process.wait(timeout=20)

    assert "The code has changed; the worker begins again." in said.read_text()
