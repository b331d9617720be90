"""The part of the starter curriculum that the stories tell of: two modules, with the facts that they cite.

The translations are left out, so that a short name is that of one page; a story about them asks for them.

The starter grows with what there is to teach; a story about the second lesson of a module must not. What all of it must hold
is asked by `check_curriculum` (tests/curriculum/test_check_curriculum.py).
"""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

MODULES = ("02-shared-language", "04-how-redlining-worked")
BESIDE = ("terms.csv", "images", "maps", "media")


@contextmanager
def two_modules(*, translated: bool = False) -> Iterator[Path]:
    """A folder that `load_curriculum` can load, gone afterwards; with what is translated of it when that is wanted."""
    left_out = shutil.ignore_patterns(*([] if translated else ["*.es.md"]))
    whole = settings.ROOT / "curriculum" / "starter"
    with TemporaryDirectory() as name:
        folder = Path(name)
        for part in MODULES:
            shutil.copytree(whole / part, folder / part, ignore=left_out)
        for part in BESIDE:
            (folder / part).symlink_to(whole / part)
        _write_facts(whole / "facts.csv", folder)
        yield folder


def _write_facts(whole: Path, folder: Path) -> None:
    words = "\n".join(path.read_text() for path in folder.glob("*/*.md"))
    named = set(re.findall(r"\b[A-Z]{2}\d\d\b", words))
    with whole.open(newline="") as read, (folder / "facts.csv").open("w", newline="") as written:
        rows = csv.DictReader(read)
        kept = csv.DictWriter(written, rows.fieldnames or ())
        kept.writeheader()
        kept.writerows(row for row in rows if row["key"] in named)
