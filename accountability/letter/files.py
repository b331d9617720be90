"""The signatures as a table and as a feed: what the public page shows, and nothing else."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import datetime
from io import StringIO

from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from accountability.letter.choices import Part
from accountability.letter.models import LetterVersion, Pledge, Signature
from core.text import plain_text
from curriculum.glossary.formats.as_csv import kept_from_running
from curriculum.glossary.formats.entries import site_address

COLUMNS = (
    "version",
    "kind",
    "name",
    "signed_on",
    "process_commitments",
    "outcome_commitments",
)
MOST_ENTRIES = 50


def signatures_csv() -> str:
    """All public names under all versions, the newest version first. Nobody without a public name is in it, not even as a row."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    rows = list(Signature.objects.named().for_page().order_by("-version__number", "pk"))
    for row in sorted(rows, key=_place):
        cells = _cells(row)
        if cells[2]:
            writer.writerow([kept_from_running(cell) for cell in cells])
    return out.getvalue()


def _place(row: Signature) -> tuple[int, bool, str]:
    return -row.version.number, row.organization_id is None, _name(row).casefold()


def _cells(row: Signature) -> list[str]:
    kind = "person" if row.organization_id is None else "organization"
    pledges = list(row.pledges.all())
    at = row.confirmed_at or row.signed_at
    promised = [_joined(one for one in pledges if one.part == part) for part in Part]
    return [str(row.version.number), kind, _name(row), f"{at:%Y-%m-%d}", *promised]


def _name(row: Signature) -> str:
    if row.organization is not None:
        return row.organization.name
    return row.member.chosen_name if row.member is not None else ""


def _joined(pledges: Iterable[Pledge]) -> str:
    return "\n".join(f"{one.due_on.isoformat()}: {one.words}" for one in pledges)


def atom_feed(language: str) -> str:
    """Versions and the organizations that signed them, newest first. People are in no feed: a name in a reader's copy stays there."""
    with translation.override(language):
        address = site_address(reverse("letter:letter_show"))
        feed = Atom1Feed(
            title=_("The public letter"), link=address, language=language, feed_guid=address,
            description=_("New versions, and organizations that sign."),
            feed_url=site_address(reverse("letter:feed_show")),
        )  # fmt: skip
        entries = sorted([*_versions(), *_organizations()], key=lambda entry: entry[0], reverse=True)  # fmt: skip
        for at, title, words, unique, number in entries[:MOST_ENTRIES]:
            link = site_address(reverse("letter:version_show", args=[number]))
            feed.add_item(title=title, link=link, description=words, unique_id=unique, pubdate=at, updateddate=at)  # fmt: skip
        return feed.writeString("utf-8")


Entry = tuple[datetime, str, str, str, int]


def _versions() -> Iterable[Entry]:
    for version in LetterVersion.objects.published()[:MOST_ENTRIES]:
        assert version.published_at is not None  # noqa: S101 (published)
        title = _("Version %(number)s of the public letter") % {"number": version.number}
        words = version.what_changed or plain_text(version.process_html)[:400]
        yield version.published_at, title, words, f"urn:uuid:{version.pk}", version.number


def _organizations() -> Iterable[Entry]:
    rows = Signature.objects.for_organizations().named().for_page().order_by("-confirmed_at")
    for row in rows[:MOST_ENTRIES]:
        assert row.confirmed_at is not None  # noqa: S101 (named)
        said = {"organization": _name(row), "number": row.version.number}
        title = _("%(organization)s signed version %(number)s") % said
        words = " ".join(f"{pledge.words} ({pledge.due_on.isoformat()})" for pledge in row.pledges.all())  # fmt: skip
        yield row.confirmed_at, title, words, f"urn:uuid:{row.pk}", row.version.number
