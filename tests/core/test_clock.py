"""Time zones by name."""

from core.clock import zone_named


def test_a_time_zone_that_nobody_knows_counts_as_utc():
    assert zone_named("America/Chicago").key == "America/Chicago"
    assert zone_named("Mars/Olympus").key == "UTC"
    assert zone_named("../etc/passwd").key == "UTC"
    assert zone_named("America").key == "UTC"
    assert zone_named("").key == "UTC"
