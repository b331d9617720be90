"""Dev uses his journal by its pages: he looks for words, sees how a text will look, is saved while he types, saves, exports."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from django.urls import NoReverseMatch, reverse

from scripts.traces import Words
from tests.sweep.places import response

UNSEEN = re.compile(r'<input type="hidden" name="(once|seen|draft_seen)" value="([^"]*)"')


def use(client: Client, words: Words) -> None:
    """All of it with planted words. A page that does not exist yet is passed over (tests/sweep/test_own_pages names it)."""
    typed = {name: words.word(f"typed {name}") for name in ("title", "body", "tags")}
    sheet = {**typed, **_unseen(client)}
    for name, data in (
        *(("entry_search", {"words": word}) for word in list(words.words.values())),
        ("entry_search", {"words": "\x00" + typed["body"] * 9000}),
        ("entry_search", {"tag": typed["tags"], "prompt": typed["title"]}),
        ("entry_preview", typed),
        ("entry_write", {**sheet, "act": "preview"}),
        ("draft_begin", sheet),
        ("entry_write", {**sheet, "seen": "many"}),
        ("entry_write", sheet),
        ("entry_write", {**sheet, "body": typed["body"] * 9000}),
        ("export_show", {}),
    ):
        _post(client, name, data)


def _unseen(client: Client) -> dict[str, str]:
    try:
        return dict(UNSEEN.findall(client.get(reverse("journal:entry_write")).text))
    except NoReverseMatch:
        return {}


def _post(client: Client, name: str, data: dict[str, Any]) -> None:
    try:
        response(client.post(reverse(f"journal:{name}"), data))
    except NoReverseMatch:
        return
