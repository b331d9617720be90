"""What a translated starter file must have in common with its original: the same parts, resting on the same facts."""

from __future__ import annotations

from itertools import zip_longest

from django.conf import settings
from django.utils.translation import gettext as _

from curriculum.loader.reading import CITED, Part, StarterText
from curriculum.loader.refusal import StarterRefused


def check_language(text: StarterText) -> None:
    """Raise StarterRefused for a language that the site does not know."""
    known = dict(settings.WAGTAIL_CONTENT_LANGUAGES)
    if text.language not in known:
        reason = _("the site has no language “%(language)s”. It has: %(known)s.")
        said = {"language": text.language, "known": ", ".join(known)}
        raise StarterRefused(text.path, None, reason % said)


def check_alike(text: StarterText, original: StarterText) -> None:
    """Raise StarterRefused at the first part of a translation that is not the same part of the original.

    Parts in the same order keep the ids of their blocks, so that what people said about a prompt belongs to it in both.
    """
    if text.is_module:
        return
    end = Part("", text.parts[-1].line if text.parts else 1)
    for mine, theirs in zip_longest(text.parts, original.parts, fillvalue=end):
        said = {"file": original.path.name, "line": theirs.line, "mine": mine.kind or "–", "theirs": theirs.kind or "–"}  # fmt: skip
        if mine.kind != theirs.kind:
            reason = _("this part is “%(mine)s”, and in %(file)s, line %(line)s, it is “%(theirs)s”. A translation has the same parts.")  # fmt: skip
            raise StarterRefused(text.path, mine.line, reason % said)
        if _keys(mine) != _keys(theirs):
            reason = _(
                "this part does not rest on the same facts and terms as in %(file)s, line %(line)s."
            )
            raise StarterRefused(text.path, mine.line, reason % said)


def _keys(part: Part) -> list[str]:
    """What a part cites, sorted: another language has another order of words."""
    cited = [key for _line, words in part.prose() for _sign, key in CITED.findall(words)]
    named = [part.values.get(name) for name in ("source", "fact", "term", "map") if part.values and part.values.get(name)]  # fmt: skip
    return sorted([*cited, *named])
