"""The lock files as tests read them."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENTRY = re.compile(
    r"^(?P<name>[A-Za-z0-9_.-]+)(?:\[[^]]*\])?==(?P<version>[^\s;\\]+)", re.MULTILINE
)


def locks():
    """Each lock file with its text."""
    return {path.name: path.read_text() for path in sorted(ROOT.glob("requirements*.txt"))}


def entries(text):
    """Name, version and own lines of each entry of a lock."""
    found = list(ENTRY.finditer(text))
    ends = [one.start() for one in found[1:]] + [len(text)]
    return [
        (re.sub(r"[-_.]+", "-", one["name"]).lower(), one["version"], text[one.start() : end])
        for one, end in zip(found, ends, strict=True)
    ]


def least():
    """What the file of least versions says, by package."""
    said = tomllib.loads((ROOT / "docs" / "least-versions.toml").read_text())
    return {one["name"]: one for one in said["package"]}


def too_old(text, known):
    """The entries of a lock that are older than is known to be safe."""
    from packaging.version import Version

    return [
        f"{name} {version} < {known[name]['least']}"
        for name, version, _lines in entries(text)
        if name in known and Version(version) < Version(known[name]["least"])
    ]
