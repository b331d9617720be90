"""Plants for Dev in the database of a real server, and tells `scripts/canaries.py` all that the rooms say, as JSON.

Usage, in the environment of that server: python -m tests.sweep.telling MARK
"""

from __future__ import annotations

import json
import sys
from typing import Any

from scripts.traces import Words


def tell(mark: str) -> dict[str, Any]:
    """Words by name, ids with their apps and in couples, own pages, forms to send, and which words each of the cast may find."""
    from accounts.models import User
    from home.demo.people import CAST
    from tests.sweep.plants import AUTHOR, couples_of, ids_of, may_find, plant

    words = Words(mark)
    rows = plant(User.objects.get(email=f"{AUTHOR}@riverton.example"), words)
    planted = list(words.words.values())
    uses = _uses(rows, words, planted)
    people = [person.first.lower() for person in CAST]
    return {
        "words": words.words,
        "ids": ids_of(rows),
        "couples": couples_of(rows),
        "pages": _pages(rows),
        "uses": uses,
        "readers": {name: sorted(may_find(name, words)) for name in people if name != AUTHOR},
    }


def _pages(rows: dict[str, Any]) -> list[dict[str, Any]]:
    from django.urls import reverse

    from tests.sweep.planting import PAGES
    from tests.sweep.planting.kinds import ids_in

    return [
        {
            "path": reverse(page.name, args=ids_in(page.about, rows)),
            "method": page.method,
            "data": page.data,
            "fields": sorted(page.fields),
        }
        for page in PAGES
    ]


def _uses(rows: dict[str, Any], words: Words, planted: list[str]) -> list[dict[str, Any]]:
    from tests.sweep.planting import USES
    from tests.sweep.using import filled, where

    return [
        {"path": path, "page": page, "data": data, "expects": one.expects, "turn": one.turn}
        for number, one in enumerate(USES)
        for path, page in [where(one, rows)]
        for data in filled(one, number, words, planted, rows)
    ]


if __name__ == "__main__":
    import django

    django.setup()
    json.dump(tell(sys.argv[1]), sys.stdout)
