"""What `/privacy/` tells of the public letter and the signatures under it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.privacy import Audience
from core.telling import NEWS_ALONE, Chapter, Telling

SIGNATURES = Telling(
    name="signatures",
    chapter=Chapter.PROMISES,
    title=_("Your signature under the public letter"),
    models=("letter.Signature", "letter.Pledge", "letter.UnnamedTally"),
    circles=frozenset({Audience.AUTHOR, Audience.PUBLIC, Audience.ORGANIZATION}),
    readers=_(
        "Everybody, by name, if you turned that on; else it is in a number alone that is made once a week and names nobody. An organization’s signature is public once a second person of it has confirmed it; who the two were, its own people see."
    ),
    readable=_(
        "who signed, also those whose name is not public; and what an organization promised"
    ),
    mail=NEWS_ALONE,
    court=_("It could ask for names that are not public."),
    held_by=(
        "tests/accountability/letter/test_signing.py::test_a_name_is_public_only_if_the_signer_says_so",
        "tests/accountability/letter/test_signing.py::test_a_public_name_is_seen_by_all_and_the_rules_agree",
        "tests/accountability/letter/test_organizations.py::test_until_it_is_confirmed_only_its_own_people_know_of_it",
    ),
    kept=(
        _("Your signature under the public letter"),
        _("How many signed a version of the letter without their name, as counted last"),
        _("An organization’s signature under the public letter, with its commitments"),
        _("An organization’s signature that no second person confirmed"),
    ),
)

LETTER = Telling(
    name="letter",
    chapter=Chapter.PROMISES,
    title=_("The public letter"),
    models=("letter.LetterVersion",),
    circles=frozenset({Audience.PUBLIC, Audience.BACKBONE}),
    readers=_(
        "Everybody, once it is published. Its draft, and who wrote which version, the backbone team."
    ),
    readable=_("all of it"),
    held_by=(
        "tests/accountability/letter/test_writing.py::test_the_backbone_alone_writes_and_reads_a_draft",
        "tests/accountability/letter/test_writing.py::test_a_draft_stands_on_no_public_page",
    ),
    kept=(_("The versions of the public letter"),),
)

TELLINGS = (SIGNATURES, LETTER)
