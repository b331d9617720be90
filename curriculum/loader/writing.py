"""Writes starter files into pages. A page that an editor has changed since is left alone and listed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from curriculum.blocks import DiscussionBlock
from curriculum.glossary.models import Term
from curriculum.loader.reading import Part, StarterRefused, StarterText, read_starter
from curriculum.models import (
    Fact,
    LearnIndexPage,
    LessonPage,
    ModulePage,
    RedliningMap,
    SiteRootPage,
    StarterFile,
)

INTRODUCTION = (
    "History first, then the words, then the promises. Each lesson takes about a quarter of an hour "
    "and says where every figure comes from."
)


@dataclass
class Outcome:
    """What a run of the loader did: paths written, unchanged, and left alone because an editor changed the page."""

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)


def read_folder(folder: Path) -> list[tuple[StarterText, list[StarterText]]]:
    """All modules of the folder with their lessons, read and checked. Raises StarterRefused; nothing is written yet."""
    modules = []
    facts = frozenset(Fact.objects.values_list("key", flat=True))
    for place in sorted(folder.glob("*/module.md")):
        module = read_starter(place)
        module.demand("title", "summary")
        lessons = [
            read_starter(path, facts=facts) for path in sorted(place.parent.glob("[0-9]*.md"))
        ]
        for lesson in lessons:
            lesson.demand("title", "lede", "goal", "minutes")
        modules.append((module, lessons))
    return modules


@transaction.atomic
def write_curriculum(folder: Path) -> Outcome:
    """Write every module and lesson of the folder, all or none. Raises StarterRefused."""
    modules = read_folder(folder)
    outcome = Outcome()
    index = site_tree()
    for module_text, lesson_texts in modules:
        module = _write(
            module_text, index, folder, outcome, ModulePage, _module_fields(module_text)
        )
        for text in lesson_texts:
            fields = _lesson_fields(text, folder)
            _write(text, module, folder, outcome, LessonPage, fields)
    return outcome


def site_tree() -> LearnIndexPage:
    """The index of modules, with the root and the site above it made where they are missing."""
    index = LearnIndexPage.objects.first()
    if index:
        return index
    wagtail_root = Page.get_first_root_node()
    root = SiteRootPage.objects.first() or wagtail_root.add_child(
        instance=SiteRootPage(title="Lodestar", slug="lodestar")
    )
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost")
    welcome = site.root_page if site.root_page_id else None
    site.root_page, site.is_default_site = root, True
    site.save()
    if welcome is not None and welcome.depth == 2 and welcome.pk != root.pk:
        welcome.delete()  # the page that every new Wagtail starts with
        root.refresh_from_db()
    learn = LearnIndexPage(title="Learn", slug="learn", introduction=INTRODUCTION)
    return root.add_child(instance=learn)


def _write(
    text: StarterText,
    parent: Page,
    folder: Path,
    outcome: Outcome,
    kind: Any,
    fields: dict[str, Any],
) -> Any:
    name = text.path.relative_to(folder).as_posix()
    known = StarterFile.objects.filter(path=name).select_related("page").first()
    page = kind.objects.filter(pk=known.page_id).first() if known and known.page_id else None
    if known and page is None and known.page_id is None and known.revision_id is None:
        page = kind.objects.child_of(parent).filter(slug=text.slug).first()
    if page is not None and known is not None:
        if known.digest == text.digest:
            outcome.unchanged.append(name)
            return page
        if page.latest_revision_id != known.revision_id:
            outcome.left_alone.append(name)
            return page
    if page is None:
        page = parent.add_child(instance=kind(slug=text.slug, **fields))
    else:
        for field_name, value in fields.items():
            setattr(page, field_name, value)
    page.full_clean()
    revision = page.save_revision()
    revision.publish()
    StarterFile.objects.update_or_create(
        path=name, defaults={"digest": text.digest, "page_id": page.pk, "revision": revision}
    )
    outcome.written.append(name)
    page.refresh_from_db()
    return page


def _module_fields(text: StarterText) -> dict[str, Any]:
    return {
        "title": text.front["title"],
        "summary": text.front["summary"],
        "goal": text.front.get("goal", ""),
        "introduction": text.markdown,
    }


def _lesson_fields(text: StarterText, folder: Path) -> dict[str, Any]:
    stream = [_raw(block_type, value) for block_type, value in _blocks(text, folder)]
    return {
        "title": text.front["title"],
        "lede": text.front["lede"],
        "goal": text.front["goal"],
        "minutes": text.front["minutes"],
        "body": LessonPage._meta.get_field("body").to_python(stream),
    }


def _raw(block_type: str, value: Any) -> dict[str, Any]:
    return {"type": block_type, "value": value, "id": str(uuid4())}


def _blocks(text: StarterText, folder: Path) -> Iterator[tuple[str, Any]]:
    for part in text.parts:
        yield part.kind, _value(part, text, folder)
    sources = [
        {"type": "item", "value": _source(source), "id": str(uuid4())}
        for source in text.front.get("sources") or []
    ]
    if sources:
        yield "sources", sources


def _value(part: Part, text: StarterText, folder: Path) -> Any:
    value = part.value
    if part.kind == "rich_text":
        return value["html"]
    if part.kind == "map":
        shown = RedliningMap.objects.filter(slug=value["map"]).first()
        if shown is None:
            raise StarterRefused(text.path, part.line, f"no map named “{value['map']}” is loaded.")
        return {"map": str(shown.pk), "caption": value["caption"]}
    if part.kind == "figure":
        image = _image(folder / "images" / value["image"], value["alt"], text, part)
        return {
            "image": {"image": image.pk, "alt_text": value["alt"], "decorative": False},
            "caption": value["caption"],
            "source": value.get("source") or "",
        }
    if part.kind == "fact":
        return {"fact": Fact.objects.get(key=value["fact"]).pk}
    if part.kind == "term":
        term = Term.objects.filter(slug=value["term"]).first()
        if term is None:
            raise StarterRefused(
                text.path, part.line, f"“{value['term']}” is no term of the glossary."
            )
        return {"term": str(term.pk)}
    if part.kind == "discussion":
        return {"text": value["text"], "place": value.get("place") or DiscussionBlock.COHORT}
    if part.kind == "quotation":
        return {**value, "source": value.get("source") or ""}
    return value


def _image(path: Path, alt: str, text: StarterText, part: Part) -> Any:
    """The picture of this name, uploaded once."""
    if path.parent.name != "images" or not path.is_file():
        raise StarterRefused(text.path, part.line, f"there is no picture {path.name} in images/.")
    model = get_image_model()
    title = f"starter/{path.name}"
    known = model.objects.filter(title=title).first()
    if known is not None:
        return known
    with path.open("rb") as file:
        return model.objects.create(
            title=title, description=alt[:255], file=ImageFile(file, name=path.name)
        )


def _source(source: dict[str, Any]) -> dict[str, str]:
    names = ("key", "author", "title", "publisher", "year", "url", "checked", "confidence")
    return {name: str(source.get(name) or "") for name in names}
