"""STRICT=1: what was left out without need counts as failed."""

import pytest

from tests.house.strict import skipping_is_failing


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
