#!/usr/bin/env python3
"""Starts Lodestar: prepares databases and files, then runs web server and worker under one supervisor.

Usage: python scripts/serve.py {demo,dev,production}   (PORT and DEMO from the environment; see docs/operations.md)
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from urllib.error import HTTPError
from urllib.request import urlopen

import surroundings
from supervision import Child, Supervisor
from surroundings import PYTHON, ROOT, say, stop

READY_WITHIN = 60  # seconds until the web server must answer


def main() -> int:
    """Prepare, start, say where, and look after the children until told to stop."""
    kind = sys.argv[1] if len(sys.argv) > 1 else "demo"
    if kind not in {"demo", "dev", "production"}:
        stop("Say which settings to use: demo, dev or production.")
    port = surroundings.wanted_port()
    surroundings.make_folders()
    lock = surroundings.take_lock()
    surroundings.check_port(port)
    env = environment(kind, port)
    prepare(env)
    supervisor = Supervisor(
        [
            Child("web server", web_command(kind, port), env),
            Child("worker", [str(PYTHON), "manage.py", "run_worker"], env),
        ]
    )
    os.chdir(ROOT)
    surroundings.note_address(lock, f"http://localhost:{port}")
    supervisor.start()
    wait_until_ready(supervisor, port)
    if not supervisor.stopping:
        announce(kind, port)
    supervisor.run()
    say("Stopped. Everything is kept.")
    return 0


def environment(kind: str, port: int) -> dict[str, str]:
    """The environment of the children: settings module, address, and outside production a key of our own."""
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": f"config.settings.{kind}",
        "PYTHONPATH": str(ROOT),
        "LODESTAR_VAR": str(surroundings.VAR),
    }
    if kind != "production":
        env.setdefault("SECRET_KEY", surroundings.own_secret_key())
        env.setdefault("SITE_URL", f"http://localhost:{port}")
    return env


def prepare(env: dict[str, str]) -> None:
    """Bring databases and files up to date in one process. Ends this program with that one's sentence when it cannot."""
    done = subprocess.run([str(PYTHON), "manage.py", "prepare"], env=env, cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(1)


def web_command(kind: str, port: int) -> list[str]:
    """The app server's command line (why this one: docs/adr/0002-granian.md)."""
    if kind == "dev":
        return [str(PYTHON), "manage.py", "runserver", f"127.0.0.1:{port}", "--skip-checks"]
    granian = str(PYTHON.with_name("granian"))
    host = os.environ.get("HOST", "127.0.0.1") if kind == "production" else "127.0.0.1"
    workers = os.environ.get("WEB_WORKERS", "2")
    return [granian, "--interface", "wsgi", "--host", host, "--port", str(port),
            "--workers", workers, "--blocking-threads", "4", "--respawn-failed-workers",
            "--no-access-log", "--log-level", "warning", "config.wsgi:application"]  # fmt: skip


def wait_until_ready(supervisor: Supervisor, port: int) -> None:
    """Wait until the web server answers, looking after the children meanwhile."""
    deadline = time.monotonic() + READY_WITHIN
    while not supervisor.stopping:
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return
        except HTTPError:
            return  # any answer is an answer (a redirect to TLS, in production)
        except OSError:
            pass
        if time.monotonic() > deadline:
            supervisor.end()
            stop(
                f"The web server did not answer within {READY_WITHIN} seconds. Its lines above say why."
            )
        supervisor.tick()
        time.sleep(0.1)


def announce(kind: str, port: int) -> None:
    """Say where the site is and who can sign in to the demonstration."""
    say(f"\nLodestar is ready: http://localhost:{port}")
    if kind == "production" or os.environ.get("DEMO") == "0":
        return
    say("Sign in with any of these and the password lodestar-demo:")
    say("  dev@riverton.example    a participant in the middle of the work")
    say("  mo@riverton.example     facilitates his cohort")
    say("  ana@riverton.example    the backbone team")
    say("  rui@riverton.example    edits the lessons, at /admin/")
    say(
        f"Mail of the demonstration: http://localhost:{port}/demo/mail/ . Ctrl-C stops everything.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
