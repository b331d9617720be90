"""What an entry may begin with: a question that the initiative offers, or one that a lesson asks, or none.

Addresses and forms name them by id alone. Whatever is unknown, or not for this member, is silently nothing: a page to write
on must open, whatever became of a link.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from accountability.journal.models import Prompt
from accountability.journal.texts import About
from accountability.journal.texts import Prompt as Copy
from curriculum.addresses import language_of_now, learn
from curriculum.models import LessonPage
from curriculum.permissions import lessons_translated_for, lessons_visible_to
from curriculum.publishing import editions_of

#: Doors of the blocks that ask for something to write about.
ASKS = frozenset({"reflect", "commit"})
MOST_DIGITS = 9


def offered() -> list[Prompt]:
    """The questions on offer in the language of the page; where there is none in it, those in the one written first."""
    rows = list(Prompt.objects.filter(is_offered=True, language__in=_languages()))
    for language in _languages():
        found = [row for row in rows if row.language == language]
        if found:
            return found
    return []


def beginning(request: HttpRequest) -> tuple[Copy | None, About | None]:
    """The suggestion and the lesson that this request names, as copies to be kept with the entry.

    `prompt` is a question of the set, `lesson` a lesson's lasting key and `block` one of its questions; all may stand in the
    address or in the form, and the address is the newer one: a press on a suggestion sends the form to an address with it.
    """
    prompt, block = _asked(request, "prompt"), _asked(request, "block")
    pages = _lessons(request.user, _asked(request, "lesson"))
    quoted, page = _quoted(pages, block)
    return _of_the_set(prompt) or quoted, _about(page) if page else None


def address_with(request: HttpRequest, prompt: Prompt) -> str:
    """The query that begins with this question instead of another one, about the same lesson if there is one."""
    named = {"prompt": str(prompt.pk)}
    lesson = _key(_asked(request, "lesson"))
    if lesson is not None:
        named["lesson"] = str(lesson)
    return f"?{urlencode(named)}"


def _asked(request: HttpRequest, name: str) -> str:
    return request.GET.get(name) or request.POST.get(name, "")


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _of_the_set(number: str) -> Copy | None:
    if not (number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS):
        return None
    row = Prompt.objects.filter(pk=int(number), is_offered=True).first()
    return Copy(words=row.words) if row else None


def _lessons(user: Any, key: str) -> list[LessonPage]:
    """The lesson in every language in which this member may read it, the language of the page first."""
    wanted = _key(key)
    if wanted is None:
        return []
    originals, translations = (
        rows.filter(translation_key=wanted).select_related("locale")
        for rows in (lessons_visible_to(user), lessons_translated_for(user))
    )
    pages: list[LessonPage] = [*originals, *translations]
    return sorted(pages, key=lambda page: page.locale.language_code != language_of_now())


def _quoted(pages: list[LessonPage], block: str) -> tuple[Copy | None, LessonPage | None]:
    """What this block asks, word for word from the edition that readers have now, and the page it stands on.

    The block must still ask for something in the lesson as it is published; an edition alone does not tell what kind it was.
    """
    for page in pages:
        asks = {str(part.id) for part in page.body if part.block.door in ASKS and part.id}
        edition = editions_of(page).last() if block in asks else None
        words = dict(edition.texts).get(block) if edition else None
        if edition and words:
            said = {"title": page.title, "number": edition.number}
            source = _("%(title)s, edition %(number)s") % said
            return Copy(words=words, source=source, url=_address(page)), page
    return None, pages[0] if pages else None


def _about(page: LessonPage) -> About:
    return About(kind="lesson", key=str(page.translation_key), words=page.title, url=_address(page))


def _address(page: LessonPage) -> str:
    """Its address in its own language."""
    with override(page.locale.language_code):
        return learn(f"{page.get_parent().slug}/{page.slug}/")


def _languages() -> tuple[str, str]:
    return get_language() or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE
