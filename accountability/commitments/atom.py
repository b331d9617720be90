"""The feed of public statements, newest first. It holds published copies and nothing else."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from accountability.commitments.models import PublishedCopy
from accountability.commitments.reading import words_of_copy

MOST = 50


def atom_feed(language: str) -> str:
    """The feed with its own words in this language; statements stand in whatever language they were written."""
    with translation.override(language):
        place = _at(reverse("commitments:statement_list"))
        feed = Atom1Feed(
            title=_("Public commitments"),
            link=place,
            language=language,
            description=_("Commitments, stands and acknowledgments that people made in public."),
            feed_url=_at(reverse("commitments:feed_show")),
            feed_guid=place,
        )
        for copy in PublishedCopy.objects.public()[:MOST]:
            _add(feed, copy)
        written: str = feed.writeString("utf-8")
        return written


def _add(feed: Atom1Feed, copy: PublishedCopy) -> None:
    said = "\n".join(f"{part.label}: {part.words}" for part in words_of_copy(copy).parts)
    feed.add_item(
        title=f"{copy.name}: {copy.get_kind_display()}",
        link=_at(reverse("commitments:statement_show", args=[copy.pk])),
        description=said,
        unique_id=f"urn:uuid:{copy.pk}",
        pubdate=copy.published_at,
        updateddate=copy.changed_at,
        author_name=copy.name,
    )


def _at(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
