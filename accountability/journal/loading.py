"""Loads the questions that every journal begins with. What an editor changed, took off the list or deleted stays so.

Each question of the file is noted once it was loaded (`curriculum.StarterFile`), whatever became of it. A later release that
words one anew changes it only where nobody else has.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction

from accountability.journal.cms_access import grant_prompt_permissions
from accountability.journal.models import Prompt
from curriculum.models import StarterFile

STARTER = settings.ROOT / "accountability" / "journal" / "starter" / "prompts.csv"
STEP = 10  # between two places of the list, so that an editor can put one of their own between them


@dataclass
class Outcome:
    """The questions that were written, and those whose new wording was left alone, by key and language."""

    written: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)


@transaction.atomic
def load_prompts(path: Path = STARTER) -> Outcome:
    """Read the file and write what is new in it; give editors their rights. Raises KeyError for a column that is missing."""
    grant_prompt_permissions()
    done = Outcome()
    notes = {note.path: note for note in StarterFile.objects.filter(path__startswith=_noted(""))}
    with path.open(encoding="utf-8", newline="") as lines:
        for place, row in enumerate(csv.DictReader(lines), start=1):
            for language in ("en", "es"):
                name = f"{row['key']}.{language}"
                note = notes.get(_noted(name))
                if note is None:
                    _first(name, row[language], language, place * STEP)
                    done.written.append(name)
                elif note.digest != _digest(row[language]):
                    changed = _worded_anew(note, row[language], language)
                    (done.written if changed else done.left_alone).append(name)
    return done


def _first(name: str, words: str, language: str, order: int) -> None:
    Prompt.objects.create(words=words, language=language, order=order)
    StarterFile.objects.create(path=_noted(name), digest=_digest(words))


def _worded_anew(note: StarterFile, words: str, language: str) -> bool:
    """Whether the question still says what was loaded, so that it says the new words now."""
    for prompt in Prompt.objects.filter(language=language):
        if _digest(prompt.words) == note.digest:
            prompt.words, note.digest = words, _digest(words)
            prompt.save(update_fields=["words"])
            note.save()
            return True
    return False


def _noted(name: str) -> str:
    return f"journal/prompts.csv#{name}"


def _digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()
