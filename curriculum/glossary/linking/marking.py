"""Which lessons the worker has to go through again: those just published, and those that hold a word that changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import F, Max

from curriculum.glossary.linking.matching import bare
from curriculum.glossary.models import ChangedWord, LessonLinks
from curriculum.models import Edition, LessonPage

MOST_WORDS = 2_000  # of one look


def mark_stale(lessons: Iterable[int]) -> None:
    """Have the worker go through these lessons (by their page)."""
    wanted = list(dict.fromkeys(lessons))
    LessonLinks.objects.bulk_create(
        [LessonLinks(lesson_id=pk, asked=0) for pk in wanted], ignore_conflicts=True
    )
    LessonLinks.objects.filter(lesson__in=wanted).update(stale=True, asked=F("asked") + 1)


def take_changed_words() -> int:
    """Mark the lessons whose published text holds a word that changed; returns how many words were taken.

    What is read is read first, and the words go in the same transaction as the marks come: who is killed begins again.
    """
    taken, words = [], defaultdict(set)
    for row in ChangedWord.objects.order_by("pk")[:MOST_WORDS]:
        taken.append(row.pk)
        words[row.language].add(row.folded)
    if not taken:
        return 0
    lessons = [pk for language, some in words.items() for pk in lessons_holding(some, language)]
    with transaction.atomic():
        mark_stale(lessons)
        ChangedWord.objects.filter(pk__in=taken).delete()
    return len(taken)


def lessons_holding(words: Iterable[str], language: str) -> Iterator[int]:
    """The live lessons in a language whose newest edition holds one of these words, whole."""
    wanted = bare(words)
    pages = LessonPage.objects.live().filter(locale__language_code=language)
    by_key = dict(pages.values_list("translation_key", "pk"))
    newest = Edition.objects.filter(language=language).values("lesson_key")
    numbers = dict(newest.annotate(last=Max("number")).order_by().values_list("lesson_key", "last"))
    editions = Edition.objects.filter(language=language, number__in=set(numbers.values()))
    columns = ("lesson_key", "number", "texts")
    for key, number, texts in editions.order_by().values_list(*columns).iterator(chunk_size=100):
        page = by_key.get(key)
        if page is None or numbers[key] != number:
            continue
        if any(wanted.holds(text) for _block, text in texts):
            yield page
