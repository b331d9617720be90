"""What is made of published content alone is made once under its version, and let go of with it."""

from types import SimpleNamespace

import pytest

from core import content


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    content._kept.clear()
    yield
    content._kept.clear()


def asked(version, key="lesson"):
    """What a request that began with this version is given, and whether it had to be made."""
    made = []
    request = SimpleNamespace(content_version=version)

    def make():
        made.append(version)
        return f"{key} of {version}"

    return content.kept(request, (key,), make), bool(made)


def test_it_is_made_once_under_each_version():
    assert [asked("first"), asked("first"), asked("second"), asked("second")] == [
        ("lesson of first", True), ("lesson of first", False), ("lesson of second", True), ("lesson of second", False),
    ]  # fmt: skip


def test_requests_that_began_before_a_publish_find_what_was_kept_and_older_ones_are_let_go_of():
    """An editor who publishes a hundred times leaves no hundred outlines in memory."""
    for number in range(100):
        asked(f"version {number}")

    assert list(content._kept) == ["version 98", "version 99"]
    assert asked("version 98") == ("lesson of version 98", False)


def test_of_one_version_no_more_is_kept_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(content, "MOST_KEPT", 3)
    for name in "abc":
        asked("now", name)
    asked("now", "a")
    asked("now", "d")

    assert [asked("now", name)[1] for name in "acd"] == [False, False, False]
    assert asked("now", "b")[1] is True
