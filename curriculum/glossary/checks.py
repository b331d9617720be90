"""Says when the setting GLOSSARY_BODY names a body that is not there."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.db import DatabaseError

from accounts.models import Body

TAG = "glossary"


def deciding_body_exists(*, databases: Any = None, **_given: Any) -> list[CheckMessage]:
    """A warning and no error: the body of a new installation is made after its first start."""
    wanted = settings.GLOSSARY_BODY
    if not wanted or "default" not in (databases or ()):
        return []
    try:
        known = sorted(Body.objects.values_list("slug", flat=True))
    except DatabaseError:  # not migrated yet
        return []
    if wanted in known:
        return []
    names = ", ".join(known) or "none"
    said = (
        f"GLOSSARY_BODY names the body “{wanted}”, which does not exist, so nobody can decide about the shared language. "
        "Proposals are kept and wait."
    )
    hint = f"Name one of the bodies that there are ({names}), or leave the setting out."
    return [Warning(said, hint=hint, id="glossary.W001")]
