"""H15: a start that brings an older database up to date is killed half-way, once or twice, and started again.

The cause ends when the start begins that nobody kills. Until the site is back that one starts as any other, which takes some seconds,
and changes tables before, for as long as there are rows in them: no site that is updated is back within the ten seconds of the other
kinds. So this one has a limit of its own (WITHIN).
"""

from __future__ import annotations

import contextlib
import shutil
import signal
import subprocess
import time
from pathlib import Path

from faults import acts
from faults.case import Case, Kind, recovered
from faults.load import ACKNOWLEDGED
from faults.surroundings import PYTHON, ROOT, Broken

#: The older state: steps that can be taken back and only added something. Each is taken back where it is there.
STEPS = (("cohorts", "0001"), ("accounts", "0002"), ("checkins", "0001"), ("letter", "0001"))
#: Seconds from the start that is not killed to a page that was read and a form that was taken, on two processors and with the rows of
#: the invented people: about twice of what it took when this was written (18 to the end of the start).
WITHIN = 40.0


def restart(case: Case) -> None:
    """Put the older database in place, kill what migrates it, and start."""
    older = _older(case)
    case.site.kill()
    _put(case, older)
    before = case.verdict.notes.pop("rows before", {})
    kills = case.rng.choice((1, 1, 2))
    moments = [round(_killed(case), 1) for _ in range(kills)]
    case.happened(f"killed {', '.join(map(str, moments))} s after the start of the preparation")
    case.site.start()
    case.verdict.notes["started after s"] = round(time.monotonic() - case.ended, 1)
    case.stage.elu = acts.probe(case.site.port, case.site.host)
    case.verdict.recovery = recovered(case)
    after = case.stage.reader.ask("counts")
    fewer = [
        f"{name}: {many} rows, now {after.get(name, 0)}"
        for name, many in before.items()
        if after.get(name, 0) < many
    ]
    case.verdict.missing += fewer
    case.stage.sign_in()


def _killed(case: Case) -> float:
    """Begin the preparation and kill it; gives the moment in seconds."""
    moment = case.rng.uniform(0.8, 9)
    process = subprocess.Popen(
        [str(PYTHON), "manage.py", "prepare"], cwd=ROOT, env=case.site.environment, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=moment)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return moment


def _older(case: Case) -> Path:
    """A copy of the databases as an older version left them, with what people wrote; made with the first case."""
    stage = case.stage
    if stage.tool is None:
        case.load.start()
        time.sleep(5)
        case.load.stop()
        stage.site.kill()
        back = [
            app for app, step in STEPS if stage.site.manage("migrate", app, step).returncode == 0
        ]
        if not back:
            raise Broken(
                "No migration can be taken back, so there is no older state to begin with."
            )
        case.verdict.notes["taken back"] = ", ".join(back)
        (stage.site.home / "run" / "prepared.json").unlink()
        stage.tool = _Older(case, [one for one in case.load.sent if one.outcome == ACKNOWLEDGED])
    case.load.sent = list(stage.tool.sent)
    case.verdict.notes["rows before"] = stage.tool.rows
    return stage.tool.place


class _Older:
    """The older databases, what is acknowledged in them, and how many rows each table holds."""

    def __init__(self, case: Case, sent: list) -> None:  # type: ignore[type-arg]
        self.sent = sent
        self.place = case.site.folder / "older"
        self.rows = _rows(case)
        _copy(case, self.place)


def _rows(case: Case) -> dict[str, int]:
    """How many rows each table of the older databases holds, by the names that tables have."""
    code = (
        "import django, json; django.setup()\n"
        "from django.apps import apps\nfrom django.db import connection\n"
        "there = set(connection.introspection.table_names())\n"
        "def many(model):\n"
        "    cursor = connection.cursor()\n"
        "    cursor.execute(f'SELECT count(*) FROM {connection.ops.quote_name(model._meta.db_table)}')\n"
        "    return cursor.fetchone()[0]\n"
        "ours = [m for m in apps.get_models() if m._meta.db_table in there and m._meta.app_label not in ('core', 'sessions')]\n"
        "print(json.dumps({m._meta.label_lower: many(m) for m in ours}))"
    )
    import json

    done = subprocess.run(
        [str(PYTHON), "-c", code],
        cwd=ROOT,
        env=case.site.environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Broken(f"The older database cannot be read: {done.stderr[-300:]}")
    return dict(json.loads(done.stdout))


def _copy(case: Case, place: Path) -> None:
    server = case.site.server
    if server is None:
        shutil.copytree(case.site.home / "db", place)
        return
    server.stop()
    subprocess.run(["cp", "-a", str(server.home / "data"), str(place)], check=True)
    server.start()


def _put(case: Case, place: Path) -> None:
    server = case.site.server
    (case.site.home / "run" / "prepared.json").unlink(missing_ok=True)
    if server is None:
        shutil.rmtree(case.site.home / "db")
        shutil.copytree(place, case.site.home / "db")
        return
    server.stop()
    shutil.rmtree(server.home / "data")
    subprocess.run(["cp", "-a", str(place), str(server.home / "data")], check=True)
    server.start()


KIND = Kind("migration", "start killed while it migrates", restart, under_load=False, within=WITHIN)
