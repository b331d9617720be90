"""STRICT=1: what was left out without need counts as failed."""

import pytest

from tests.house.strict import is_the_same_everywhere, may_differ, skipping_is_failing


@pytest.mark.parametrize(
    ("marks", "postgres", "fails"),
    [
        ({"browser"}, False, True),
        ({"browser", "django_db"}, True, True),
        ({"postgres"}, True, True),
        ({"postgres"}, False, False),  # `make test` runs it in the other pass
        ({"host"}, True, False),
        ({"scripts"}, False, False),
        (set(), True, False),
    ],
)
def test_what_must_run(marks, postgres, fails):
    assert skipping_is_failing(marks, postgres=postgres) is fails


@pytest.mark.parametrize(
    ("marks", "fixtures", "same"),
    [
        (set(), ["tmp_path"], True),
        ({"parametrize"}, [], True),
        ({"django_db"}, [], False),
        ({"postgres"}, [], False),
        (set(), ["cast", "db"], False),
        (set(), ["django_db_setup"], False),
        (set(), ["django_db_blocker"], True),  # each story has it, to be kept away
    ],
)
def test_what_comes_near_no_database_is_told_once(marks, fixtures, same):
    assert is_the_same_everywhere(marks, fixtures) is same


@pytest.mark.parametrize(
    ("marks", "source", "commits", "first", "again"),
    [
        ({"django_db"}, "client.get", False, False, False),
        ({"django_db"}, "client.get", False, True, True),
        ({"django_db"}, "client.get", True, False, True),
        ({"postgres"}, "client.get", False, False, True),
        ({"django_db"}, "with pytest.raises(IntegrityError)", False, False, True),
        ({"django_db"}, "an atomicity of sorts", False, False, False),
    ],
)
def test_what_may_differ_is_told_on_postgresql_too(marks, source, commits, first, again):
    assert may_differ(marks, source, commits=commits, first=first) is again
