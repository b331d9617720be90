"""Named sets of the glossary: where a proposal stands, what it asks for, how a wording stands to its source."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProposalStatus(models.TextChoices):
    """Where a proposal stands. Only a decision of the body leads to ADOPTED or DECLINED."""

    DRAFT = "draft", _("draft")
    OPEN = "open", _("proposed")
    ADOPTED = "adopted", _("adopted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


#: What may follow what. Nothing leads out of an end.
TRANSITIONS: dict[ProposalStatus, frozenset[ProposalStatus]] = {
    ProposalStatus.DRAFT: frozenset({ProposalStatus.OPEN, ProposalStatus.WITHDRAWN}),
    ProposalStatus.OPEN: frozenset({ProposalStatus.ADOPTED, ProposalStatus.DECLINED, ProposalStatus.WITHDRAWN}),
    ProposalStatus.ADOPTED: frozenset(),
    ProposalStatus.DECLINED: frozenset(),
    ProposalStatus.WITHDRAWN: frozenset(),
}  # fmt: skip
CHANGEABLE = frozenset({ProposalStatus.DRAFT, ProposalStatus.OPEN})


class ProposalKind(models.TextChoices):
    """What a proposal asks the body for."""

    WORDING = "wording", _("a wording")
    RETIREMENT = "retirement", _("to retire the term")


class Outcome(models.TextChoices):
    """What the body decided."""

    ADOPTED = "adopted", _("adopted")
    DECLINED = "declined", _("declined")


class SourceUse(models.TextChoices):
    """How a wording stands to the source that it names."""

    OWN = "own", _("our own words")
    ADAPTED = "adapted", _("adapted from the source")
    VERBATIM = "verbatim", _("word for word")


class WordKind(models.TextChoices):
    """How a word leads to its term."""

    NAME = "name", _("name")
    ALIAS = "alias", _("other word for it")
    FORM = "form", _("form of the word")
