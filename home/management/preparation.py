"""What a start would have to do: seen from files and a few rows, without loading any app.

`var/run/prepared.json` holds what the last preparation did, each part under its name: a digest of what it was made from.
"""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connections
from django.db.utils import Error as DatabaseTrouble

from core.routers import ALIASES

Stamps = dict[str, str]
LOADED, LEFT_OUT = "loaded", "left out"


def stamp_file() -> Path:
    """Where the stamps lie."""
    return Path(settings.VAR) / "run" / "prepared.json"


def read_stamps() -> Stamps:
    """What the last preparation wrote down; nothing when there was none or the file cannot be used."""
    try:
        found = json.loads(stamp_file().read_text())
    except (OSError, ValueError):
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}  # fmt: skip


def is_prepared() -> bool:
    """Whether the last preparation still stands: same code, same databases, nothing pending, no file missing.

    Any doubt is a no: the command then looks closely, and says in a sentence what cannot be used.
    """
    stamps = read_stamps()
    try:
        # Django warns of queries before the apps are loaded: not to load them is the point here.
        warnings.filterwarnings("ignore", "Accessing the database during app initialization")
        return (
            stamps.get("code") == code()
            and stamps.get("starter") == starter()
            and stamps.get("databases") == databases()
            and not wants_people(stamps)
            and (settings.DEBUG or is_collected(stamps))
            and cache_answers()
        )
    except Exception:  # whatever is wrong, the command finds it and says so
        return False
    finally:
        connections.close_all()


def wants_people(stamps: Stamps) -> bool:
    """Whether this start is asked for the invented people, and none has decided about them yet."""
    return bool(settings.DEMO_PEOPLE) and stamps.get("demo") not in {LOADED, LEFT_OUT}


def code() -> str:
    """A digest of what decides which tables there are: the lock, the settings, our migrations."""
    root = settings.ROOT
    return _digest(
        [root / "requirements.txt"],
        root.glob("config/settings/*.py"),
        root.glob("*/migrations/*.py"),
        root.glob("*/*/migrations/*.py"),
    )


def starter() -> str:
    """A digest of the starter curriculum, of the questions for the journal, and of what loads them."""
    root = settings.ROOT
    return _digest(
        root.glob("curriculum/starter/**/*"),
        root.glob("curriculum/**/*.py"),
        root.glob("accountability/journal/starter/*"),
        [root / "accountability/journal/loading.py", root / "accountability/journal/cms_access.py"],
    )


def static() -> str:
    """A digest of our style sheets, scripts and pictures, and of the packages that bring others."""
    return _digest(settings.ROOT.glob("static/**/*"), [settings.ROOT / "requirements.txt"])


def databases() -> str:
    """A digest of which databases these are and which migrations each has seen. Raises django.db.Error."""
    found = []
    for alias in ALIASES:
        values = connections[alias].settings_dict
        found.append([alias, *(str(values[name]) for name in ("ENGINE", "HOST", "PORT", "NAME"))])
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
            found.extend([str(app), str(name)] for app, name in cursor.fetchall())
    return hashlib.sha256(json.dumps(found).encode()).hexdigest()


def is_collected(stamps: Stamps) -> bool:
    """Whether the collected files are those of this code, and every one that pages name is there."""
    if stamps.get("static") != static():
        return False
    folder = Path(settings.STATIC_ROOT)
    try:
        manifest = json.loads((folder / "staticfiles.json").read_text())
        return all((folder / name).is_file() for name in manifest["paths"].values())
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return False


def cache_answers() -> bool:
    """Whether the shared cache takes and gives a value. A table that is missing is a no; a lost server raises."""
    try:
        caches["default"].set("prepare", "here", 60)
        return bool(caches["default"].get("prepare") == "here")
    except DatabaseTrouble:
        return False


def write_stamps(stamps: Stamps) -> None:
    """Write down what is done. Raises OSError."""
    path = stamp_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(stamps))
    draft.replace(path)


def _digest(*groups: Iterable[Any]) -> str:
    found = hashlib.sha256()
    for group in groups:
        for path in sorted(group):
            if path.is_file():
                content = path.read_bytes()
                name = path.relative_to(settings.ROOT).as_posix()
                found.update(f"{name}\0{len(content)}\0".encode() + content)
    return found.hexdigest()
