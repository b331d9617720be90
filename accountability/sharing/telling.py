"""What `/privacy/` tells of excerpts of a journal that are shared."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.models import OwnerKind
from core.privacy import Audience
from core.telling import NEWS_ALONE, SWEEP, Chapter, Telling

EXCERPTS = Telling(
    name="excerpts",
    chapter=Chapter.PAIR,
    title=_("An excerpt of your journal that you share"),
    models=("sharing.Excerpt",),
    circles=frozenset({Audience.AUTHOR, Audience.PAIR}),
    readers=_(
        "You and your buddy, through the day that you set or until you take it back. What somebody has read or copied, no page can take back."
    ),
    sealed=_("its title and words"),
    keys=(OwnerKind.PAIR,),
    readable=_(
        "that you share something, of which page of your journal, since when and until when"
    ),
    mail=NEWS_ALONE,
    held_by=(
        "tests/accountability/sharing/test_sharing.py::test_the_rules_and_the_filters_agree_for_the_whole_cast",
        "tests/accountability/sharing/test_sharing.py::test_taken_back_it_is_gone_on_the_next_load",
        "tests/accountability/sharing/test_sharing.py::test_no_table_holds_a_word_of_it",
        SWEEP,
    ),
    kept=(_("An excerpt of your journal that you share"),),
)

TELLINGS = (EXCERPTS,)
