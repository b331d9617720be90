"""A backup of one machine brought to another: real programs, from the first command to a site that is whole (threats H13)."""

import json
import shutil
import subprocess
import time

import pytest

from home.management import preparation
from tests.scripts.processes import PYTHON, ROOT, environment, manage, rows, running

pytestmark = pytest.mark.scripts
DEMO = {"DJANGO_SETTINGS_MODULE": "config.settings.demo"}
PEOPLE = "SELECT email FROM accounts_user ORDER BY email"


def test_a_backup_brought_to_an_empty_machine_starts_and_passes_the_smoke(filled, tmp_path):
    (filled / "run").mkdir()
    stamps = {"starter": preparation.starter(), "demo": preparation.LOADED}
    (filled / "run" / "prepared.json").write_text(json.dumps(stamps))  # as the start that filled it
    (filled / "media").mkdir()
    (filled / "media" / "plan.txt").write_text("the plan")
    a_backup_that_is_killed_leaves_none(filled)
    made = manage(filled, "backup", **DEMO)
    assert made.returncode == 0, made.stderr
    [there] = [path for path in (filled / "backups").iterdir() if not path.name.startswith(".")]

    machine = tmp_path / "machine"
    shutil.copytree(there, machine / "brought" / there.name)
    (machine / "keys").mkdir(mode=0o700)
    shutil.copy(filled / "keys" / "field_keys.json", machine / "keys")
    restored = manage(machine, "restore", str(machine / "brought" / there.name), **DEMO)

    assert restored.returncode == 0, restored.stderr
    assert "Everything is as it was on " in restored.stdout
    assert rows(machine, PEOPLE) == rows(filled, PEOPLE)
    assert (machine / "media" / "plan.txt").read_text() == "the plan"
    with running(machine) as site:
        smoke = subprocess.run(
            [PYTHON, "scripts/smoke.py"], env=environment(machine, SITE=site.address), cwd=ROOT, capture_output=True,
            text=True, timeout=60,
        )  # fmt: skip
        beside = manage(machine, "restore", str(there), "--replace", **DEMO)
    assert smoke.returncode == 0, smoke.stdout
    assert smoke.stdout.endswith(" is whole.\n")
    assert beside.returncode == 1
    assert "The site runs, or another restore is at work. Nothing was changed." in beside.stderr


def a_backup_that_is_killed_leaves_none(folder):
    """H7: killed by the system in its middle, it leaves a folder that the next one clears away."""
    process = subprocess.Popen(
        [PYTHON, "manage.py", "backup"], env=environment(folder, **DEMO), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )  # fmt: skip
    while process.poll() is None and not list((folder / "backups").glob(".making-*/main.*")):
        time.sleep(0.001)
    process.kill()
    process.wait()

    left = [path.name for path in (folder / "backups").iterdir() if path.is_dir()]
    assert [name[:8] for name in left] == [".making-"]
