"""Where starter pages stand in the tree: below the index of modules, in the order of their files."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import Locale, Page, Site

from curriculum.models import LearnIndexPage, SiteRootPage
from curriculum.permissions import FIRST_WRITTEN

TITLE = _("Learn")
INTRODUCTION = _(
    "History first, then the words, then the promises. Each lesson takes five to ten minutes to read "
    "and says where every figure comes from."
)


def site_tree() -> LearnIndexPage:
    """The index of modules, with the root and the site above it made where they are missing."""
    index = LearnIndexPage.objects.filter(FIRST_WRITTEN).first()
    if index:
        return index
    wagtail_root = Page.get_first_root_node()
    root = SiteRootPage.objects.filter(FIRST_WRITTEN).first() or wagtail_root.add_child(
        instance=SiteRootPage(title="Lodestar", slug="lodestar")
    )
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost")
    welcome = site.root_page if site.root_page_id else None
    site.root_page, site.is_default_site = root, True
    site.save()
    if welcome is not None and welcome.depth == 2 and welcome.pk != root.pk:
        welcome.delete()  # the page that every new Wagtail starts with
        root.refresh_from_db()
    with override(settings.LANGUAGE_CODE):
        learn = LearnIndexPage(title=str(TITLE), slug="learn", introduction=str(INTRODUCTION))
    return root.add_child(instance=learn)


def translated_tree(index: LearnIndexPage, language: str) -> LearnIndexPage:
    """The index of modules in another language, beside the first one, with the root above it; made where it is missing."""
    locale, _new = Locale.objects.get_or_create(language_code=language)
    found = index.get_translation_or_none(locale)
    if found is not None:
        return found
    first = index.get_parent().specific
    root = first.get_translation_or_none(locale)
    if root is None:
        wagtail_root = Page.get_first_root_node()
        root = wagtail_root.add_child(
            instance=SiteRootPage(
                title=first.title, slug=f"{first.slug}-{language}", locale=locale,
                translation_key=first.translation_key,
            )
        )  # fmt: skip
    with override(language):
        words = {"title": str(TITLE), "introduction": str(INTRODUCTION)}
    page = LearnIndexPage(
        slug=index.slug, locale=locale, translation_key=index.translation_key, **words
    )
    return root.add_child(instance=page)


def add_page(page: Any, parent: Page, *, after: int | None) -> Any:
    """Put a new page below its parent, behind the page `after` if that stands there, else first.

    Rows are read anew: paths of objects in memory are wrong once a page was put between others.
    """
    siblings = Page.objects.child_of(Page.objects.get(pk=parent.pk)).order_by("path")
    before = siblings.filter(pk=after).first() if after else None
    if before is not None:
        return before.add_sibling(pos="right", instance=page)
    first = siblings.first()
    if first is not None:
        return first.add_sibling(pos="left", instance=page)
    return Page.objects.get(pk=parent.pk).add_child(instance=page)
