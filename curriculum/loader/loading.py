"""Loads a folder of starter files: maps, facts, terms, then the modules that rest on them. All of it, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from curriculum.cms_access import grant_page_permissions
from curriculum.glossary.loading import Row as TermRow
from curriculum.glossary.loading import read_terms, write_terms
from curriculum.glossary.models import Term
from curriculum.loader.checking import Known, check_references
from curriculum.loader.facts import FactsOutcome, read_facts, write_facts
from curriculum.loader.facts import Row as FactRow
from curriculum.loader.pictures import Pictures
from curriculum.loader.reading import ModuleTexts, StarterText, read_starter
from curriculum.loader.refusal import StarterRefused, suggestion
from curriculum.loader.stream import Rows
from curriculum.loader.translations import check_alike, check_language
from curriculum.loader.tree import site_tree
from curriculum.loader.writing import Outcome, Writer
from curriculum.models import Fact, RedliningMap
from curriculum.redlining.actions import store_map
from curriculum.redlining.geojson import MapReading, read_map
from curriculum.redlining.svg import Drawing, draw

FACTS, TERMS = "facts.csv", "terms.csv"
NO_TEXTS = {"module.md", "README.md"}
#: Says what is being done while it is done, if it says anything.
Step = Callable[[str], AbstractContextManager[None]]


@dataclass
class Loaded:
    """What a run did, by kind of file."""

    maps: list[str] = field(default_factory=list)
    facts: FactsOutcome = field(default_factory=FactsOutcome)
    terms: int = 0
    pages: Outcome = field(default_factory=Outcome)

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return bool(self.maps or self.facts.written or self.terms or self.pages.written)


@dataclass
class _Folder:
    """The files of a folder as read, its maps drawn."""

    path: Path
    maps: dict[str, tuple[MapReading, Drawing]] = field(default_factory=dict)
    facts: list[tuple[int, FactRow]] = field(default_factory=list)
    terms: dict[str, TermRow] = field(default_factory=dict)
    modules: list[ModuleTexts] = field(default_factory=list)


def load_folder(folder: Path, *, again: Collection[str] = (), step: Step | None = None) -> Loaded:
    """Load every file of the folder in one transaction; those named in `again` over an editor's decision.

    Each file is read and everything that it refers to is looked up before the first row is written.
    Raises StarterRefused, TermsRefused or MapRefused; nothing of the folder is loaded then.
    """
    step = step or (lambda _sentence: nullcontext())
    with step(_("Reading the files …")):
        read = _read(folder)
        _check(read, again)
    with step(_("Drawing the maps …")):
        read.maps = {path.stem: _drawn(path) for path in sorted(folder.glob("maps/*.geojson"))}
    pictures = Pictures(folder / "images")
    with pictures.kept_when_all_is_well(), transaction.atomic():
        return _write(read, pictures, again, step)


def _write(read: _Folder, pictures: Pictures, again: Collection[str], step: Step) -> Loaded:
    done = Loaded()
    with step(_("Writing the maps, the facts and the terms …")):
        for slug, (reading, drawing) in read.maps.items():
            if store_map(reading=reading, drawing=drawing, slug=slug).changed:
                done.maps.append(slug)
        done.facts = write_facts(read.path / FACTS, read.facts, again=again)
        done.terms = write_terms(read.path / TERMS, read.terms)
    with step(_("Writing the modules and their lessons …")):
        writer = Writer(Rows(), pictures, again=again)
        writer.write(read.modules)
        done.pages = writer.outcome
    grant_page_permissions(site_tree())
    return done


def _read(folder: Path) -> _Folder:
    read = _Folder(folder)
    if (folder / FACTS).is_file():
        read.facts = read_facts(folder / FACTS)
    if (folder / TERMS).is_file():
        read.terms = read_terms(folder / TERMS)
    texts = {*folder.glob("*/[0-9]*.md"), *folder.glob("*/module*.md")}
    for place in sorted({path.parent for path in texts}):
        read.modules.append(_read_module(place))
    _refuse_same_address([texts.module for texts in read.modules])
    return read


def _read_module(place: Path) -> ModuleTexts:
    if not (place / "module.md").is_file():
        reason = _("there is no module.md in it, so its lessons belong to no module.")
        raise StarterRefused(place, None, reason)
    paths = [path for path in sorted(place.glob("*.md")) if path.name not in NO_TEXTS]
    for path in paths:
        if not path.name[0].isdigit() and not path.name.startswith("module."):
            reason = _("a lesson’s file begins with its number, like 03-%(name)s.")
            raise StarterRefused(path, None, reason % {"name": path.name})
    found = [read_starter(path) for path in (place / "module.md", *paths)]
    texts = [text for text in found if text.language == settings.LANGUAGE_CODE]
    _refuse_same_address(texts[1:])
    translations = [text for text in found if text not in texts]
    return ModuleTexts(texts[0], texts[1:], _by_language(texts, translations))


def _by_language(
    texts: list[StarterText], translations: list[StarterText]
) -> dict[str, list[tuple[StarterText, StarterText]]]:
    """Each translation behind its original, by language, the module first. Raises StarterRefused."""
    originals = {text.bare_name: text for text in texts}
    found: dict[str, list[tuple[StarterText, StarterText]]] = {}
    for text in sorted(translations, key=lambda text: not text.is_module):
        check_language(text)
        original = originals.get(text.bare_name)
        if original is None:
            raise StarterRefused(
                text.path,
                None,
                _("there is no %(name)s of which it is a translation.")
                % {"name": f"{text.bare_name}.md"},
            )
        check_alike(text, original)
        found.setdefault(text.language, []).append((original, text))
    return found


def _drawn(path: Path) -> tuple[MapReading, Drawing]:
    reading = read_map(path)
    return reading, draw(reading)


def _refuse_same_address(texts: list[StarterText]) -> None:
    seen: dict[str, StarterText] = {}
    for text in texts:
        if text.slug in seen:
            reason = _("its address would be “%(slug)s”, as that of %(other)s. Rename one.")
            said = {"slug": text.slug, "other": seen[text.slug].name}
            raise StarterRefused(text.path, None, reason % said)
        seen[text.slug] = text


def _check(read: _Folder, again: Collection[str]) -> None:
    drawings = {path.stem for path in read.path.glob("maps/*.geojson")}
    if not (read.facts or read.terms or read.modules or drawings):
        reason = _("there is no starter file in this folder.")
        raise StarterRefused(read.path, None, reason)
    keys = {row["key"] for _line, row in read.facts}
    known = Known(
        facts=keys | set(Fact.objects.values_list("key", flat=True)),
        terms=set(read.terms) | set(Term.objects.values_list("slug", flat=True)),
        maps=drawings | set(RedliningMap.objects.values_list("slug", flat=True)),
        pictures=read.path / "images",
    )
    names = {f"{FACTS}#{key}" for key in keys}
    for text in (text for module in read.modules for text in module.all()):
        check_references(text, known)
        names.add(text.name)
    for name in sorted(set(again) - names):
        reason = _("this was to be written again, but is no starter file. %(suggestion)s")
        said = {"suggestion": suggestion(name, names)}
        raise StarterRefused(read.path / name, None, reason % said)
