"""What everybody sees of a version: who stands behind it by name, what organizations pledge, how many more were counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from accountability.letter.choices import A_PAGE, MANY, Part
from accountability.letter.models import LetterVersion, Signature, UnnamedTally
from core.content import kept

LONGEST_QUERY = 80


@dataclass(frozen=True)
class Promised:
    """A pledge as it is shown."""

    part: str
    words: str
    due_on: Any


@dataclass(frozen=True)
class OrganizationName:
    """An organization that has signed, with what it pledged."""

    name: str
    signature_id: UUID
    signed_at: datetime
    pledges: tuple[Promised, ...]

    def by_part(self) -> list[tuple[Any, list[Promised]]]:
        """Its pledges under the names of the parts."""
        return [(part.label, [one for one in self.pledges if one.part == part]) for part in Part]


@dataclass(frozen=True)
class Signatures:
    """All of a version, as everybody sees them."""

    organizations: tuple[OrganizationName, ...]
    people: tuple[str, ...]
    tally: (
        UnnamedTally | None
    )  # the weekly count of who signed without a name; none before the first one

    @property
    def names(self) -> int:
        """How many names stand under it."""
        return len(self.organizations) + len(self.people)

    @property
    def can_be_searched(self) -> bool:
        """Whether there are so many names that looking for one takes a field."""
        return self.names > MANY

    def holding(self, typed: str) -> Signatures:
        """Those whose names hold what was typed, whatever its case."""
        wanted = typed.casefold()
        return Signatures(
            tuple(one for one in self.organizations if wanted in one.name.casefold()),
            tuple(name for name in self.people if wanted in name.casefold()),
            self.tally,
        )


def signatures_of(version: LetterVersion, request: HttpRequest) -> Signatures:
    """The signatures of a version, read once until one of them changes: three queries, none while they are kept."""
    return kept(request, ("letter", version.pk), partial(read_signatures, version))


def read_signatures(version: LetterVersion) -> Signatures:
    """The signatures as they stand now, under the names that members and organizations have now."""
    rows = version.signatures.named()  # type: ignore[attr-defined]
    people = rows.for_oneself().values_list("member__chosen_name", flat=True)
    names = sorted((name for name in people if name), key=str.casefold)
    organizations = [_organization(row) for row in rows.for_organizations().for_page()]
    organizations.sort(key=lambda one: one.name.casefold())
    tally = UnnamedTally.objects.filter(version=version).first()
    return Signatures(tuple(organizations), tuple(names), tally)


def listing(request: HttpRequest, everybody: Signatures) -> dict[str, Any]:
    """What the part of a page with the signatures needs: those of one page, or those that hold what was typed."""
    typed = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    found = everybody.holding(typed) if typed else everybody
    return {
        "everybody": everybody,
        "found": found,
        "typed": typed,
        "people": _page(found.people, request.GET.get("page")),
        "organizations": _page(found.organizations, request.GET.get("organizations")),
    }


def _page(rows: Sequence[Any], number: str | None) -> Page[Any]:
    return Paginator(rows, A_PAGE).get_page(number)


def _organization(row: Signature) -> OrganizationName:
    assert row.organization is not None  # noqa: S101 (asked for by the query)
    assert row.confirmed_at is not None  # noqa: S101
    pledges = tuple(Promised(one.part, one.words, one.due_on) for one in row.pledges.all())
    return OrganizationName(row.organization.name, row.pk, row.confirmed_at, pledges)
