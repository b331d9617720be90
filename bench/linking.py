"""How long it takes to find 5 000 terms of three words each in lessons. By `bench.run`, in a process and a database of its own.

Usage: python -m bench.linking     prints JSON
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from bench.measuring import Bench

TERMS, ALIASES, LESSONS, LETTERS = 5_000, 3, 340, 50_000
SLOWEST_LESSON_MS, SLOWEST_VIEW_MS, SLOWEST_ALL_S = 10, 0.1, 30
SYLLABLES = [a + b for a in "bcdfghlmnprstv" for b in ("a", "e", "i", "o", "u", "an", "er")]


def rows(bench: Bench) -> dict[str, Any]:
    """What a process of its own measures."""
    with bench.site() as site:
        found: dict[str, Any] = json.loads(site.python("-m", "bench.linking"))
    return found


def main() -> None:
    """Write the terms, then measure one lesson of 50 KB, a view that is kept, and 340 lessons after one adoption."""
    chance = random.Random(8)  # noqa: S311 (the same each time)
    names = _names(chance)
    _write_terms(names)
    json.dump({**_one_lesson(names, chance), **_all_lessons(names, chance)}, sys.stdout)


def _names(chance: random.Random) -> list[str]:
    """Made-up words, as many as there are to be; a third of them phrases."""
    words = list({"".join(chance.choices(SYLLABLES, k=3)) for _ in range(40_000)})
    many = TERMS * (1 + ALIASES)
    return list(dict.fromkeys(f"{word} {chance.choice(words)}" if at % 3 == 0 else word for at, word in enumerate(words)))[:many]  # fmt: skip


def _write_terms(names: list[str]) -> None:
    from curriculum.glossary.models import Term, TermWord

    terms = Term.objects.bulk_create(
        [Term(slug=f"bench-{at}", label=name) for at, name in enumerate(names[:TERMS])]
    )
    TermWord.objects.bulk_create(
        TermWord(term=terms[at % TERMS], language="en", kind="name" if at < TERMS else "alias", text=name, folded=name)
        for at, name in enumerate(names)
    )  # fmt: skip


def _one_lesson(names: list[str], chance: random.Random) -> dict[str, Any]:
    from curriculum.glossary.linking.finding import Part, first_mentions
    from curriculum.glossary.linking.matching import leads_in

    parts = [Part(str(at), "markdown", _html(names, chance)) for at in range(20)]
    leads = leads_in("en")
    took = _median_ms(lambda: first_mentions(parts, leads, ()))
    found = len(first_mentions(parts, leads, ()))
    size = sum(len(part.html) for part in parts)
    row = {"ms": round(took, 2), "aim_ms": SLOWEST_LESSON_MS, "letters": size, "terms_found": found, "words": len(leads.phrases)}  # fmt: skip
    return {"4 relinking one lesson of 50 KB, 5 000 terms": row}


def _html(names: list[str], chance: random.Random) -> str:
    """A twentieth of a lesson: English sentences with a term in some."""
    said, size = [], 0
    while size < LETTERS // 20:
        words = "The council met and wrote down who could cross the bridge, and who could not"
        term = f" and {chance.choice(names)}" if chance.random() < 0.2 else ""
        said.append(f"<p>{words}{term} <em>that day</em>.</p>")
        size += len(said[-1])
    return "\n".join(said)


def _all_lessons(names: list[str], chance: random.Random) -> dict[str, Any]:
    """340 lessons that hold one word, which a term then leads to; and how much a kept page does for its links."""
    from django.contrib.auth.models import AnonymousUser
    from django.test import RequestFactory

    from curriculum.glossary.linking.working import relink
    from curriculum.glossary.models import ChangedWord, Term, TermWord
    from curriculum.models import LessonPage, ModulePage
    from curriculum.showing import shown

    module = ModulePage.objects.live().filter(locale__language_code="en").first()
    for number in range(LESSONS):
        text = "\n\n".join(f"We saw a herony there. {chance.choice(names)} [@RL04]. {'It was so. ' * 60}" for _ in range(8))  # fmt: skip
        lesson = LessonPage(title=f"Bench {number}", slug=f"bench-{number}", lede="None.", goal="None.", minutes=5,
                            body=json.dumps([{"type": "markdown", "value": text}]))  # fmt: skip
        module.add_child(instance=lesson)
        lesson.save_revision().publish()
    relink(seconds=600)
    term = Term.objects.create(slug="herony", label="herony")
    TermWord.objects.create(term=term, language="en", kind="name", text="herony", folded="herony")
    ChangedWord.objects.create(language="en", folded="herony")
    began = time.monotonic()
    lessons = relink(seconds=600)
    seconds = time.monotonic() - began
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    page = LessonPage.objects.select_related("locale").live().order_by("-pk").first()
    shown(page, request)
    view = _median_ms(lambda: shown(page, request))
    return {
        "4 linking, added to a view that is kept": {"ms": round(view, 4), "aim_ms": SLOWEST_VIEW_MS},
        "4 all lessons relinked": {"seconds": round(seconds, 1), "lessons": lessons, "aim_seconds": SLOWEST_ALL_S},
    }  # fmt: skip


def _median_ms(work: Callable[[], object]) -> float:
    took = []
    for _ in range(15):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1_000


if __name__ == "__main__":
    import django

    django.setup()
    main()
