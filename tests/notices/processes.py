"""`run_worker` as a real process on a test's own databases."""

import os
import subprocess
import sys
import time
from urllib.parse import urlencode

from django.conf import settings
from django.db import connections

from config.settings import keyring


def start_worker(tmp_path, settings_module="config.settings.dev"):
    """A worker with the test's databases and keys, its mail folder and heartbeat under `tmp_path`."""
    process = start(tmp_path, "run_worker", settings_module)
    assert process.stdout.readline() == "The worker has started.\n"
    return process


def start(tmp_path, command, settings_module="config.settings.dev"):
    """A command of ours as a process, with the test's databases and keys."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": settings_module,
        "DATABASE_URL": _url("default"),
        "KEYS_DATABASE_URL": _url("keys"),
        "FIELD_KEYS": keyring.shown(settings.FIELD_KEYS),
        "LODESTAR_VAR": str(tmp_path),
        "EMAIL_URL": f"file://{tmp_path / 'mail'}",
    }
    return subprocess.Popen(
        [sys.executable, str(settings.ROOT / "manage.py"), command],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _url(alias):
    database = connections[alias].settings_dict
    if connections[alias].vendor == "postgresql":
        url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database)
        socket = database["OPTIONS"].get("host")  # of a throw-away server
        return f"{url}?{urlencode({'host': socket})}" if socket else url
    return f"sqlite:///{database['NAME']}"


def wait_for(condition, seconds=20):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.1)
    return False
