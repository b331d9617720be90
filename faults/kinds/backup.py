"""H13: a backup is made while people write, and put back on an empty place: all that was acknowledged before it is there."""

from __future__ import annotations

import shutil
from pathlib import Path

from faults.asking import Reader
from faults.case import Case, Kind
from faults.judge import judge_rows
from faults.load import ACKNOWLEDGED
from faults.postgres import Server
from faults.site import Site
from faults.surroundings import LeftOut


def back_up(case: Case) -> None:
    """Make one while they work; who was answered before it began must be in it."""
    if case.site.manage("backup", "--help").returncode:
        raise LeftOut("The commands backup and restore are not built yet.")
    place = case.site.folder / f"backup-{case.number}"
    before = [one.marker for one in case.load.sent if one.outcome == ACKNOWLEDGED]
    made = case.site.manage("backup", "--to", str(place))
    if made.returncode:
        case.verdict.faults.append(f"backup: {made.stderr.strip()[-200:]}")
    case.verdict.notes["backup"] = str(place)
    case.verdict.notes["before"] = before
    case.happened(f"a backup with {len(before)} acts before it")


def put_back(case: Case) -> None:
    """Restore it into an empty place and look whether it holds them."""
    before = set(case.verdict.notes.pop("before", []))
    place = Path(case.verdict.notes.pop("backup", ""))
    folder = case.site.folder.with_name(f"{case.site.folder.name}-back-{case.number}")
    back = _empty(case.site, folder)
    reader = Reader(back)
    try:
        done = back.manage("restore", str(_newest(place)))
        if done.returncode:
            case.verdict.faults.append(f"restore: {(done.stderr or done.stdout).strip()[-200:]}")
            return
        sent = [one for one in case.load.sent if one.marker in before or not one.act.replaces]
        found = judge_rows(sent, reader.ask("rows"))
        lost = [
            one
            for one in found.missing
            if one.split()[1] in before and not one.startswith(("notes", "check_in"))
        ]
        case.verdict.missing += [f"restored: {one}" for one in lost]
        case.verdict.doubled += [f"restored: {one}" for one in found.doubled]
        case.verdict.half_done += [f"restored: {one}" for one in found.half_done]
        case.verdict.faults += reader.ask("sound")
    finally:
        reader.end()
        back.end()
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(place, ignore_errors=True)


def _newest(place: Path) -> Path:
    """The backup itself: the folder that was named, or the one that was made in it."""
    inside = (
        sorted(path for path in place.glob("*") if path.is_dir() and path.name[:2] == "20")
        if place.is_dir()
        else []
    )
    return inside[-1] if inside else place


def _empty(site: Site, folder: Path) -> Site:
    """An installation of its own with the keyring of this one and no rows."""
    folder.mkdir(parents=True)
    folder.chmod(0o711)
    back = Site(folder, site.database)
    shutil.rmtree(back.home / "db")
    (back.home / "db").mkdir(mode=0o700)
    shutil.rmtree(back.home / "keys")
    shutil.copytree(site.home / "keys", back.home / "keys")
    if site.database == "postgresql":
        back.server = Server(folder / "server")
        back.server.begin()
    return back


KIND = Kind("backup", "backup under load, restored elsewhere", back_up, put_back)
