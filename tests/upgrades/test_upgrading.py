"""A database of an earlier commit is taken over by this code: every row is there, and every private text opens as it did.

What was kept is never made again (scripts/keep_upgrade.py); a new folder beside it is kept when a state of `main` is released.
"""

import json
import lzma
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.upgrades.changed import CHANGED
from tests.upgrades.kept import FILES, check_out, run

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

#: Sealed fields of which the kept database holds no text.
EMPTY = ["accounts.suspension.reason"]
KEPT = sorted(path.parent.name for path in HERE.glob("*/read.json"))
pytestmark = [pytest.mark.scripts, pytest.mark.once]


def restored(var, commit):
    """The kept databases, unpacked as a backup would be; what was read in them then."""
    (var / "db").mkdir(parents=True)
    for name in FILES.values():
        (var / "db" / name).write_bytes(lzma.decompress((HERE / commit / f"{name}.xz").read_bytes()))  # fmt: skip
    return json.loads((HERE / commit / "read.json").read_text())


def lost(before, after):
    """Tables of which something is missing or different, those that may change left out."""
    return {
        name: (was["rows"], after[alias].get(name, {}).get("rows"))
        for alias, tables in before["tables"].items()
        for name, was in tables.items()
        if name not in CHANGED and after[alias].get(name) != was
    }


def read_again(var, before, code=ROOT):
    """What this code, or that of then, reads now of the tables and columns that were there then, and every private text."""
    ask = (
        f"import sys, json; sys.path[:0] = ['.', {str(HERE)!r}]; import django; django.setup(); import reading; "
        "known = json.load(sys.stdin); "
        "print(json.dumps({'tables': {alias: reading.tables(alias, one) for alias, one in known.items()}, 'sealed': reading.sealed()}))"
    )
    env = environment(var)
    given = json.dumps(before["tables"])
    done = subprocess.run(
        [sys.executable, "-c", ask], cwd=code, env=env, input=given, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def environment(var):
    return {
        "PATH": os.environ["PATH"], "LODESTAR_VAR": str(var), "DJANGO_SETTINGS_MODULE": "config.settings.test", "PYTHONPATH": str(ROOT),
    }  # fmt: skip


def is_whole(var):
    """Whether SQLite finds both files sound, with every reference leading somewhere."""
    said = []
    for name in FILES.values():
        raw = sqlite3.connect(var / "db" / name)
        said += [*raw.execute("PRAGMA integrity_check"), *raw.execute("PRAGMA foreign_key_check")]
        raw.close()
    return said == [("ok",), ("ok",)]


@pytest.mark.parametrize("commit", KEPT)
def test_killed_half_way_and_begun_again_it_loses_nothing_and_everything_opens(tmp_path, commit):
    """H15: killed at the 2nd, 9th and 40th thing it writes, and then left alone."""
    before = restored(tmp_path, commit)

    run(ROOT, tmp_path, str(HERE / "upgrade.py"), "1", "8", "39")
    after = read_again(tmp_path, before)

    assert lost(before, after["tables"]) == {}
    assert {label: after["sealed"].get(label) for label in before["sealed"]} == before["sealed"]
    assert sum(field["texts"] for field in before["sealed"].values()) > 300
    assert [label for label, field in before["sealed"].items() if not field["texts"]] == EMPTY
    assert is_whole(tmp_path)


@pytest.mark.parametrize("commit", KEPT)
def test_the_code_of_then_goes_on_reading_and_writing_after_the_tables_have_changed(
    tmp_path, commit
):
    """H16: while a new version starts, processes of the last one still serve."""
    old, var = tmp_path / "old", tmp_path / "var"
    try:
        check_out(commit, old)
    except subprocess.CalledProcessError:
        pytest.skip(f"This clone does not reach back to {commit}.")
    before = restored(var, commit)
    run(ROOT, var, str(HERE / "upgrade.py"))

    tables = int(run(old, var, str(HERE / "rewriting.py")))
    after = read_again(var, before, old)

    assert tables > 100
    assert lost(before, after["tables"]) == {}
    assert after["sealed"] == before["sealed"]
    assert is_whole(var)


def test_a_text_that_was_moved_to_another_row_would_be_seen(tmp_path):
    before = restored(tmp_path, KEPT[-1])
    raw = sqlite3.connect(tmp_path / "db" / FILES["default"])
    with raw:
        raw.execute(
            "UPDATE journal_entry SET body = (SELECT body FROM journal_entry ORDER BY rowid DESC LIMIT 1) "
            "WHERE rowid = (SELECT min(rowid) FROM journal_entry)"
        )
    raw.close()

    with pytest.raises(AssertionError, match="CannotOpen"):
        read_again(tmp_path, before)


def test_a_row_that_is_lost_and_one_that_changed_would_be_seen():
    row = {"columns": ["id"], "rows": 2, "digest": "a"}
    before = {"tables": {"default": {"kept": row, "less": row, "other": row, "gone": row, "django_migrations": row}}}  # fmt: skip
    after = {"default": {"kept": row, "less": {**row, "rows": 1}, "other": {**row, "digest": "b"}, "new": row}}  # fmt: skip

    assert lost(before, after) == {"less": (2, 1), "other": (2, 2), "gone": (2, None)}
