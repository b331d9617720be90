"""Databases for stories of real processes, filled already: a start on them has nothing to migrate."""

import shutil

import pytest
from django.conf import settings

from config.settings import keyring
from tests.house.databases import MIGRATIONS, digest


@pytest.fixture
def filled(tmp_path, django_db_setup):
    """A folder for LODESTAR_VAR that holds copies of the stories' databases."""
    return _copied(tmp_path / "filled", f"lodestar_original_{digest()}_{{}}.sqlite3")


@pytest.fixture
def migrated(tmp_path, django_db_setup):
    """The same with nothing but the tables: what a first start has after a third of its time."""
    return _copied(tmp_path / "migrated", f"lodestar_migrated_{digest(MIGRATIONS)}_{{}}.kept")


def _copied(folder, pattern):
    (folder / "db").mkdir(parents=True)
    for alias, name in (("default", "lodestar"), ("keys", "keys")):
        original = settings.VAR / "test" / pattern.format(alias)
        shutil.copyfile(original, folder / "db" / f"{name}.sqlite3")
    # what was sealed in them opens with the stories' own keyring alone; a start takes this file for its own
    keyring.write(folder / "keys" / "field_keys.json", settings.FIELD_KEYS, replace=False)
    return folder
