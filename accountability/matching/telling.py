"""What `/privacy/` tells of matching: what you answer, whom you name, and rounds."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.models import OwnerKind
from core.privacy import Audience
from core.telling import NEWS_ALONE, SWEEP, Chapter, Telling

ANSWERS = Telling(
    name="matching",
    chapter=Chapter.PAIR,
    title=_("What you answer to be matched, and whom you do not want"),
    models=("matching.Answers", "matching.Limit", "matching.Earlier"),
    circles=frozenset({Audience.AUTHOR, Audience.BACKBONE}),
    readers=_(
        "You alone. The backbone team sees that you want to be in a round, and nothing that you answered. Whom you name is told to nobody, now or later."
    ),
    sealed=_("your answers, your note, and the names that you wrote"),
    keys=(OwnerKind.MEMBER,),
    readable=_("that you answered, when, whether you want to be matched, and how many you named"),
    tokens=_("whom you named, and who was matched with whom before, can be found by trying out all members"),
    mail=NEWS_ALONE,
    held_by=(
        "tests/accountability/matching/test_matching_pages.py::test_both_forms_of_each_rule_agree",
        "tests/accountability/matching/test_matching_pages.py::test_the_list_tells_of_no_name_whether_anybody_goes_by_it",
        SWEEP,
    ),
    kept=(
        _("What you answered to be matched"),
        _("Whom you do not want to be matched with"),
        _("That two people were buddies, so that they are not matched again at once"),
    ),
)  # fmt: skip

ROUNDS = Telling(
    name="rounds",
    chapter=Chapter.DESK,
    title=_("A round of matching"),
    models=(
        "matching.Round",
        "matching.Match",
        "matching.MatchSeat",
        "matching.Unmatched",
        "matching.Preview",
        "matching.PreviewFound",
    ),
    circles=frozenset({Audience.AUTHOR, Audience.BACKBONE, Audience.PAIR}),
    readers=_(
        "The backbone team sees how far a round is. In a preview of ten people or more the one who asked sees who would be with whom, for a day. A match is known to the two alone; what you answer to it, and that nobody was found for you, to you alone."
    ),
    sealed=_("why you two fit, and what a preview found"),
    keys=(OwnerKind.MEMBER,),
    readable=_("who was proposed to whom, when, and what each answered"),
    tokens=_("whether the same people still wait as in a preview"),
    mail=NEWS_ALONE,
    held_by=(
        "tests/accountability/matching/test_matches.py::test_each_sees_their_own_seat_and_nobody_else_any",
        "tests/accountability/matching/test_previews.py::test_only_the_backbone_looks_and_each_sees_their_own",
        "tests/accountability/matching/test_previews.py::test_of_fewer_than_ten_it_knows_numbers_alone",
        "tests/accountability/matching/test_previews.py::test_what_was_found_is_sealed_for_who_asked",
        SWEEP,
    ),
    kept=(
        _("A match that did not come about, or that nobody was found for you"),
        _("What the backbone team saw in the preview of a round"),
        _("Rounds of matching, without names"),
    ),
)

TELLINGS = (ANSWERS, ROUNDS)
