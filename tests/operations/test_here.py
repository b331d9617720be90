"""What must not stay on a machine goes there, whichever worker does the chores of all."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from operations.backups import keeping, places
from operations.here import DRAFTS_KEPT_FOR, tidy_here

pytestmark = pytest.mark.django_db


def test_old_sets_and_drafts_that_nobody_goes_on_with_go(settings, tmp_path):
    settings.BACKUPS, settings.PAPERS, settings.COPIES = tmp_path / "b", tmp_path / "p", tmp_path / "c"  # fmt: skip
    now = timezone.now()
    old, new = (settings.BACKUPS / places.name_of(at) for at in (now - keeping.KEPT_FOR, now))
    for folder in (old, new, settings.PAPERS, settings.COPIES):
        folder.mkdir(parents=True)
    left = (now - DRAFTS_KEPT_FOR - timedelta(minutes=1)).timestamp()
    for folder in (settings.PAPERS, settings.COPIES):
        (folder / "begun.part").write_bytes(b"half")
        (folder / "left.part").write_bytes(b"half")
        os.utime(folder / "left.part", (left, left))

    tidy_here(now)

    assert [old.exists(), new.exists()] == [False, True]
    for folder in (settings.PAPERS, settings.COPIES):
        assert [path.name for path in folder.iterdir()] == ["begun.part"]


def test_where_nothing_lies_nothing_happens(settings, tmp_path):
    settings.BACKUPS, settings.PAPERS, settings.COPIES = (tmp_path / name for name in "bpc")

    tidy_here(timezone.now())

    assert list(tmp_path.iterdir()) == []
