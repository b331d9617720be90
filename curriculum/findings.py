"""What publishing finds in a lesson for the editors' reports: claims without a fact, and where its links lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.utils.html import strip_tags

from core.text.reading_grade import sentences_of
from curriculum.blocks.base import CITED
from curriculum.blocks.words import html_of
from curriculum.models.findings import Finding, FindingKind
from curriculum.parts import LINK, NOT_OURS, Part, parts_of

#: A number, a year, a percent sign.
FIGURE = re.compile(r"\d|%|\bpercent\b", re.IGNORECASE)
HREF = re.compile(r'\bhref="([^"]*)"')
#: How the editor of the CMS stores a link to a page of ours; the page may move, so its number is kept.
PAGE_LINK = re.compile(
    r'<a\b(?=[^<>]*\blinktype="page")[^<>]*\bid="(\d+)"[^<>]*>(.*?)</a>', re.DOTALL
)
#: Parts that ask and invite: what stands in them is no claim.
ASKS = frozenset(
    {"heading", "reflection", "discussion", "commitment", "care", "worksheet", "facilitator"}
)
#: Parts that tell of invented people, or say in letters what is to be heard.
TELLS = frozenset({"understanding", "media"})
#: Parts that are one thought: what explains an answer stands behind the question.
ONE_THOUGHT = frozenset({"check", "sorting"})


def findings_of(lesson: Any) -> list[Finding]:
    """Everything found in the body of a lesson, not saved."""
    return [
        Finding(lesson=lesson, kind=kind, place=part.number, part=part.kind, words=words[:500], address=address[:500])
        for part in parts_of(lesson)
        for kind, words, address in (*_claims(part), *_links(part))
    ]  # fmt: skip


def write_findings(lesson: Any) -> None:
    """Put what is found in a lesson that was just published in the place of what was found before."""
    Finding.objects.filter(lesson_id=lesson.pk).delete()
    Finding.objects.bulk_create(findings_of(lesson))


def _claims(part: Part) -> Iterator[tuple[str, str, str]]:
    """Sentences with a figure in a paragraph that cites nothing."""
    if part.sourced or part.kind in NOT_OURS | ASKS | TELLS:
        return
    for paragraph in [part.words] if part.kind in ONE_THOUGHT else part.words.splitlines():
        if not CITED.search(paragraph):
            for sentence in sentences_of(paragraph):
                if FIGURE.search(sentence):
                    yield FindingKind.CLAIM, sentence, ""


def _links(part: Part) -> Iterator[tuple[str, str, str]]:
    """The words and the address of each link."""
    for attributes, inside in LINK.findall(part.html):
        for address in HREF.findall(attributes):
            yield FindingKind.LINK, _plain(inside), unescape(address)
    if part.kind == "rich_text":
        for number, inside in PAGE_LINK.findall(html_of(part.value)):
            yield FindingKind.LINK, _plain(inside), f"page:{number}"
    if part.kind == "sources":
        for source in part.value:
            if source.get("url"):
                yield FindingKind.LINK, str(source.get("title") or ""), str(source["url"])


def _plain(html: str) -> str:
    return unescape(strip_tags(html)).strip()
