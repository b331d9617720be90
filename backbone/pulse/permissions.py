"""Who sees a pulse, answers it, opens and closes one. Who was asked when it opened is a state, and asked by the action."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from backbone.pulse.models import Pulse
from cohorts.models import Cohort
from cohorts.permissions import can_run_cohort, can_see_cohort, cohorts_run_by, cohorts_visible_to


def cohorts_with_pulse_for(user: Any) -> QuerySet[Cohort]:
    """The cohorts of whose pulses the person may know: those they read, as long as all of its people read them."""
    return cohorts_visible_to(user).read_by_all()  # type: ignore[attr-defined, no-any-return]


def pulses_visible_to(user: Any) -> QuerySet[Pulse]:
    """The pulses that the person may know of, open and closed: nobody sees a result that its own people do not see."""
    return Pulse.objects.filter(cohort__in=cohorts_with_pulse_for(user))


def can_see_pulse(user: Any, pulse: Pulse) -> bool:
    """Whether the person may know of this pulse, and read its result once it is closed."""
    return pulse.cohort.is_read_by_all and can_see_cohort(user, pulse.cohort)


def pulses_answerable_by(user: Any) -> QuerySet[Pulse]:
    """The pulses that take answers and whose cohort the person learns in; facilitators are not asked."""
    if not user.is_authenticated:
        return Pulse.objects.none()
    rows = Pulse.objects.open().exclude(pk__in=Pulse.objects.due().values("pk"))  # type: ignore[attr-defined]
    learning = user.memberships.current().filter(is_facilitator=False)
    return rows.filter(cohort__in=learning.values("cohort"))  # type: ignore[no-any-return]


def can_answer_pulse(user: Any, pulse: Pulse) -> bool:
    """Whether the person learns in its cohort and it takes answers."""
    if not (user.is_authenticated and pulse.takes_answers):
        return False
    learning = pulse.cohort.memberships.current().filter(is_facilitator=False)
    return learning.filter(member=user).exists()


def cohorts_asked_by(user: Any) -> QuerySet[Cohort]:
    """The cohorts to which the person may open a pulse: running ones that they facilitate, or all for the backbone."""
    return cohorts_run_by(user).running()  # type: ignore[attr-defined, no-any-return]


def can_open_pulse(user: Any, cohort: Cohort) -> bool:
    """Whether the person may open a pulse in this cohort: its facilitators and the backbone, while it runs."""
    return cohort.has_begun and not cohort.is_over and can_run_cohort(user, cohort)


def pulses_closable_by(user: Any) -> QuerySet[Pulse]:
    """The pulses that the person may close before their last day: open ones in cohorts that they run."""
    rows = Pulse.objects.open().filter(cohort__in=cohorts_run_by(user))  # type: ignore[attr-defined]
    return rows  # type: ignore[no-any-return]


def can_close_pulse(user: Any, pulse: Pulse) -> bool:
    """Whether the person may close it before its last day."""
    return pulse.closed_on is None and can_run_cohort(user, pulse.cohort)
