"""The public letter of the demonstration: one version, signed by ten people and two organizations."""

from __future__ import annotations

from datetime import UTC, date, datetime

from accountability.letter.actions import (
    confirm_signature,
    save_draft,
    sign,
    sign_for_organization,
)
from accountability.letter.actions.organizations import Promise
from accountability.letter.choices import Part
from accountability.letter.models import LetterVersion, Signature
from accounts.models import User

PUBLISHED = datetime(2026, 10, 14, 15, 0, tzinfo=UTC)
PROCESS = """In Riverton the people who live with a decision are usually the last to hear of it. We want to work the other way around.

- **Residents decide with us.** Two of five seats of our steering committee belong to residents of the Eastside, and they are paid for their time like everybody else at the table.
- **We say what we mean.** We use the words that we agreed on, and when we disagree we write that down, too.
- **We look at our own houses first.** Each of our organizations names the rule of its own that sends people away, before it asks others to change theirs.
- **We answer questions in the open.** What we promise has a day on it. When the day comes we say what became of it, also when it is little."""
OUTCOME = """A child born east of the railroad should have the same first year as a child born west of it. Today three streets decide a good part of that.

By the end of 2029 we want:

1. as many visits before birth kept on the Eastside as anywhere else in the city, because the bus comes and the clinic is open in the evening;
2. no family turned away for an address that a form does not know;
3. homes with mold repaired within thirty days, and the record of it open to the tenants.

We will know because residents count with us, and because the numbers stand on a page that everybody can read."""

#: Who signed for themselves, when, and whether their name stands under the letter.
PEOPLE = (
    ("ana", datetime(2026, 10, 14, 16, 10, tzinfo=UTC), True),
    ("chioma", datetime(2026, 10, 14, 18, 45, tzinfo=UTC), True),
    ("ben", datetime(2026, 10, 15, 13, 5, tzinfo=UTC), True),
    ("marisol", datetime(2026, 10, 15, 22, 30, tzinfo=UTC), True),
    ("hana", datetime(2026, 10, 16, 14, 20, tzinfo=UTC), False),
    ("elu", datetime(2026, 10, 19, 12, 55, tzinfo=UTC), True),
    ("ines", datetime(2026, 10, 20, 17, 40, tzinfo=UTC), False),
    ("mo", datetime(2026, 10, 22, 15, 15, tzinfo=UTC), True),
    ("tomas", datetime(2026, 10, 27, 19, 0, tzinfo=UTC), True),
    ("wanda", datetime(2026, 11, 3, 16, 25, tzinfo=UTC), False),
)

#: Who began for their organization, who confirmed, when, and what it promises.
ORGANIZATIONS = (
    (
        "elu",
        "ines",
        datetime(2026, 10, 28, 14, 0, tzinfo=UTC),
        (
            (Part.PROCESS, "Read the housing complaint form aloud with ten tenants, and strike what they cannot answer.", date(2027, 2, 26)),
            (Part.PROCESS, "Hold every second public meeting of the health department on the Eastside, in the evening, with child care.", date(2027, 3, 31)),
            (Part.OUTCOME, "Inspect each home with reported mold within ten days, and show the tenant the report the same week.", date(2027, 9, 30)),
        ),
    ),
    (
        "marisol",
        "chioma",
        datetime(2026, 11, 5, 23, 10, tzinfo=UTC),
        (
            (Part.PROCESS, "Bring the questions of three block meetings to each meeting of the steering committee.", date(2027, 1, 29)),
            (Part.OUTCOME, "Walk the bus routes to the clinic with mothers and hand the city a list of stops that need a roof.", date(2027, 5, 28)),
            (Part.OUTCOME, "Train twelve residents to count kept visits with the hospital.", date(2027, 10, 29)),
        ),
    ),
)  # fmt: skip


def write_letter(members: dict[str, User]) -> None:
    """Write and publish the letter, and let twelve sign it. It is of other days: nobody is told of it now."""
    draft = save_draft(
        process=PROCESS, outcome=OUTCOME, what_changed="", seen="", by=members["ana"]
    )
    LetterVersion.objects.drafts().update(number=1, written_at=PUBLISHED, published_at=PUBLISHED)
    version = LetterVersion.objects.get(pk=draft.pk)
    for name, at, public in PEOPLE:
        signature, _is_new = sign(version=version, name_is_public=public, by=members[name])
        Signature.objects.filter(pk=signature.pk).update(signed_at=at)
    for first, second, at, promised in ORGANIZATIONS:
        promises = [Promise(*one) for one in promised]
        signature = sign_for_organization(
            version=version, promises=promises, seen_revision=0, by=members[first]
        )
        confirm_signature(signature=signature, seen_revision=signature.revision, by=members[second])
        Signature.objects.filter(pk=signature.pk).update(signed_at=at, confirmed_at=at)
