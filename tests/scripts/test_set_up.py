"""The set-up: the private environment, the throw-away PostgreSQL, the browser that strict tests ask for."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.scripts.processes import PYTHON, ROOT, alive, environment, free_port, wait_for

pytestmark = pytest.mark.scripts


def test_an_environment_that_is_there_is_not_made_again(tmp_path):
    ended = subprocess.run(
        [sys.executable, "scripts/bootstrap.py", "dev"], cwd=ROOT, capture_output=True, text=True
    )

    assert (ended.returncode, ended.stdout) == (0, "")


def test_an_environment_that_has_lost_a_program_is_made_again(tmp_path):
    """An installation would not bring it back: to the installer the package is still there."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "bootstrap.py", tmp_path / "scripts")
    (tmp_path / "requirements.txt").write_text("# nothing\n")
    (tmp_path / "requirements-dev.txt").write_text("# nothing\n")
    programs = tmp_path / "var" / "venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("python", "granian"):
        (programs / name).symlink_to(sys.executable)
    stamp = "import bootstrap as b; b.stamp('run').write_text('\\n'.join([b.wanted('run'), *b.parts()]))"  # fmt: skip
    subprocess.run([sys.executable, "-c", stamp], cwd=tmp_path / "scripts", check=True)
    set_up = [sys.executable, "-u", "scripts/bootstrap.py", "run"]

    whole = subprocess.run(set_up, cwd=tmp_path, capture_output=True, text=True, timeout=30)
    (programs / "granian").unlink()
    with subprocess.Popen(set_up, cwd=tmp_path, stdout=subprocess.PIPE, text=True, start_new_session=True) as again:  # fmt: skip
        said = again.stdout.readline()
        gone = wait_for(lambda: not (tmp_path / "var" / "venv" / ".ready-run").exists(), 10)
        os.killpg(again.pid, signal.SIGKILL)

    assert (whole.returncode, whole.stdout) == (0, "")
    assert (
        said == "A part of the private environment under var/ is missing, so it is made again …\n"
    )
    assert gone


def test_the_lock_of_the_way_without_venv_holds_hashes_and_no_host():
    text = (ROOT / "requirements-virtualenv.txt").read_text()

    assert "://" not in text
    assert text.count("==") == 6
    assert text.count("==") <= text.count("--hash=sha256:")


def test_an_unknown_level_of_set_up_is_named():
    ended = subprocess.run(
        [sys.executable, "scripts/bootstrap.py", "all"], cwd=ROOT, capture_output=True, text=True
    )

    assert (ended.returncode, ended.stderr) == (1, "Say which environment to set up: run or dev.\n")


def test_a_throw_away_postgresql_answers_and_is_gone_afterwards(tmp_path):
    code = (
        "import os, sys, psycopg\n"
        "for name in ('DATABASE_URL', 'KEYS_DATABASE_URL'):\n"
        "    with psycopg.connect(os.environ[name]) as one:\n"
        "        print(one.execute('SELECT current_database(), current_setting(\\'data_directory\\')').fetchone())\n"
        "sys.exit(7)\n"
    )
    ended = subprocess.run(
        [PYTHON, "scripts/with_postgres.py", PYTHON, "-c", code], env=environment(tmp_path), cwd=ROOT,
        capture_output=True, text=True, timeout=90,
    )  # fmt: skip
    if ended.returncode == 3:
        pytest.skip("No PostgreSQL was found.")

    lines = ended.stdout.splitlines()
    assert ended.returncode == 7, ended.stderr
    assert [line.split("'")[1] for line in lines] == ["lodestar", "lodestar_keys"]
    assert not os.path.exists(lines[0].split("'")[3])


@pytest.fixture
def open_folder():
    """A folder that PostgreSQL's account can enter, with a path short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="pg") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_a_postgresql_that_was_left_behind_is_cleared_away_by_the_next(open_folder):
    env = environment(open_folder, TMPDIR=str(open_folder))
    command = [PYTHON, "scripts/with_postgres.py"]
    first = subprocess.Popen([*command, "sleep", "60"], cwd=ROOT, env=env, start_new_session=True)
    try:
        if not wait_for(lambda: list(open_folder.glob("*/.s.PGSQL.5432")), 60):
            pytest.skip("No PostgreSQL was found.")
        (left,) = open_folder.glob("lodestar-pg-*")
        server = int((left / "data" / "postmaster.pid").read_text().split()[0])
    finally:
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
    assert alive([server]) == [server]

    subprocess.run([*command, "true"], cwd=ROOT, env=env, check=True, timeout=90)

    assert alive([server]) == []
    assert list(open_folder.glob("lodestar-pg-*")) == []


def test_files_of_a_test_run_that_was_killed_are_cleared_away_by_the_next(tmp_path):
    code = (
        "import os, config.settings.test as s; print(s.MEDIA_ROOT.parent, flush=True); os._exit(9)"
    )
    env = environment(tmp_path)

    def one_run():
        said = subprocess.run([PYTHON, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True)  # fmt: skip
        return Path(said.stdout.strip())

    first, second = one_run(), one_run()

    assert first.parent == second.parent == tmp_path / "test"
    assert list((tmp_path / "test").glob("files-*")) == [second]


def test_strict_tests_ask_for_a_browser(tmp_path):
    env = environment(tmp_path, STRICT="1", PATH=str(tmp_path), HOME=str(tmp_path))
    for name in ("CHROMIUM", "LODESTAR_CHROMIUM"):
        env.pop(name, None)
    env["PLAYWRIGHT_DOWNLOAD_HOST"] = f"http://127.0.0.1:{free_port()}"

    ended = subprocess.run(
        [PYTHON, "scripts/test.py", "--collect-only", "-q", "tests/core/test_health.py"], env=env, cwd=ROOT,
        capture_output=True, text=True, timeout=90,
    )  # fmt: skip

    assert ended.returncode == 1
    assert ended.stdout == (
        "STRICT=1 asks for browser stories, and no Chromium was found. Install one and run again.\n"
    )
