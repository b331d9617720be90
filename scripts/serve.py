#!/usr/bin/env python3
"""Starts Lodestar: prepares databases and files, then runs web server and worker under one supervisor.

Usage: python scripts/serve.py {demo,dev,production}   (PORT, DEMO and SERVE from the environment; see docs/reference.md)
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

import reloading
import surroundings
from supervision import Child, Supervisor
from surroundings import PYTHON, ROOT, say, stop, values, version

READY_WITHIN = 60  # seconds until the web server must answer
INTERRUPTED = 130  # what a shell expects after Ctrl-C


@dataclass(frozen=True)
class Start:
    """What is asked for, checked: the kind of settings, where to listen, how many processes, the invented people, which parts."""

    kind: str
    host: str
    port: int
    workers: int
    people: bool
    parts: str = "all"

    @property
    def address(self) -> str:
        """What people type into a browser."""
        given = values.site_url(f"http://localhost:{self.port}")
        return given if self.kind == "production" else f"http://localhost:{self.port}"


def main() -> int:
    """Prepare, start, say where, and look after the children until told to stop."""
    start = wanted(sys.argv[1] if len(sys.argv) > 1 else "demo")
    surroundings.keep_memory_off_the_disk()
    surroundings.make_folders()
    lock = surroundings.take_lock()
    if start.parts != "worker":
        surroundings.check_port(start.host, start.port)
    os.chdir(ROOT)
    supervisor, env = Supervisor(), environment(start)
    prepare(supervisor, env)
    surroundings.note_address(lock, start.kind, start.address)
    surroundings.note_start(start.kind)
    heartbeat = surroundings.VAR / "worker.heartbeat"
    worker = Child("worker", [str(PYTHON), "manage.py", "run_worker"], env, heartbeat=heartbeat)
    if start.parts != "worker":
        begin(supervisor, Child("web server", web_command(start), env))
        wait_until_ready(supervisor, start)
    if start.parts != "web":
        # After the web server, which would otherwise share the processors with it while somebody waits.
        begin(supervisor, worker)
    if not supervisor.stopping:
        announce(start)
    supervisor.run(reloading.watch(supervisor, worker) if start.kind == "dev" else lambda: None)
    say("Stopped. Everything is kept.")
    return 0


def wanted(kind: str) -> Start:
    """What the environment asks for. Stops with a sentence when some of it cannot be."""
    if kind not in {"demo", "dev", "production"}:
        stop("Say which settings to use: demo, dev or production.")
    port, workers = surroundings.wanted_port(), surroundings.wanted_workers()
    people = values.flag("DEMO", kind != "production")
    parts = surroundings.wanted_parts()
    return Start(kind, surroundings.wanted_host(kind), port, workers, people, parts)


def environment(start: Start) -> dict[str, str]:
    """The environment of the children: settings module, folder, and outside production the address."""
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": f"config.settings.{start.kind}",
        "PYTHONPATH": str(ROOT),
        "LODESTAR_VAR": str(surroundings.VAR),
        version.VARIABLE: version.stamp(),
        "PYTHONUNBUFFERED": "1",  # into a file or a log, each step shows when it begins
    }
    if start.kind != "production" and not values.text("SITE_URL"):
        env["SITE_URL"] = start.address
    return env


def prepare(supervisor: Supervisor, env: dict[str, str]) -> None:
    """Bring databases and files up to date in one process. Ends this program with that one's sentence when it cannot."""
    command = [str(PYTHON), "manage.py", "prepare"]
    status = supervisor.run_once(Child("preparation", command, env))
    if status != 0:
        supervisor.end()
    if status is None:
        stop(
            "Stopped before it was ready. What was done is kept; start again to go on.", INTERRUPTED
        )
    if status:
        raise SystemExit(1)


def begin(supervisor: Supervisor, child: Child) -> None:
    """Start a child; ends this program when its program is not there."""
    if not supervisor.stopping and not supervisor.add(child):
        supervisor.end()
        stop(
            "A part of the environment is missing. Nothing of yours was changed. Remove the folder var/venv and start "
            "again; it is then made anew."
        )


def web_command(start: Start) -> list[str]:
    """The app server's command line (why this one: docs/adr/0002-granian.md)."""
    if start.kind == "dev":
        return [str(PYTHON), "manage.py", "runserver", f"127.0.0.1:{start.port}", "--skip-checks"]
    granian = str(PYTHON.with_name("granian"))
    as_json = ["--log-config", "config/granian_log.json"] if start.kind == "production" else []
    return [granian, "--interface", "wsgi", "--host", start.host, "--port", str(start.port),
            "--workers", str(start.workers), "--blocking-threads", "4", "--respawn-failed-workers",
            "--no-access-log", "--log-level", "warning", *as_json, "config.wsgi:application"]  # fmt: skip


def wait_until_ready(supervisor: Supervisor, start: Start) -> None:
    """Wait until the web server answers, looking after the children meanwhile."""
    deadline = time.monotonic() + READY_WITHIN
    opener = build_opener(ProxyHandler({}))  # the proxy of the environment is for other machines
    address = surroundings.reached_at(start.host, start.port) + "/healthz"
    while not supervisor.stopping:
        try:
            with opener.open(address, timeout=2):
                return
        except HTTPError:
            return  # any answer is an answer
        except OSError:
            pass
        if time.monotonic() > deadline:
            supervisor.end()
            stop(
                f"The web server did not answer within {READY_WITHIN} seconds. Its lines above say why."
            )
        supervisor.tick()
        time.sleep(0.05)


def announce(start: Start) -> None:
    """Say where the site is and who can sign in to the demonstration."""
    if start.parts == "worker":
        say("\nLodestar's worker is ready. Ctrl-C stops it.\n")
        return
    say(f"\nLodestar is ready: {start.address}")
    if start.kind == "production":
        say(f"It listens on {start.host}, port {start.port}. Ctrl-C stops everything.\n")
        return
    people = surroundings.demonstration()
    if people == "left out" and start.people:
        say("This installation has members of its own, so the invented people were left out.")
    if people != "loaded":
        say(f"{surroundings.own_keyring()} Ctrl-C stops everything.\n")
        return
    if not start.people:
        say("The invented people are here from an earlier start; DEMO=0 takes nobody away.")
    say("Sign in with any of these and the password lodestar-demo:")
    say("  dev@riverton.example    a participant in the middle of the work")
    say("  mo@riverton.example     facilitates his cohort")
    say("  ana@riverton.example    the backbone team")
    say("  rui@riverton.example    edits the lessons, at /admin/")
    say(f"Mail of the demonstration: {start.address}/demo/mail/ .")
    say(f"{surroundings.own_keyring()} Ctrl-C stops everything.\n")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        stop("Stopped before it was ready. Nothing was lost.", INTERRUPTED)
