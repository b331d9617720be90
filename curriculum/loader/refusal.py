"""The one error of this package: a starter file that is not loaded, with the place and the reason."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from django.utils.translation import gettext as _


class StarterRefused(Exception):
    """A starter file cannot be used; the message names the file, the line where there is one, and the reason."""

    def __init__(self, path: Path, line: int | None, reason: str) -> None:
        # Every folder has its module.md, and two may have an 01-introduction.md.
        name = f"{path.parent.name}/{path.name}" if path.suffix == ".md" else path.name
        about = {"file": name, "line": line, "reason": reason}
        sentence = _("%(file)s, line %(line)s: %(reason)s") if line else _("%(file)s: %(reason)s")
        super().__init__(sentence % about)


def suggestion(name: str, known: Iterable[str]) -> str:
    """A sentence that names the nearest of the known names, or all of them when none is near and they are few."""
    names = sorted(known)
    near = get_close_matches(name, names, n=1)
    if near:
        return _("Did you mean “%(name)s”?") % {"name": near[0]}
    if not names or len(names) > 24:
        return _("Nothing that is known here sounds like it.")
    return _("Known are: %(names)s.") % {"names": ", ".join(names)}
