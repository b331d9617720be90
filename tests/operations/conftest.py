"""An installation whose files lie in a folder of their own, so that a story may back it up, break it and bring it back."""

from pathlib import Path

import pytest

from core.crypto import owners


@pytest.fixture
def installation(settings, tmp_path):
    """Where it lies: `run`, `backups`, `media` with two uploads, and the list of erasures beside the keyring."""
    folder = tmp_path / "var"
    settings.VAR = folder
    settings.BACKUPS = folder / "backups"
    settings.BACKUPS_NOTE = folder / "run" / "backups.json"
    settings.MEDIA_ROOT = folder / "media"
    settings.ERASURES_FILE = tmp_path / "keys" / "erasures.jsonl"
    settings.COPIES, settings.PAPERS = folder / "copies", folder / "papers"
    settings.MAIL_DELIVERY = {"kind": "file", "folder": str(folder / "mail")}
    (folder / "media" / "documents").mkdir(parents=True)
    upload("documents/plan.txt", "the plan of the spring", folder)
    upload("documents/film.vtt", "WEBVTT", folder)
    owners.forget()
    yield folder
    owners.forget()


def upload(name, text, folder):
    """A file among the uploads."""
    path = Path(folder) / "media" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path
