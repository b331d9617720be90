"""The translations of the interface: what keeps a language's file from being complete.

Collecting the words from the code needs GNU gettext (see `locale/README.md`); what is asked here needs the file alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation import gettext as _

#: What is filled in later, or marks up the words around it: a translation must bring all of them along.
PLACEHOLDER = re.compile(
    r"%\([a-z_]+\)[sd]|%[sd](?![a-z])|\{[a-z_]*\}|</?[a-z][a-z0-9]*\b|\[[@=][A-Z]{2}\d+\]"
)


def catalogs() -> list[Path]:
    """The file of each language."""
    return sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po"))


def problems_of_catalog(path: Path) -> Iterator[str]:
    """Sentences about what is not translated, only guessed, without a placeholder, or not compiled yet."""
    catalog = polib.pofile(str(path))
    for entry in catalog:
        if entry.obsolete:
            continue
        words = entry.msgid[:60]
        if entry.fuzzy:
            yield _("“%(words)s” is only guessed (fuzzy).") % {"words": words}
        elif not entry.translated():
            yield _("“%(words)s” is not translated.") % {"words": words}
        elif not _alike(entry):
            yield _("The translation of “%(words)s” has other placeholders.") % {"words": words}
    compiled = path.with_suffix(".mo")
    if not compiled.is_file() or _said(polib.mofile(str(compiled))) != _said(catalog):
        yield _("It is not compiled, or was changed since. Run compilemessages.")


def _alike(entry: polib.POEntry) -> bool:
    """Whether each translation fills in what its original does; one of several forms may leave out a number (“one day”)."""
    originals = [_placeholders(text) for text in (entry.msgid, entry.msgid_plural) if text]
    texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    return all(_placeholders(text) in originals for text in texts)


def _placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))


def _said(catalog: polib.POFile | polib.MOFile) -> dict[tuple[str, str], object]:
    return {
        (entry.msgctxt or "", entry.msgid): entry.msgstr_plural or entry.msgstr
        for entry in catalog
        if not entry.obsolete and (entry.msgstr or entry.msgstr_plural)
    }
