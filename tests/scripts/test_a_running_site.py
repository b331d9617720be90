"""A site that runs: what it says, what it answers, what comes back when it is killed, and that everything ends with it.

A start costs seconds, so each story here goes a long way with one site.
"""

import html
import os
import re
import shutil
import signal
import subprocess

import psutil
import pytest

from tests.scripts.processes import (
    PRODUCTION,
    PYTHON,
    ROOT,
    alive,
    environment,
    free_port,
    manage,
    rows,
    running,
    serve,
    wait_for,
)
from tests.scripts.proxies import KINDS, program, proxied, signs_in

pytestmark = pytest.mark.scripts
PROGRESS = "SELECT * FROM curriculum_lessondone"
PROXY = {"http_proxy": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}


@pytest.mark.long
def test_a_site_from_its_first_start_to_ctrl_c_and_back(tmp_path):
    with running(tmp_path, **PROXY) as site:
        it_says_what_it_does_and_who_can_sign_in(site)
        the_demonstration_has_its_people_and_something_to_tell(tmp_path)
        it_answers_and_is_whole(site)
        no_core_dump_of_it_can_be_written(site)
        another_start_beside_it_is_refused_with_its_address(site)
        its_port_is_not_taken_from_it(site, tmp_path / "other")
        what_is_killed_comes_back(site)
        ctrl_c_ends_everything(site)

    rows(tmp_path, "UPDATE accounts_user SET chosen_name='Devendra' WHERE email LIKE 'dev@%'")
    nothing_is_prepared_twice(tmp_path)
    shutil.rmtree(tmp_path / "static" / "css")

    with running(tmp_path) as site:
        assert "Setting up" not in site.said
        assert "Loading" not in site.said
        assert "Collecting style sheets" in site.said
        it_answers_and_is_whole(site)
        assert names_of_dev(tmp_path) == ["Devendra"]
        a_killed_supervisor_takes_its_children_along(site)


@pytest.mark.long
def test_an_installation_without_the_demonstration_from_its_first_page_to_production(migrated):
    """Its tables are there already; the story above makes them from nothing."""
    with running(migrated, DEMO="0") as site:
        assert names_of_dev(migrated) == []
        assert "riverton.example" not in site.said
        assert [site.status(path) for path in ("/", "/learn/")] == [200, 200]
        the_front_page_says_what_to_type(site)
        sign_up(migrated)
        assert "This installation is new" not in site.page("/")
        assert site.end() == 0

    with running(migrated) as site:
        assert "This installation has members of its own, so the invented people were left out." in site.said  # fmt: skip
        assert "lodestar-demo" not in site.said
        assert names_of_dev(migrated) == []
        assert site.end() == 0

    given = {**PRODUCTION, "TRUSTED_PROXY_COUNT": "1", "HOST": "0.0.0.0"}
    with running(migrated, kind="production", **given) as site:
        assert "Lodestar is ready: https://equity.example.org\n" in site.said
        assert "localhost" not in site.said
        assert site.status("/readyz") == 200
        assert "https://equity.example.org" in serve(migrated).stderr
        zora_signs_in_through_each_proxy_that_is_here(site, migrated)
        its_databases_are_set_for_bad_days(migrated, given)


def it_says_what_it_does_and_who_can_sign_in(site):
    assert "Setting up the database (default)" in site.said
    assert "Riverton Healthy Starts: 41 people" in site.said
    assert f"Lodestar is ready: {site.address}" in site.said
    assert "Traceback" not in site.said
    assert "dev@riverton.example" in site.said


def the_demonstration_has_its_people_and_something_to_tell(folder):
    people = (
        "SELECT slug, count(*) FROM cohorts_membership m JOIN cohorts_cohort c ON c.id = m.cohort_id "
        "GROUP BY slug ORDER BY slug"
    )
    unread = (
        "SELECT chosen_name FROM notices_notice n JOIN accounts_user u ON u.id = n.member_id "
        "WHERE read_at IS NULL ORDER BY chosen_name"
    )
    assert rows(folder, people) == [("autumn", 18), ("pilot", 4), ("spring", 14)]
    assert [name for (name,) in rows(folder, unread)] == [
        "Ben Achterberg", "Chioma Obi", "Dev Banerjee", "Elu Whitehorse", "Jo Marsh",
    ]  # fmt: skip


def it_answers_and_is_whole(site):
    """Through a proxy that is not there: this machine is asked directly. What Dev has read stays as it was."""
    before = rows(site.folder, PROGRESS)
    smoke = subprocess.run(
        [PYTHON, "scripts/smoke.py"], env=environment(site.folder, SITE=site.address, **PROXY), cwd=ROOT,
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip

    assert [site.status(path) for path in ("/healthz", "/readyz", "/", "/today/")] == [200] * 4
    assert smoke.returncode == 0, smoke.stdout
    assert smoke.stdout.endswith(f"{site.address} is whole.\n")
    assert before != []
    assert rows(site.folder, PROGRESS) == before


def no_core_dump_of_it_can_be_written(site):
    """C1: the memory of a program that crashes holds members' words and keys."""
    everything = [site.process.pid, *site.children("")]

    assert len(everything) >= 4
    assert {psutil.Process(pid).rlimit(psutil.RLIMIT_CORE) for pid in everything} == {(0, 0)}


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


def nothing_is_prepared_twice(folder):
    """A start with nothing to do finds that out without loading a single app."""
    env = environment(folder, DJANGO_SETTINGS_MODULE="config.settings.demo")
    again = subprocess.run(
        [PYTHON, "-X", "importtime", "manage.py", "prepare"], env=env, cwd=ROOT, capture_output=True, text=True,
        timeout=60,
    )  # fmt: skip

    assert (again.returncode, again.stdout) == (0, "")
    assert "home.management.preparation" in again.stderr
    assert "wagtail" not in again.stderr


def a_killed_supervisor_takes_its_children_along(site):
    everything = site.children("")
    assert len(everything) >= 3

    site.process.kill()
    site.process.wait()

    assert wait_for(lambda: not alive(everything), 12), alive(everything)
    assert site.status("/healthz") == 0


def the_front_page_says_what_to_type(site):
    """The command on the page is typed as it stands, and begins this very installation."""
    page = site.page("/")
    assert "This installation is new" in page
    command = html.unescape(re.search(r"<code>(.*start_initiative.*?)</code>", page)[1])
    assert f"LODESTAR_VAR={site.folder} var/venv/bin/python manage.py start_initiative" in command

    begun = subprocess.run(
        command, shell=True, cwd=ROOT, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, timeout=60
    )  # fmt: skip

    assert begun.returncode == 0, begun.stderr
    assert f"{site.address}/invitation/" in begun.stdout


def sign_up(folder):
    code = (
        "from allauth.account.models import EmailAddress; from accounts.models import User; "
        "zora = User.objects.create_user('zora@example.org', 'a-lamp-in-the-window', chosen_name='Zora'); "
        "EmailAddress.objects.create(user=zora, email=zora.email, verified=True, primary=True)"
    )
    assert manage(folder, "shell", "-c", code).returncode == 0


def zora_signs_in_through_each_proxy_that_is_here(site, folder):
    for kind in filter(program, KINDS):
        (folder / kind).mkdir()
        with proxied(kind, folder / kind, site.port) as proxy:
            signs_in(proxy, "zora@example.org", "a-lamp-in-the-window")


def its_databases_are_set_for_bad_days(folder, given):
    """H2, A12: what production's own settings make of a connection (`tests/core/test_sqlite.py` says what it means)."""
    code = (
        "from django.db import connections as c\n"
        "for alias in c:\n"
        "    with c[alias].cursor() as cursor:\n"
        "        print(alias, *(cursor.execute('PRAGMA ' + name).fetchone()[0] for name in "
        "('journal_mode', 'synchronous', 'secure_delete', 'busy_timeout')))"
    )
    assert manage(folder, "shell", "-v", "0", "-c", code, **given).stdout == (
        "default wal 2 1 10000\nkeys wal 2 1 10000\n"
    )


def names_of_dev(folder):
    return [name for (name,) in rows(folder, "SELECT chosen_name FROM accounts_user WHERE email LIKE 'dev@%'")]  # fmt: skip


def test_smoke_says_when_nothing_answers(tmp_path):
    port = free_port()
    ended = subprocess.run(
        [PYTHON, "scripts/smoke.py"], env=environment(tmp_path, SITE=f"http://localhost:{port}"), cwd=ROOT,
        capture_output=True, text=True, timeout=30,
    )  # fmt: skip

    assert ended.returncode == 1
    assert f"Nothing answers at http://localhost:{port}" in ended.stdout
