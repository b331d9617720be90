"""Makes what the benchmark needs in a database that is migrated and loaded.

Usage: python -m bench.seed tiny | sessions EMAIL NUMBER | linked | relink | large | publish
"""

from __future__ import annotations

import json
import sys
from datetime import date

from bench.terms_seed import adopt

MODULES, LESSONS, FACTS, TERMS = 200, 10, 5_000, 5_000
MEMBERS, MARKS_EACH = 100, 1_000  # 100 000 rows of progress
WORDS = "The council met and wrote down who could cross the bridge and who could not. "


def tiny_page() -> None:
    """One published page of five kilobytes at the address /yardstick/."""
    from wagtail.models import Page, Site

    from bench.tiny.models import TinyPage

    root = Site.objects.get(is_default_site=True).root_page or Page.get_first_root_node()
    if not TinyPage.objects.exists():
        text = "".join(f"<p>{'A sentence of the yardstick. ' * 10}</p>" for _ in range(17))
        root.add_child(instance=TinyPage(title="Yardstick", slug="yardstick", text=text))


def sessions(email: str, how_many: int) -> None:
    """Print the cookie values of fresh sessions of this member, as a JSON list."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from accounts.models import User

    member = User.objects.get(email=email)
    keys = []
    for _ in range(how_many):
        store = SessionStore()
        store[SESSION_KEY] = str(member.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = member.get_session_auth_hash()
        store.save()
        keys.append(store.session_key)
    json.dump(keys, sys.stdout)


def linked() -> None:
    """Two lessons of 1 200 words that cite 20 facts: one leads to 40 terms, the other to none."""
    from curriculum.glossary.models import Term
    from curriculum.models import Fact, LessonPage, ModulePage

    module = ModulePage.objects.get(slug="how-redlining-worked", locale__language_code="en")
    keys = list(Fact.objects.values_list("key", flat=True)[:20])
    terms = list(Term.objects.values_list("slug", flat=True)[:40])
    for slug, links in (("forty-terms", terms), ("no-terms", [None] * len(terms))):
        parts = [
            WORDS * 2 + (f"We say [these words](term:{term}). " if term else "We say these words. ")
            + f"So it was [@{keys[at % len(keys)]}]."
            for at, term in enumerate(links)
        ]  # fmt: skip
        lesson = LessonPage(
            title=slug, slug=slug, lede="A lesson of the benchmark.", goal="None.", minutes=6,
            body=json.dumps([{"type": "markdown", "value": "\n\n".join(parts)}]),
        )  # fmt: skip
        module.add_child(instance=lesson)
        lesson.save_revision().publish()


def relink() -> None:
    """What the worker does after lessons are published."""
    from curriculum.glossary.linking.working import relink_all

    relink_all()


def publish() -> None:
    """What every publish does to what is kept: it is found no more."""
    from core.content import raise_version

    raise_version()


def large() -> None:
    """200 modules of ten lessons, 5 000 facts and terms, 100 000 rows of progress, of which Dev has 1 000."""
    from core.content import raise_version

    _facts()
    adopt(TERMS)
    keys = _pages()
    _progress(keys)
    _searchable(keys)
    raise_version()


def _facts() -> None:
    from curriculum.models import Fact

    day = date(2026, 11, 24)
    letters = [f"{one}{two}" for one in "QVXYZ" for two in "ABCDEFGHIJ"]  # no fact of ours
    Fact.objects.bulk_create(
        Fact(
            key=f"{letters[number // 100]}{number % 100:02}", statement=WORDS, period="1931",
            source_title="Minutes", source_year="1931", checked="Made for the benchmark", checked_on=day,
            check_again_on=date(2030, 1, 1),
        )
        for number in range(FACTS)
    )  # fmt: skip


def _pages() -> list[str]:
    """The lasting keys of the lessons."""
    from curriculum.models import LearnIndexPage, LessonPage, ModulePage

    index = LearnIndexPage.objects.get(locale__language_code="en")
    keys = []
    for number in range(MODULES):
        module = ModulePage(title=f"Module {number}", slug=f"module-{number}", summary=WORDS)
        index.add_child(instance=module)
        for part in range(LESSONS):
            lesson = LessonPage(
                title=f"Lesson {part}", slug=f"lesson-{part}", lede=WORDS, goal="None.", minutes=6,
                body=json.dumps([{"type": "markdown", "value": "So it was [@RL01]."}]),
            )  # fmt: skip
            module.add_child(instance=lesson)
            keys.append(str(lesson.translation_key))
    return keys


def _searchable(keys: list[str]) -> None:
    """What each lesson says, 600 words of which a few are rare, and the index of the search over all of it.

    Half of the new facts are cited, so that they are found as well.
    """
    from django.core.management import call_command

    from curriculum.models import Citation, Edition, Fact, LessonPage

    Edition.objects.bulk_create(
        (
            Edition(lesson_key=key, number=1, texts=[[str(part), _paragraph(at * 8 + part)] for part in range(8)])
            for at, key in enumerate(keys)
        ),
        batch_size=200,
    )  # fmt: skip
    lessons = LessonPage.objects.filter(translation_key__in=keys).values_list("pk", flat=True)
    facts = Fact.objects.filter(statement=WORDS).values_list("key", flat=True)
    pairs = zip(list(lessons), list(facts)[: len(keys)], strict=False)
    Citation.objects.bulk_create(Citation(lesson_id=pk, fact_key=key) for pk, key in pairs)
    call_command("rebuild_modelsearch_index", verbosity=0)


def _paragraph(number: int) -> str:
    """75 words: the sentence that all hold, and made-up words, the nth of which one in n paragraphs holds."""
    rare = [f"word{other}" for other in range(1, 200) if number % other == 0]
    return WORDS + " ".join(rare) + " They met again and wrote it down once more. " * 5


def _progress(keys: list[str]) -> None:
    from accounts.models import User
    from curriculum.models import LessonDone

    members = [User(email=f"bench{number}@example.org") for number in range(MEMBERS - 1)]
    User.objects.bulk_create(members)
    members.append(User.objects.get(email="dev@riverton.example"))
    LessonDone.objects.bulk_create(
        (
            LessonDone(member=member, lesson_key=key)
            for member in members
            for key in keys[:MARKS_EACH]
        ),
        batch_size=1_000,
    )


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "sessions":
        sessions(sys.argv[2], int(sys.argv[3]))
    else:
        {"tiny": tiny_page, "linked": linked, "relink": relink, "large": large, "publish": publish}[
            sys.argv[1]
        ]()
