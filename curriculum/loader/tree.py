"""Where starter pages stand in the tree: below the index of modules, in the order of their files."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page, Site

from curriculum.models import LearnIndexPage, SiteRootPage

INTRODUCTION = (
    "History first, then the words, then the promises. Each lesson takes five to ten minutes to read "
    "and says where every figure comes from."
)


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
