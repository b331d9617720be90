"""What a wording must hold, and what it must not clash with: asked when it is proposed, and again when it is adopted."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model, TextField
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core.text import strip_control
from curriculum.glossary.choices import WordKind
from curriculum.glossary.models import WORDS, Relation, Term, TermWord, Wording
from curriculum.glossary.words import address_of, different, folded_word, names_in

#: What stands beside the terms at `/glossary/…`.
TAKEN = frozenset({"proposals", "propose", "changes", "decide", "find"})
#: Fields of one line.
ONE_LINE = {"name", "not_to_be_confused_with", "source", "source_license"}
MOST_WORDS, MOST_RELATIONS, LONGEST_WORD = 20, 40, 120

#: Language, kind, word, its folded form, address.
Leading = tuple[WordKind, str, str, str]


def tidied(words: dict[str, Any]) -> dict[str, Any]:
    """The fields of a wording as they are kept: without control characters and edges, lists without doubles."""
    kept = {name: words[name] for name in WORDS if name in words}
    for name, value in kept.items():
        if isinstance(value, str):
            kept[name] = strip_control(value).strip()
    for name in ONE_LINE & kept.keys():
        kept[name] = " ".join(kept[name].split())
    for name in ("aliases", "forms"):
        if name in kept:
            kept[name] = different(strip_control(str(word)) for word in kept[name])
    for name in ("broader", "related"):
        if name in kept:
            kept[name] = list(
                dict.fromkeys(str(slug).strip() for slug in kept[name] if str(slug).strip())
            )
    return kept


def check_lengths(row: Model, names: Iterable[str]) -> None:
    """Raise ValidationError at each text that is too long: the length of a TextField is otherwise asked by forms alone."""
    problems = {}
    for name in names:
        text, field = getattr(row, name), row._meta.get_field(name)
        most = field.max_length if isinstance(field, TextField) else None
        if most is not None and len(text) > most:
            said = _("At most %(most)s letters fit here, and these are %(count)s.")
            problems[name] = said % {"most": _figure(most), "count": _figure(len(text))}
    if problems:
        raise ValidationError(problems)


def _figure(number: int) -> str:
    return str(number_format(number, force_grouping=True))


def check_wording(wording: Wording, term: Term) -> None:
    """Raise ValidationError at the field that cannot be used, with a sentence that says why."""
    check_lengths(wording, WORDS)
    problems: dict[str, list[str]] = {}
    for name, words in _problems(wording, term):
        problems.setdefault(name, []).append(words)
    if problems:
        raise ValidationError(problems)


def _problems(wording: Wording, term: Term) -> Iterator[tuple[str, str]]:
    if not _says_something(wording.name) or not address_of(wording.name):
        yield "name", _("Write the term, in letters or figures.")
    if not _says_something(wording.definition):
        yield "definition", _("Write what the term means.")
    for name in ("aliases", "forms"):
        yield from ((name, words) for words in _problems_of_words(getattr(wording, name)))
    yield from _clashes(wording, term)
    yield from _problems_of_relations(wording, term)
    if wording.language not in dict(settings.LANGUAGES):
        yield "language", _("This site has no such language.")
    if wording.source_use != "own" and not wording.source:
        yield "source", _("Name the source of words that are not your own.")


def _says_something(text: str) -> bool:
    return any(unicodedata.category(letter)[0] in "LN" for letter in text)


def _problems_of_words(words: list[str]) -> Iterator[str]:
    if len(words) > MOST_WORDS:
        yield _("At most %(most)s words fit here.") % {"most": MOST_WORDS}
    for word in words:
        if len(word) > LONGEST_WORD or not _says_something(word):
            yield _("“%(word)s” is no word of at most %(most)s letters.") % {
                "word": word[:40], "most": LONGEST_WORD,
            }  # fmt: skip


def leading_words(wording: Wording) -> list[Leading]:
    """Every word that leads to the term in this language: kind, word, folded word, address (of aliases alone)."""
    found: dict[str, Leading] = {}
    several = (
        (WordKind.NAME, names_in(wording.name)), (WordKind.ALIAS, wording.aliases), (WordKind.FORM, wording.forms),
    )  # fmt: skip
    for kind, words in several:
        for word in words:
            address = address_of(word) if kind == WordKind.ALIAS else ""
            address = "" if address in TAKEN else address
            found.setdefault(folded_word(word), (kind, word, folded_word(word), address))
    return list(found.values())


def _clashes(wording: Wording, term: Term) -> Iterator[tuple[str, str]]:
    """Words and addresses that lead to another term already."""
    leading = {folded: (kind, word) for kind, word, folded, _address in leading_words(wording)}
    fields = {WordKind.NAME: "name", WordKind.ALIAS: "aliases", WordKind.FORM: "forms"}
    others = TermWord.objects.exclude(term=term).select_related("term")
    for row in others.filter(language=wording.language, folded__in=leading):
        kind, word = leading[row.folded]
        said = _("“%(word)s” leads to the term “%(term)s” already.")
        yield fields[kind], said % {"word": word, "term": row.term}
    addresses = {
        address: word for _kind, word, _folded, address in leading_words(wording) if address
    }
    # A term that is only proposed holds no address yet: whichever is adopted first.
    slugs = Term.objects.adopted().exclude(pk=term.pk).filter(slug__in=addresses)
    aliases = others.filter(slug__in=addresses).exclude(language=wording.language, folded__in=leading)  # fmt: skip
    for address, other in [
        *slugs.values_list("slug", "label"),
        *aliases.values_list("slug", "term__label"),
    ]:
        said = _("“%(word)s” is the address of the term “%(term)s”.")
        yield "aliases", said % {"word": addresses[address], "term": other}
    for row in others.filter(slug=term.slug):
        said = _("The address of this term leads to the term “%(term)s”, of which “%(word)s” is another word.")  # fmt: skip
        yield "name", said % {"word": row.text, "term": row.term}


def refuse_address(slug: str) -> None:
    """Raise ValidationError at `name` when a new term cannot stand at this address."""
    if slug in TAKEN or not slug:
        raise ValidationError({"name": _("A term cannot have this name, since a page of the site stands at its address.")})  # fmt: skip
    row = TermWord.objects.filter(slug=slug).select_related("term").first()
    if row is not None:
        said = _("“%(word)s” is another word for the term “%(term)s”.")
        raise ValidationError({"name": said % {"word": row.text, "term": row.term}})


def _problems_of_relations(wording: Wording, term: Term) -> Iterator[tuple[str, str]]:
    wanted = {"broader": wording.broader, "related": wording.related}
    known = set(Term.objects.filter(slug__in=[*wording.broader, *wording.related]).values_list("slug", flat=True))  # fmt: skip
    for name, slugs in wanted.items():
        if len(slugs) > MOST_RELATIONS:
            yield name, _("At most %(most)s terms fit here.") % {"most": MOST_RELATIONS}
        for slug in slugs:
            if slug == term.slug:
                yield name, _("A term cannot be related to itself.")
            elif slug not in known:
                yield name, _("“%(slug)s” is no term of the glossary.") % {"slug": slug}
    for slug in sorted(set(wording.broader) & set(wording.related)):
        yield "related", _("“%(slug)s” is named as broader already.") % {"slug": slug}
    if wording.language == settings.LANGUAGE_CODE and (
        circle := _circle(term.slug, wording.broader)
    ):
        said = _("A term cannot be broader than itself: %(circle)s.")
        yield "broader", said % {"circle": " → ".join(circle)}


def _circle(slug: str, broader: Iterable[str]) -> list[str]:
    """The way upward that leads back to this term, if there is one."""
    if not broader:
        return []
    above: dict[str, list[str]] = {}
    rows = Relation.objects.filter(is_broader=True).exclude(term__slug=slug)
    for lower, upper in rows.values_list("term__slug", "other__slug"):
        above.setdefault(lower, []).append(upper)
    return way_back(slug, broader, above)


def way_back(slug: str, broader: Iterable[str], above: Mapping[str, Iterable[str]]) -> list[str]:
    """The way from a term through these broader ones and what is `above` each that leads back to it; empty without one."""
    ways, seen = [[slug, one] for one in broader], {slug}
    while ways:
        way = ways.pop()
        if way[-1] == slug:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            ways += [[*way, upper] for upper in above.get(way[-1], [])]
    return []
