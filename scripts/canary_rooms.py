"""The private rooms in the sweep for canaries: what they say themselves, planted in the real server's database and sent to it."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from canary_pages import Reader
from filled_forms import hidden_fields
from fresh_clone import Failed
from surroundings import PYTHON, ROOT
from traces import Words

PLANT_WITHIN = 120  # seconds


@dataclass(frozen=True)
class Told:
    """What `tests.sweep.telling` says after it has planted a row for each model with private fields."""

    words: dict[str, str]
    ids: dict[str, str]  # of the rows, each with its app
    couples: list[list[str]]  # the id of a row behind that of the one on which it hangs
    pages: list[dict[str, Any]]
    uses: list[dict[str, Any]]
    readers: dict[str, list[str]]  # who may find which words beside Dev


def plant(words: Words) -> Told:
    """Plant for Dev beside the running server; the words join those of this sweep. Raises Failed with what went wrong."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.demo", "PYTHONPATH": str(ROOT)}
    command = [str(PYTHON), "-m", "tests.sweep.telling", words.mark]
    done = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=PLANT_WITHIN
    )  # fmt: skip
    if done.returncode:
        raise Failed(f"Nothing was planted: {done.stderr[-2_000:]}")
    told = Told(**json.loads(done.stdout))
    words.words |= told.words
    return told


#: How an act is answered whose object is no longer there.
GONE = (404, 409)


def visit(dev: Reader, told: Told, words: Words) -> None:
    """Dev finds each planted word where the rooms say. Raises Failed with those that are missing, or in a header."""
    token = dev.ask("/account/profile/").token
    for page in told.pages:
        path, form = page["path"], None
        if page["method"] == "post":
            form = {"csrfmiddlewaretoken": token, **page["data"]}
        elif page["data"]:
            path += "?" + urlencode(page["data"])
        head, _gap, body = dev.whole(path, form).partition(b"\n\n")
        missing = set(page["fields"]) - words.names_in(body)
        if missing or words.traces(head):
            wrong = f"does not find {', '.join(sorted(missing))}" if missing else "finds a word in a header"  # fmt: skip
            raise Failed(f"At {path} Dev {wrong}.")


def use(dev: Reader, told: Told, *, ends: bool) -> None:
    """Dev sends each form of the rooms; `ends`: those that end something, or the others.

    Raises Failed when one is not answered as it is when it is taken. What ends something comes after everybody else's walk,
    in which Dev's buddy may have ended it, as is their right: then it is gone, or says that it has ended.
    """
    spare = dev.ask("/account/profile/").token
    for one in told.uses:
        if (one["turn"] > 0) is not ends:
            continue
        page = dev.ask(one["page"])
        hidden = hidden_fields(page.text, at=one["page"], to=one["path"])
        form = {"csrfmiddlewaretoken": page.token or spare, **hidden, **one["data"]}
        status = int(dev.whole(one["path"], form).split(None, 1)[0])
        if status not in {one["expects"], *(GONE if ends else ())}:
            raise Failed(f"A form sent to {one['path']} was answered with {status}, not {one['expects']}.")  # fmt: skip
