"""What a caucus agrees on, in versions, and how its members change it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caucuses.choices import ProposalState, StanceKind
from caucuses.models.caucus import Caucus
from caucuses.models.sealing import in_the_room, sealed
from core.privacy import Field


class Agreement(models.Model):
    """One version: the text, and `terms` (JSON, `caucuses.terms.Terms`): name, purpose, way in, listing, how long words are kept.

    Written once. That in force has the number that the caucus names; who has not accepted that one sees nothing else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caucus = models.ForeignKey(Caucus, on_delete=models.CASCADE, related_name="agreements")
    number = models.PositiveIntegerField(_("which version"))
    adopted_at = models.DateTimeField(_("since when"), default=timezone.now)
    text = sealed("caucuses.agreement.text", _("what we agree on"))
    terms = sealed("caucuses.agreement.terms", _("how the room is kept"))

    class Privacy:
        """The members."""

        fields: ClassVar[dict[str, Field]] = {
            **in_the_room("id", "caucus", "number", "adopted_at"),
            **in_the_room("text", "terms", class_s=True),
        }

    class Meta:
        verbose_name = _("agreement of a caucus")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["caucus", "number"], name="caucus_agreement_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="caucus_agreement_is_numbered_from_one"
            ),
        ]

    def __str__(self) -> str:
        return "agreement"


class Proposal(models.Model):
    """A member proposes another text, other terms, or both, on the version `changes`. One is considered at a time.

    It is adopted when everybody agrees, or on its day when nobody objects. `seat` is empty once its member has left.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caucus = models.ForeignKey(Caucus, on_delete=models.CASCADE, related_name="proposals")
    seat = models.ForeignKey(
        "caucuses.Seat", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changes = models.PositiveIntegerField(_("which version it changes"))
    state = models.CharField(
        _("how far it is"),
        max_length=10,
        choices=ProposalState.choices,
        default=ProposalState.OPEN,
    )
    made_at = models.DateTimeField(_("when it was proposed"), default=timezone.now)
    decides_at = models.DateTimeField(_("when it is decided"))
    text = sealed("caucuses.proposal.text", _("what we agree on"))
    terms = sealed("caucuses.proposal.terms", _("how the room is kept"))
    why = sealed("caucuses.proposal.why", _("why you propose it"))

    class Privacy:
        """The members."""

        fields: ClassVar[dict[str, Field]] = {
            **in_the_room("id", "caucus", "seat", "changes", "state", "made_at", "decides_at"),
            **in_the_room("text", "terms", "why", class_s=True),
        }

    class Meta:
        verbose_name = _("proposal to change the agreement of a caucus")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["caucus"], condition=Q(state="open"), name="one_open_proposal_per_caucus"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ProposalState.values), name="caucus_proposal_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return "proposal"


class Stance(models.Model):
    """What one seat says to a proposal, with words where it objects. It goes with the seat."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caucus = models.ForeignKey(Caucus, on_delete=models.CASCADE, related_name="+")
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="stances")
    seat = models.ForeignKey("caucuses.Seat", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("what they say"), max_length=10, choices=StanceKind.choices)
    at = models.DateTimeField(_("when"), default=timezone.now)
    words = sealed("caucuses.stance.words", _("why"))

    class Privacy:
        """The members."""

        fields: ClassVar[dict[str, Field]] = {
            **in_the_room("id", "caucus", "proposal", "seat", "kind", "at"),
            **in_the_room("words", class_s=True),
        }

    class Meta:
        verbose_name = _("word on a proposal in a caucus")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["proposal", "seat"], name="caucus_stance_once_per_proposal_and_seat"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=StanceKind.values), name="caucus_stance_is_a_known_one"
            ),
        ]

    def __str__(self) -> str:
        return "stance"
