"""A site that runs: what it says, what it answers, what comes back when it is killed, and that everything ends with it.

A start costs seconds, so each story here goes a long way with one site.
"""

import contextlib
import os
import signal
import sqlite3
import subprocess

import psutil
import pytest

from tests.scripts.processes import PYTHON, ROOT, environment, free_port, running, serve, wait_for

pytestmark = pytest.mark.scripts


def test_a_site_from_its_first_start_to_ctrl_c_and_back(tmp_path):
    with running(tmp_path) as site:
        it_says_what_it_does_and_who_can_sign_in(site)
        it_answers_and_is_whole(site)
        another_start_beside_it_is_refused_with_its_address(site)
        its_port_is_not_taken_from_it(site, tmp_path / "other")
        what_is_killed_comes_back(site)
        ctrl_c_ends_everything(site)

    with sqlite3.connect(tmp_path / "db" / "lodestar.sqlite3") as raw:
        raw.execute("UPDATE accounts_user SET chosen_name='Devendra' WHERE email LIKE 'dev@%'")
    raw.close()

    with running(tmp_path) as site:
        assert "Setting up" not in site.said
        assert "Loading" not in site.said
        assert names_of_dev(tmp_path) == ["Devendra"]
        a_killed_supervisor_takes_its_children_along(site)


def test_without_the_demonstration_nobody_is_invented(tmp_path):
    with running(tmp_path, DEMO="0") as site:
        assert names_of_dev(tmp_path) == []
        assert "riverton.example" not in site.said
        assert [site.status(path) for path in ("/", "/learn/")] == [200, 200]


def it_says_what_it_does_and_who_can_sign_in(site):
    assert "Setting up the database (default)" in site.said
    assert "Riverton Healthy Starts: 41 people" in site.said
    assert f"Lodestar is ready: {site.address}" in site.said
    assert "dev@riverton.example" in site.said


def it_answers_and_is_whole(site):
    smoke = subprocess.run(
        [PYTHON, "scripts/smoke.py"], env=environment(site.folder, SITE=site.address), cwd=ROOT,
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip

    assert [site.status(path) for path in ("/healthz", "/readyz", "/", "/today/")] == [200] * 4
    assert smoke.returncode == 0, smoke.stdout
    assert smoke.stdout.endswith(f"{site.address} is whole.\n")


def another_start_beside_it_is_refused_with_its_address(site):
    other = serve(site.folder)

    assert other.returncode == 1
    assert other.stderr == (
        f"Lodestar runs already, at {site.address}. Open that address, or stop it there with Ctrl-C.\n"
    )


def its_port_is_not_taken_from_it(site, folder):
    other = serve(folder, PORT=str(site.port))

    assert other.returncode == 1
    assert other.stderr.startswith(f"Port {site.port} is used by another program.")
    assert not (folder / "db" / "lodestar.sqlite3").exists()


def what_is_killed_comes_back(site):
    """H1, H2: the worker, and one of the processes of the web server."""
    worker = site.children("run_worker")
    web = [pid for pid in site.children("granian") if pid not in worker]
    os.kill(worker[0], signal.SIGKILL)
    os.kill(max(web), signal.SIGKILL)

    def back():
        now = site.children("run_worker")
        return now and now != worker and site.status("/healthz") == 200

    assert wait_for(back, 10)
    assert wait_for(lambda: site.status("/learn/") == 200, 10)


def ctrl_c_ends_everything(site):
    everything = site.children("")
    assert len(everything) >= 3

    site.process.send_signal(signal.SIGINT)

    assert site.process.wait(timeout=20) == 0
    assert wait_for(lambda: not alive(everything), 5), alive(everything)
    assert "Everything is kept" in (site.folder / "said.txt").read_text()


def a_killed_supervisor_takes_its_children_along(site):
    everything = site.children("")
    assert len(everything) >= 3

    site.process.kill()
    site.process.wait()

    assert wait_for(lambda: not alive(everything), 12), alive(everything)
    assert site.status("/healthz") == 0


def names_of_dev(folder):
    with sqlite3.connect(folder / "db" / "lodestar.sqlite3") as raw:
        rows = raw.execute("SELECT chosen_name FROM accounts_user WHERE email LIKE 'dev@%'")
        names = [name for (name,) in rows]
    raw.close()
    return names


def alive(processes):
    """Which of them still run; a zombie waits for nothing but its parent."""
    found = []
    for pid in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            if psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
                found.append(pid)
    return found


def test_smoke_says_when_nothing_answers(tmp_path):
    port = free_port()
    ended = subprocess.run(
        [PYTHON, "scripts/smoke.py"], env=environment(tmp_path, SITE=f"http://localhost:{port}"), cwd=ROOT,
        capture_output=True, text=True, timeout=30,
    )  # fmt: skip

    assert ended.returncode == 1
    assert f"Nothing answers at http://localhost:{port}" in ended.stdout
