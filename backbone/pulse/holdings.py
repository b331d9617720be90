"""What pulses hold about a member: until the close, that they were asked and whether they have answered; never what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backbone.pulse import sealed
from backbone.pulse.actions import forget_member
from backbone.pulse.chores import prune_ballots
from backbone.pulse.models import Pulse
from backbone.pulse.notifications import PULSE, known_pulses, show_pulses
from backbone.pulse.telling import TELLINGS
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing
from core.leaving import Remark, When
from core.register import SEALED, Holding, NoticeKind, Part, Retention, hold


def answered_by(member: Any) -> Iterator[Pulse]:
    """The open pulses that the member has answered, in cohorts that they are or were in."""
    rows = Pulse.objects.open().filter(cohort__in=member.memberships.values("cohort"))  # type: ignore[attr-defined]
    for row in rows.select_related("cohort", "answered").order_by("opened_on", "pk"):
        try:
            if sealed.people_in(row.answered).get(sealed.named(member.pk)):
                yield row
        except (CannotOpen, KeyMissing):
            continue


def leaving(*, member: Any) -> list[Remark]:
    """That an answer which nobody can find stays until its pulse closes, where there is one."""
    if next(answered_by(member), None) is None:
        return []
    words = _("What you chose in a pulse that is still open: nobody, and no program, can tell which answers are yours. They are counted and deleted when it closes.")  # fmt: skip
    return [Remark(When.STAYS, words)]


def own_copy(member: Any) -> Iterable[Part]:
    """That they answered, while it stands somewhere. What they chose nobody can find."""
    yield Part("answered", gettext_lazy("Open pulses that you have answered"), partial(_answered, member))  # fmt: skip


def _answered(member: Any) -> Iterator[Mapping[str, Any]]:
    for row in answered_by(member):
        yield {"cohort": row.cohort.name, "closes": row.closes_on.isoformat()}


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    """Off the lists of open pulses. Not before: who comes back within seven days can answer, and not twice."""
    return (partial(forget_member, member_id=member.pk),)


def register() -> None:
    """Register the holding of pulses."""
    hold(
        Holding(
            name="pulse",
            title=gettext_lazy("Pulses"),
            labels={
                "cohort": gettext_lazy("Cohort"),
                "closes": gettext_lazy("Last day to answer"),
            },
            models=(
                "backbone.Pulse",
                "backbone.Question",
                "backbone.Ballot",
                "backbone.Box",
                "backbone.Answered",
            ),
            private_export=own_copy,
            erase=_erase,
            told=TELLINGS,
            retention=(
                Retention(
                    gettext_lazy("Answers to a pulse, without names, and apart from them who has answered"),
                    gettext_lazy("until the pulse closes, 30 days at most; then they are deleted, and their key is destroyed"),
                    prune_ballots,
                    where=SEALED,
                ),
                Retention(
                    gettext_lazy("The questions of a pulse, and what is shown of its answers"),
                    gettext_lazy("as long as the cohort; read until 30 days after its last day"),
                ),
            ),
            notice_kinds=(
                NoticeKind(
                    PULSE,
                    gettext_lazy("A pulse in your cohort"),
                    gettext_lazy("When your cohort is asked a few short questions, answered without a name."),
                    show_pulses,
                    known=known_pulses,
                ),
            ),
        )
    )  # fmt: skip
