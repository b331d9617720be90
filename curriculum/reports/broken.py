"""Which addresses of published lessons lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from wagtail.models import Page

from curriculum.glossary.models import Term
from curriculum.models import Finding, FindingKind, LinkCheck
from curriculum.outline import outline_for

PAGE = "page:"
GLOSSARY, LEARN = "/glossary/", "/learn/"


class Published:
    """What a link within this site may lead to: asked once, in three queries."""

    def __init__(self) -> None:
        outline = outline_for(AnonymousUser())
        self.pages = set(map(str, Page.objects.live().values_list("pk", flat=True)))
        self.terms = set(Term.objects.values_list("slug", flat=True))
        self.lessons = {LEARN, *outline.addresses, *(module.url for module in outline.modules)}

    def holds(self, path: str) -> bool:
        """Whether a reader finds something at this path."""
        whole = path if path.endswith("/") else f"{path}/"
        if whole.startswith(LEARN):
            return whole.removesuffix("map/") in self.lessons
        if whole.startswith(GLOSSARY) and whole != GLOSSARY:
            return whole.removeprefix(GLOSSARY).strip("/") in self.terms
        try:
            return resolve(path).url_name != "wagtail_serve"
        except Resolver404:
            return False


def broken_addresses() -> dict[str, str]:
    """Each address of a published lesson that leads nowhere, with what is wrong: five queries, whatever their number."""
    links = Finding.objects.filter(kind=FindingKind.LINK, lesson__live=True)
    addresses = set(links.order_by().values_list("address", flat=True).distinct())
    troubles = LinkCheck.objects.exclude(trouble="").values_list("address", "trouble")
    broken = {address: trouble for address, trouble in troubles if address in addresses}
    return {**broken, **dict(_broken_within(addresses, Published()))}


def _broken_within(addresses: set[str], published: Published) -> Iterator[tuple[str, str]]:
    for address in addresses:
        if address.startswith(PAGE):
            if address.removeprefix(PAGE) not in published.pages:
                yield address, _("The page is not published, or gone.")
            continue
        path = path_within(address)
        if path is not None and not published.holds(path):
            yield address, _("Nothing is published at this address.")


def path_within(address: str) -> str | None:
    """The path of an address within this site; None for one elsewhere, a mail, and a place on the same page."""
    parts = urlsplit(urljoin(f"{settings.SITE_URL}/", address))
    site = urlsplit(settings.SITE_URL)
    if not address.startswith(("/", "http:", "https:")) or parts.netloc != site.netloc:
        return None
    return parts.path
