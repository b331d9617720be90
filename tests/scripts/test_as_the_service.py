"""`scripts/lodestar.py`: a command with the service's settings and account, and nothing of the shell that it is typed in."""

import os
import pwd
import subprocess
import sys

import pytest

from tests.scripts.processes import ROOT

pytestmark = pytest.mark.scripts
SETTINGS = """# a sentence about the file

SECRET_KEY=abc$def&ghi=
FROM_EMAIL='Riverton <hello@equity.example.org>'
ALERT_EMAIL="ops@example.org"
EMPTY=
"""
SHOW = "import os, sys; sys.path.insert(0, 'scripts'); import lodestar; from pathlib import Path; print(lodestar.read(Path(sys.argv[1])))"  # fmt: skip


def lodestar(*words, **given):
    return subprocess.run(
        [sys.executable, "scripts/lodestar.py", *words], cwd=ROOT, capture_output=True, text=True, timeout=60,
        env={"PATH": os.environ["PATH"], **given},
    )  # fmt: skip


def settings(folder, text):
    (folder / "lodestar.env").write_text(text)
    return str(folder / "lodestar.env")


def test_the_file_of_settings_is_read_as_systemd_reads_it(tmp_path):
    shown = subprocess.run(
        [sys.executable, "-c", SHOW, settings(tmp_path, SETTINGS)], cwd=ROOT, capture_output=True, text=True
    )  # fmt: skip

    assert shown.stderr == ""
    assert shown.stdout == (
        "{'SECRET_KEY': 'abc$def&ghi=', 'FROM_EMAIL': 'Riverton <hello@equity.example.org>', "
        "'ALERT_EMAIL': 'ops@example.org', 'EMPTY': ''}\n"
    )


@pytest.mark.parametrize(
    "line", ["SECRET_KEY", "FROM_EMAIL='Riverton", "A=b'c'", "export A=b", "A='b' c"]
)
def test_a_line_that_two_readers_could_take_for_two_things_is_refused(tmp_path, line):
    name = settings(tmp_path, f"A=b\n{line}\n")

    ended = lodestar("check", LODESTAR_ENV=name)

    assert ended.returncode == 1
    assert ended.stderr.startswith(f"Line 2 of {name} is not NAME=value")


def test_without_its_file_or_its_account_a_command_ends_with_a_sentence(tmp_path):
    name = settings(tmp_path, SETTINGS)

    assert f"{tmp_path}/none cannot be read" in lodestar("check", LODESTAR_ENV=f"{tmp_path}/none").stderr  # fmt: skip
    assert lodestar("check", LODESTAR_ENV=name, LODESTAR_USER="nobody-of-that-name").stderr == (
        "There is no account nobody-of-that-name on this machine. Nothing was done.\n"
    )


def test_a_command_gets_the_settings_of_the_file_and_not_those_of_the_shell(tmp_path):
    """A wrong setting of the file stops it; the shell's own is not seen."""
    me = pwd.getpwuid(os.geteuid()).pw_name
    name = settings(tmp_path, "SECRET_KEY=short\n")

    ended = lodestar("check", LODESTAR_ENV=name, LODESTAR_USER=me, SECRET_KEY="x" * 60, DEBUG="1")

    assert ended.returncode == 1
    assert "SECRET_KEY must be set to at least 50 random characters" in ended.stderr
