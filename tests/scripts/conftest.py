"""Databases for stories of real processes, filled already: a start on them has nothing to migrate."""

import shutil

import pytest
from django.conf import settings

from tests.house.databases import digest


@pytest.fixture
def filled(tmp_path, django_db_setup):
    """A folder for LODESTAR_VAR that holds copies of the stories' databases."""
    folder = tmp_path / "filled"
    (folder / "db").mkdir(parents=True)
    for alias, name in (("default", "lodestar"), ("keys", "keys")):
        original = settings.VAR / "test" / f"lodestar_original_{digest()}_{alias}.sqlite3"
        shutil.copyfile(original, folder / "db" / f"{name}.sqlite3")
    return folder
