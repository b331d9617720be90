"""What must be true before a lesson is published, whoever publishes it: the editor's form, the loader or the clock.

Drafts save whatever they hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from curriculum.blocks.base import Problem
from curriculum.blocks.errors import errors_of
from curriculum.glossary.models import Term
from curriculum.references import References, linked_terms, references_of


def problems_of(lesson: Any, *, checked_by_form: bool = False) -> list[str]:
    """Why this lesson cannot be published, one sentence each that names the place; empty when it can.

    Where Wagtail's form has checked the blocks already (`checked_by_form`), what it says is not said again.
    """
    references = references_of(lesson.body)
    errors = [] if checked_by_form else errors_of(lesson.body)
    found = [_("Body: %(problem)s") % {"problem": one.words} for one in errors if not one.part]
    missing = frozenset(missing_terms(linked_terms(lesson.body)))
    for place, part in enumerate(lesson.body, start=1):
        own = [*part.block.problems(part.value), *_dead_ends(part, references, missing)]
        told = {problem.field for problem in own}
        found += [_at(place, part, (), problem.words) for problem in own]
        found += [
            _at(place, part, one.labels, one.words)
            for one in errors
            if one.part == place and one.field not in told
        ]
    if not references.lines:
        found.append(_("Body: the lesson has no source. Cite a fact, like [@RL04], or list one."))
    return found


def missing_terms(slugs: list[str]) -> list[str]:
    """Those of the addresses that no term of the glossary has."""
    known = set(Term.objects.filter(slug__in=slugs).values_list("slug", flat=True)) if slugs else ()
    return [slug for slug in slugs if slug not in known]


def refuse_unready(lesson: Any) -> None:
    """Raise ValidationError at the field `body` when the lesson cannot be published."""
    problems = problems_of(lesson)
    if problems:
        raise ValidationError({"body": problems})


def sentences_of(problem: ValidationError) -> list[str]:
    """What keeps a page from being published, in sentences; those about another field than the body name it."""
    if not hasattr(problem, "error_dict"):
        return list(problem.messages)
    return [
        words if name in ("body", "__all__") else f"{name}: {words}"
        for name, messages in problem.message_dict.items()
        for words in messages
    ]


def _dead_ends(part: Any, references: References, missing: frozenset[str]) -> Iterator[Problem]:
    """What the words of a part lead to and is not there."""
    for key in dict.fromkeys(part.block.cited(part.value)):
        if key in references.unknown:
            yield Problem(
                _(
                    "the text cites %(key)s, which is neither a fact nor among the lesson’s own sources."
                )
                % {"key": key},
                "cited",
            )
    for key in dict.fromkeys(part.block.said_keys(part.value)):
        if key not in references.facts and key not in references.unknown:
            yield Problem(
                _(
                    "[=%(key)s] says a fact’s sentence, but %(key)s is a source. Cite it: [@%(key)s]."
                )
                % {"key": key},
                "cited",
            )
    for key in dict.fromkeys(part.block.borrowed(part.value)):
        if key not in references.numbers:
            yield Problem(
                _("the note points to %(key)s, which the lesson does not cite itself. Cite it in the lesson, or name it in words.")
                % {"key": key},
                "cited",
            )  # fmt: skip
    for slug in dict.fromkeys(part.block.linked_terms(part.value)):
        if slug in missing:
            yield Problem(
                _("the text leads to the term “%(term)s”, which is not in the glossary.")
                % {"term": slug},
                "cited",
            )


def _at(place: int, part: Any, labels: tuple[str, ...], words: str) -> str:
    kind = part.block.label
    where = f"{kind}, {', '.join(labels)}" if labels else kind
    return _("Body, part %(place)s (%(kind)s): %(problem)s") % {
        "place": place, "kind": where, "problem": words,
    }  # fmt: skip
