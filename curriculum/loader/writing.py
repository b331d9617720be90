"""Writes starter texts into pages. What an editor decided since (changed, deleted, unpublished) is left alone and listed."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from curriculum.loader.checking import cited_facts
from curriculum.loader.differences import difference
from curriculum.loader.pictures import Pictures
from curriculum.loader.reading import ModuleTexts, StarterText
from curriculum.loader.refusal import StarterRefused
from curriculum.loader.state import digest_of, fields_of
from curriculum.loader.stream import Rows, lesson_fields, module_fields
from curriculum.loader.tree import add_page, site_tree, translated_tree
from curriculum.models import LessonPage, ModulePage, StarterFile

Fields = dict[str, Any]
NUMBER = re.compile(r"(?<![^/])\d+-")

CHANGED = _("an editor changed the page")
DELETED = _("an editor deleted the page")
UNPUBLISHED = _("an editor unpublished the page")
LOCKED = _("an editor locked the page")
OWN = _("an editor made a page at this address")
NO_ORIGINAL = _("there is no page of which it is a translation")
NO_MODULE = _("its module is deleted or not published")
NO_FACT = _("an editor deleted the fact %(key)s that it cites")


@dataclass(frozen=True)
class LeftAlone:
    """A file that was not written, why, and how page and file differ where that is the reason."""

    name: str
    reason: str
    difference: tuple[str, ...] = ()


@dataclass
class Outcome:
    """What a run did with each file: names written, unchanged, and left alone because of an editor's decision."""

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    left_alone: list[LeftAlone] = field(default_factory=list)


class Writer:
    """Writes the texts of one folder. To be used within a transaction, as a refusal may come in the middle."""

    def __init__(self, rows: Rows, pictures: Pictures, *, again: Collection[str] = ()) -> None:
        self.outcome = Outcome()
        self._rows, self._pictures, self._again = rows, pictures, frozenset(again)
        self._index = site_tree()
        notes = StarterFile.objects.exclude(page_key=None)
        self._notes = {_unnumbered(note.path): note for note in notes}
        keys = [note.page_key for note in self._notes.values()]
        self._pages = {
            (page.translation_key, page.locale.language_code): page
            for kind in (ModulePage, LessonPage)
            for page in kind.objects.filter(translation_key__in=keys).select_related("locale")
        }

    def write(self, modules: list[ModuleTexts]) -> None:
        """Write every module and lesson, or leave it alone; then what is translated of them. Raises StarterRefused."""
        last_module = None
        for texts in modules:
            module = self._write(ModulePage, texts.module, self._index, after=last_module)
            last_module = module.pk if module else last_module
            last_lesson = None
            for text in texts.lessons:
                lesson = self._write(LessonPage, text, module, after=last_lesson)
                last_lesson = lesson.pk if lesson else last_lesson
        for texts in modules:
            for language, pairs in texts.translations.items():
                self._translate(language, pairs)

    def _translate(self, language: str, pairs: list[tuple[StarterText, StarterText]]) -> None:
        """Write the translations of one module into the tree of their language. Their order is that of the originals."""
        index = translated_tree(self._index, language)
        module = None
        for original, text in pairs:
            page = self._of(original)
            if page is None:
                self._leave(text, NO_ORIGINAL)
            elif text.is_module:
                module = self._write(ModulePage, text, index, after=None, original=page)
            else:
                self._write(LessonPage, text, module, after=None, original=page)

    def _of(self, text: StarterText) -> Any:
        """The page that was written of a text, in this run or before."""
        note = self._notes.get(_unnumbered(text.name))
        return self._pages.get((note.page_key, text.language)) if note else None

    def _write(
        self, kind: Any, text: StarterText, parent: Any, *, after: int | None, original: Any = None
    ) -> Any:  # fmt: skip
        """The page of a text after what was to be done is done; None when there is none and none was made.

        Of a translation `original` is the page whose lasting key and ids of blocks it shares.
        """
        note, again = self._notes.get(_unnumbered(text.name)), text.name in self._again
        page = self._page(kind, text, note, parent)
        if page is None:
            if note and not again:
                return self._leave(text, DELETED)
            if parent is None or not parent.live:
                return self._leave(text, NO_MODULE)
            return self._create(kind, text, note, parent, after=after, original=original)
        if not page.live and not again:
            return self._leave(text, UNPUBLISHED if note else OWN, page)
        states = _states(page)
        edited = note is None or any(digest_of(state) != note.written for state in states)
        if note and note.digest == text.digest and not again:
            return self._leave(text, CHANGED, page) if edited else self._keep(text, page)
        return self._renew(text, page, note, states, edited=edited and not again)

    def _renew(
        self, text: StarterText, page: Any, note: StarterFile | None, states: list[Fields], *, edited: bool
    ) -> Any:  # fmt: skip
        """Bring a page up to its text, unless an editor `edited` it. It may say already what the file says."""
        gone = self._deleted_fact(text)
        if gone:
            return self._leave(text, NO_FACT % {"key": gone}, page)
        wanted = self._fields(text, page, upload=not edited)
        if page.live and all(digest_of(state) == digest_of(wanted) for state in states):
            self._note(text, page, wanted)
            return self._keep(text, page)
        if edited:
            here = next(s for s in states if note is None or digest_of(s) != note.written)
            return self._leave(text, CHANGED if note else OWN, page, difference(here, wanted))
        if page.locked and text.name not in self._again:
            return self._leave(text, LOCKED, page)
        page.refresh_from_db()
        for name, value in wanted.items():
            setattr(page, name, value)
        if not page.live:
            page.go_live_at = page.expire_at = None
        return self._publish(text, page, wanted)

    def _create(
        self, kind: Any, text: StarterText, note: StarterFile | None, parent: Any, *, after: int | None, original: Any
    ) -> Any:  # fmt: skip
        gone = self._deleted_fact(text)
        if gone:
            return self._leave(text, NO_FACT % {"key": gone})
        wanted = self._fields(text, original, upload=True)
        page = kind(slug=original.slug if original else text.slug, locale=parent.locale, **wanted)
        if original or (note and note.page_key):
            page.translation_key = original.translation_key if original else note.page_key  # type: ignore[union-attr]
        try:
            page = add_page(page, parent, after=after)
        except ValidationError as problem:
            raise _refused(text, problem) from None
        return self._publish(text, page, wanted)

    def _publish(self, text: StarterText, page: Any, wanted: Fields) -> Any:
        try:
            page.save_revision().publish()
        except ValidationError as problem:
            raise _refused(text, problem) from None
        self._note(text, page, wanted)
        self.outcome.written.append(text.name)
        page.refresh_from_db()
        return page

    def _page(self, kind: Any, text: StarterText, note: StarterFile | None, parent: Any) -> Any:
        if note is not None:
            return self._pages.get((note.page_key, text.language))
        if parent is None:
            return None
        parent.refresh_from_db(fields=["path"])  # another page may have been put before it
        return kind.objects.child_of(parent).filter(slug=text.slug).first()

    def _fields(self, text: StarterText, page: Any, *, upload: bool) -> Fields:
        if text.is_module:
            return module_fields(text)
        old = page.body.get_prep_value() if page else []
        return lesson_fields(text, self._rows, self._pictures, old=old, upload=upload)

    def _deleted_fact(self, text: StarterText) -> str:
        """A fact that the text cites and that stands in the folder, but not in the database any more."""
        return next((key for _line, key in cited_facts(text) if key not in self._rows.facts), "")

    def _note(self, text: StarterText, page: Any, written: Fields) -> None:
        note = self._notes.get(_unnumbered(text.name)) or StarterFile()
        note.path, note.digest = text.name, text.digest
        note.written, note.page_key = digest_of(written), page.translation_key
        note.save()
        self._notes[_unnumbered(text.name)] = note
        self._pages[page.translation_key, text.language] = page

    def _keep(self, text: StarterText, page: Any) -> Any:
        self.outcome.unchanged.append(text.name)
        return page

    def _leave(
        self, text: StarterText, reason: Any, page: Any = None, differs: tuple[str, ...] = ()
    ) -> Any:
        self.outcome.left_alone.append(LeftAlone(text.name, str(reason), differs))
        return page


def _unnumbered(name: str) -> str:
    """The name of a file without its numbers: one that was given another place is the same lesson."""
    return NUMBER.sub("", name)


def _states(page: Any) -> list[Fields]:
    """What an editor's page says: its draft where there is one, and what is published."""
    published = [fields_of(page)]
    if not page.has_unpublished_changes:
        return published
    return [fields_of(page.get_latest_revision_as_object()), *published]


def _refused(text: StarterText, problem: ValidationError) -> StarterRefused:
    """The refusal at the line of the first field that the problem names."""
    if not hasattr(problem, "error_dict"):
        return StarterRefused(text.path, 1, " ".join(problem.messages))
    name, messages = next(iter(problem.message_dict.items()))
    label = "" if name in ("__all__", "body") else f"{name}: "
    return StarterRefused(text.path, text.front.line(name), label + " ".join(messages))
