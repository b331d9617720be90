"""Which code this is: the version that the project gives itself, and a stamp of the files themselves. Asks no git.

The same files have the same stamp on every machine. A start takes it once and hands it to web server and worker
(`LODESTAR_BUILD`), so that it says what runs, whatever lies in the folder since. Standard library alone.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VARIABLE = "LODESTAR_BUILD"
CODE = (".py", ".html", ".txt", ".js", ".css", ".mo")
#: Folders that are no code of the running site.
ASIDE = frozenset({"var", "tests", "bench", "docs", "node_modules"})


@lru_cache(maxsize=1)
def version() -> str:
    """The version of the project, as `0.1.0`."""
    found = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(found["project"]["version"])


def running() -> str:
    """The stamp of the code that was started; of the files as they are now where nobody handed one on."""
    return os.environ.get(VARIABLE, "")[:8] or stamp()


@lru_cache(maxsize=1)
def stamp() -> str:
    """Eight digits that follow from the content of every file of the code."""
    found = hashlib.sha256()
    for folder, inner, names in os.walk(ROOT):
        top = Path(folder) == ROOT
        inner[:] = sorted(
            name for name in inner if name[0] not in "._" and not (top and name in ASIDE)
        )
        for name in sorted(names):
            if name.endswith(CODE):
                path = Path(folder, name)
                found.update(f"{path.relative_to(ROOT).as_posix()}\0".encode())
                found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:8]
