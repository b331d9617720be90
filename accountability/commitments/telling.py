"""What `/privacy/` tells of commitments, by how many people may see them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.models import OwnerKind
from core.privacy import Audience
from core.telling import NEWS_ALONE, SWEEP, Chapter, Telling

COMMITMENTS = Telling(
    name="commitments",
    chapter=Chapter.PROMISES,
    title=_("A commitment for you, your buddy or a witness"),
    models=(
        "commitments.Commitment",
        "commitments.Wording",
        "commitments.Progress",
        "commitments.Witness",
    ),
    circles=frozenset({Audience.AUTHOR, Audience.CHOSEN}),
    readers=_(
        "You choose, and a new one is seen by you alone. The next steps are your buddy; your cohort; everybody. Beside these a witness whom you ask reads it once they have said yes; no other learns who is a witness. Letting fewer people see it takes it away at once."
    ),
    sealed=_("its words, how it goes, and what it is about"),
    keys=(OwnerKind.MEMBER, OwnerKind.ORGANIZATION),
    readable=_(
        "that you made one, when, of which kind, which circle you chose, whom you asked to be a witness and whether they were told, and about how long it is"
    ),
    mail=NEWS_ALONE,
    court=_(
        "What a role promises for its organization stays with the role, and its key stays, when you leave."
    ),
    held_by=(
        "tests/accountability/commitments/test_who_reads.py::test_each_circle_is_read_by_exactly_those_it_names",
        "tests/accountability/commitments/test_who_reads.py::test_narrowing_while_somebody_reads_takes_it_from_every_place_at_their_next_load",
        "tests/accountability/commitments/test_witnesses.py::test_both_forms_of_the_rule_agree",
        "tests/accountability/commitments/test_who_reads.py::test_what_others_read_is_never_the_sealed_row",
        SWEEP,
    ),
    kept=(
        _("Your commitments, with how they went"),
        _("That you are or were asked to be a witness"),
        _("What a role promised for its organization"),
    ),
)

PUBLISHED = Telling(
    name="published-commitments",
    chapter=Chapter.PROMISES,
    title=_("A commitment for your cohort or for everybody"),
    models=("commitments.PublishedCopy", "commitments.PublishedProgress"),
    circles=frozenset({Audience.COHORT, Audience.PUBLIC}),
    readers=_(
        "Your cohort, or everybody, as you chose: a copy with your name, made after you were shown exactly what it says. Others may keep what was public; no page can take that back."
    ),
    readable=_("all of it"),
    held_by=(
        "tests/accountability/commitments/test_who_reads.py::test_the_rules_for_copies_agree_for_the_whole_cast",
        "tests/accountability/commitments/test_who_reads.py::test_widening_asks_once_more_and_says_exactly_what_under_which_name",
        "tests/accountability/commitments/test_progress.py::test_the_reason_is_for_witnesses_and_never_published",
    ),
    kept=(_("What you published of them"),),
)

ROLES = Telling(
    name="organization-roles",
    chapter=Chapter.PROMISES,
    title=_("Who speaks for an organization"),
    models=("commitments.OrganizationRole",),
    circles=frozenset({Audience.ORGANIZATION, Audience.BACKBONE}),
    readers=_(
        "People of that organization, and the backbone team, which confirms a role without reading what it promises."
    ),
    readable=_("all of it"),
    mail=NEWS_ALONE,
    held_by=(
        "tests/accountability/commitments/test_roles.py::test_whoever_names_the_organization_alone_confirms_nothing_and_sees_no_role",
        "tests/accountability/commitments/test_roles.py::test_the_backbone_confirms_without_reading_what_it_promises",
    ),
    how_long=_("as long as the organization has it; without your name once you left"),
)

TELLINGS = (COMMITMENTS, PUBLISHED, ROLES)
