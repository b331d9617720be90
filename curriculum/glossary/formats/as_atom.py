"""The feed of changes: what a body has adopted or retired, newest first."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from curriculum.glossary.choices import Outcome, ProposalKind
from curriculum.glossary.formats.entries import glossary_address, site_address
from curriculum.glossary.models import Decision

MOST = 50


def changes() -> QuerySet[Decision]:
    """The newest decisions that changed what readers see."""
    rows = Decision.objects.filter(outcome=Outcome.ADOPTED, confirmed_at__isnull=False)
    return rows.select_related("body", "proposal__term", "version").order_by("-confirmed_at", "pk")[:MOST]  # fmt: skip


def atom_feed(language: str) -> str:
    """The feed with its own words in this language."""
    with translation.override(language):
        feed = Atom1Feed(
            title=_("Shared language: what changed"), link=glossary_address(), language=language,
            description=_("Wordings that were adopted, and words that are no longer used."),
            feed_url=site_address(reverse("glossary_formats:feed_show")), feed_guid=glossary_address(),
        )  # fmt: skip
        for decision in changes():
            _add(feed, decision)
        return feed.writeString("utf-8")


def _add(feed: Atom1Feed, decision: Decision) -> None:
    proposal = decision.proposal
    said: dict[str, Any] = {"name": proposal.name, "body": decision.body.name, "date": date_format(decision.decided_on)}  # fmt: skip
    if proposal.kind == ProposalKind.RETIREMENT:
        title = _("%(name)s: no longer used") % said
        words = _("%(body)s decided on %(date)s that “%(name)s” is no longer used.") % said
    else:
        said |= {"number": decision.version.number, "language": decision.version.language}
        title = _("%(name)s: version %(number)s (%(language)s)") % said
        words = _("Adopted by %(body)s on %(date)s.") % said + " " + decision.version.definition
    term = reverse("glossary:term_show", args=[proposal.term.slug])
    feed.add_item(
        title=title, link=site_address(f"{term}versions/"), description=words, unique_id=f"urn:uuid:{decision.pk}",
        pubdate=decision.confirmed_at, updateddate=decision.confirmed_at, author_name=decision.body.name,
    )  # fmt: skip
