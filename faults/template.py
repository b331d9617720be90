"""A filled installation, made once for each state of the code and copied for every site, so that a start takes seconds."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from faults.postgres import Server
from faults.surroundings import PYTHON, ROOT, Broken, environment

#: Under the folder of temporary files: a server that runs under another account must reach it.
HOME = Path(tempfile.gettempdir()) / "lodestar-faults-filled"
INGREDIENTS = (
    "*/migrations/*.py", "*/*/migrations/*.py", "requirements.txt", "home/demo/*.py", "curriculum/starter/**/*",
    "static/**/*",
)  # fmt: skip
RESTAMP = """
from home.management import preparation
stamps = preparation.read_stamps()
stamps.update(
    code=preparation.code(), databases=preparation.databases(), starter=preparation.starter(), demo=preparation.LOADED
)
preparation.write_stamps(stamps)
"""


_given: dict[str, Path] = {}


def use(folder: Path) -> None:
    """Take an installation on SQLite that somebody has filled already: `folder` holds its `var`."""
    _given["sqlite"] = folder


def filled(database: str) -> Path:
    """The folder of the filled installation on this database; made where it is missing, which takes a minute or more."""
    if database in _given:
        return _given[database]
    folder = HOME / f"{_digest()}-{database}"
    if not (folder / "whole").exists():
        print(f"Filling an installation on {database} once …", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        HOME.chmod(0o711)
        folder.chmod(0o711)
        _fill(folder, database)
        (folder / "whole").touch()
    return folder


def copy_to(folder: Path, database: str) -> None:
    """Put a copy of the filled installation (without a server's files) there."""
    shutil.copytree(filled(database) / "var", folder, dirs_exist_ok=True)


def settle_in(env: dict[str, str]) -> None:
    """Write down that the copy is prepared at its new place, so that its start has nothing to do."""
    done = subprocess.run(
        [str(PYTHON), "-c", RESTAMP], cwd=ROOT, env=env, capture_output=True, text=True
    )
    if done.returncode:
        raise Broken(f"The copy of the filled installation cannot be used: {done.stderr[-400:]}")


def _fill(folder: Path, database: str) -> None:
    home = folder / "var"
    for name in ("db", "keys", "mail", "run"):
        (home / name).mkdir(parents=True, mode=0o700)
    server = Server(folder / "server") if database == "postgresql" else None
    urls: dict[str, str] = {}
    if server is not None:
        server.begin()
        urls = server.urls
    try:
        env = environment(
            DJANGO_SETTINGS_MODULE="config.settings.demo", LODESTAR_VAR=str(home), **urls
        )
        done = subprocess.run(
            [str(PYTHON), "manage.py", "prepare"], cwd=ROOT, env=env, capture_output=True, text=True
        )
        if done.returncode:
            raise Broken(f"The installation could not be filled: {done.stderr[-800:]}")
    finally:
        if server is not None:
            server.stop()
    stamps = json.loads((home / "run" / "prepared.json").read_text())
    if stamps.get("demo") != "loaded":
        raise Broken("The demonstration was not loaded into the installation.")


def _digest() -> str:
    found = hashlib.sha256()
    for pattern in INGREDIENTS:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                found.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return found.hexdigest()[:12]
